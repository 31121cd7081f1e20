package io.tieout.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// The threads of one run. Tasks are taken in order by whoever is free; results are kept by task
/// number, so that the number of threads never shows.
final class Workers implements AutoCloseable {
    /// A task with something that its thread owns.
    interface Task<C, T> {
        T run(C context, int number);
    }

    private final ExecutorService threads;
    private final int count;

    Workers(int count) {
        this.count = count;
        this.threads =
                Executors.newFixedThreadPool(
                        count,
                        runnable -> {
                            Thread thread = new Thread(runnable, "tieout-worker");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    int count() {
        return count;
    }

    /// Runs tasks 0 to `tasks - 1` and returns their results in that order. The first failure ends
    /// all.
    <C, T> List<T> map(int tasks, Supplier<C> context, Task<C, T> task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReferenceArray<T> results = new AtomicReferenceArray<>(tasks);
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < Math.min(count, tasks); t++) {
            running.add(
                    threads.submit(
                            () -> {
                                C mine = context.get();
                                for (int number = next.getAndIncrement();
                                        number < tasks;
                                        number = next.getAndIncrement()) {
                                    results.set(number, task.run(mine, number));
                                }
                            }));
        }
        try {
            await(running);
        } catch (RuntimeException | Error e) {
            next.set(tasks);
            throw e;
        }
        List<T> ordered = new ArrayList<>(tasks);
        for (int number = 0; number < tasks; number++) {
            ordered.add(results.get(number));
        }
        return ordered;
    }

    private static void await(List<Future<?>> running) {
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while matching");
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof RuntimeException failure) {
                    throw failure;
                }
                if (cause instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(cause);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
