package io.tieout.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.job.RunningJob.End;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node that runs jobs: takes them up in their order, several at once, says that it lives, and
/// hands them over when it stops. Any number of nodes share a database.
public final class JobNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JobNode.class.getName());
    private static final RequestId SELF = new RequestId("job-node");

    /// The name of the tasks that `tieout_enqueue_job` makes.
    private static final String JOB = "job";

    /// Missed heartbeats after which a node is dead; the library takes no fewer.
    private static final int MISSED_HEARTBEATS = 4;

    /// Threads beyond those of jobs: waiting jobs and recurring tasks take turns on them.
    private static final int SPARE_THREADS = 3;

    private static final Duration DUE_EVERY = Duration.ofSeconds(5);
    private static final Duration UPKEEP_EVERY = Duration.ofHours(1);
    private static final long GRACE_STEP_MILLIS = 50;
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private final Database database;
    private final JobSettings settings;
    private final JobRun run;
    private final JobMonitor monitor;
    private final Scheduler scheduler;
    private boolean stopped;

    JobNode(
            Database database,
            JobSettings settings,
            JobRun run,
            JobMonitor monitor,
            DueJobs due,
            Upkeep upkeep) {
        this.database = database;
        this.settings = settings;
        this.run = run;
        this.monitor = monitor;
        List<Task<?>> tasks = List.of(jobs());
        RecurringTask<Void> dueTask = recurring("due-reconciliations", DUE_EVERY, due::run);
        RecurringTask<Void> upkeepTask = recurring("upkeep", UPKEEP_EVERY, upkeep::run);
        scheduler =
                Scheduler.create(database.workerConnections(), tasks)
                        .startTasks(List.of(dueTask, upkeepTask))
                        .schedulerName(new SchedulerName.Fixed(name()))
                        .threads(settings.mostJobs() + SPARE_THREADS)
                        .pollingInterval(settings.poll())
                        .heartbeatInterval(settings.heartbeat())
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(LAST_WAIT)
                        .enablePriority()
                        .build();
    }

    private String name() {
        return settings.nodeId().toString();
    }

    private Task<Void> jobs() {
        return Tasks.custom(JOB, Void.class)
                .onFailure(
                        (complete, operations) ->
                                operations.reschedule(
                                        complete, complete.getTimeDone().plusSeconds(1)))
                .onDeadExecution(
                        (complete, operations) -> {
                            run.lost(complete.getExecution().getId());
                            operations.reschedule(complete, complete.getTimeDone());
                        })
                .execute((instance, _) -> run.execute(instance.getId()));
    }

    private static RecurringTask<Void> recurring(String name, Duration every, Runnable work) {
        return Tasks.recurring(name, FixedDelay.of(every))
                .defaultPriority(Priority.HIGH)
                .execute((_, _) -> work.run());
    }

    /// Begins to take up jobs. What this node worked on before it was killed is put back first.
    public void start() {
        database.inWorker(
                SELF,
                handle -> {
                    JobHold.loseOwn(handle, settings.nodeId(), name());
                    return true;
                });
        monitor.start();
        scheduler.start();
    }

    /// Looks for jobs now: one was queued on this node.
    public void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    /// Stops: takes up no more jobs, lets those that run end within the grace, and puts the others
    /// back, so that other nodes go on with them at once.
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        run.stop();
        scheduler.pause();
        waitForJobs(settings.grace());
        for (RunningJob job : monitor.running()) {
            LOG.log(System.Logger.Level.INFO, "hands over job " + job.job().id());
            job.end(End.HANDED_OVER);
        }
        waitForJobs(LAST_WAIT);
        scheduler.stop();
        monitor.close();
    }

    private void waitForJobs(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        try {
            while (!monitor.isIdle() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(GRACE_STEP_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
