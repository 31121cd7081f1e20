package io.tieout.cli;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.SourceReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Reads both sides at the same time, each with its share of the threads.
final class Reading {
    private final Plan plan;
    private final int threads;
    private final int maxRejects;
    private final ProgressLine progress;

    Reading(Plan plan, int threads, int maxRejects, ProgressLine progress) {
        this.plan = plan;
        this.threads = threads;
        this.maxRejects = maxRejects;
        this.progress = progress;
    }

    /// Each side as it was read, or what kept it from being read; both are done.
    static final class Sides {
        private final CompletableFuture<SourceRead> left;
        private final CompletableFuture<SourceRead> right;

        private Sides(CompletableFuture<SourceRead> left, CompletableFuture<SourceRead> right) {
            this.left = left;
            this.right = right;
        }

        /// A side, read.
        ///
        /// @throws io.tieout.engine.failure.FailureException when it could not be
        SourceRead source(Side side) {
            try {
                return (side == Side.LEFT ? left : right).join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof Error cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }

    Sides read(SourceInput left, SourceInput right) {
        boolean sized = left.size() > 0 && right.size() > 0;
        progress.bytes("reading", sized ? left.size() + right.size() : 0);
        int share = Math.max(1, threads / 2);
        Executor here = Runnable::run;
        Executor beside =
                threads == 1 ? here : Thread.ofPlatform().daemon().name("read-right")::start;
        CompletableFuture<SourceRead> rightRead =
                CompletableFuture.supplyAsync(() -> read(right, Side.RIGHT, share), beside);
        CompletableFuture<SourceRead> leftRead =
                CompletableFuture.supplyAsync(() -> read(left, Side.LEFT, share), here);
        rightRead.handle((_, _) -> true).join();
        return new Sides(leftRead, rightRead);
    }

    private SourceRead read(SourceInput input, Side side, int share) {
        Progress bytes =
                new Progress() {
                    @Override
                    public void advance(long units) {
                        progress.advance(units);
                    }

                    @Override
                    public boolean isCancelled() {
                        return progress.isCancelled();
                    }
                };
        return SourceReader.read(
                input,
                plan,
                side,
                new ReadOptions(share, maxRejects, ReadOptions.Limits.DEFAULT, bytes));
    }
}
