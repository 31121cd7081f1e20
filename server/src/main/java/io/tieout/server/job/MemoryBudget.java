package io.tieout.server.job;

import java.util.concurrent.locks.ReentrantLock;

/// How many jobs and how much memory a node has for them. Who is first is decided elsewhere.
final class MemoryBudget {
    private final int mostJobs;
    private final int mostMegabytes;
    private final ReentrantLock lock = new ReentrantLock();
    private int jobs;
    private int megabytes;

    MemoryBudget(int mostJobs, int mostMegabytes) {
        this.mostJobs = mostJobs;
        this.mostMegabytes = mostMegabytes;
    }

    /// All memory there is for jobs, in MiB.
    int mostMegabytes() {
        return mostMegabytes;
    }

    /// What jobs have taken, in MiB.
    int takenMegabytes() {
        lock.lock();
        try {
            return megabytes;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the memory of one job, if it is there.
    boolean take(int need) {
        lock.lock();
        try {
            if (jobs >= mostJobs || megabytes + need > mostMegabytes) {
                return false;
            }
            jobs++;
            megabytes += need;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Gives it back.
    void give(int need) {
        lock.lock();
        try {
            jobs--;
            megabytes -= need;
        } finally {
            lock.unlock();
        }
    }
}
