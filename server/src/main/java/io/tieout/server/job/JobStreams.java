package io.tieout.server.job;

import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.job.JobFeed.Event;
import io.tieout.server.job.StreamStanding.Watcher;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Streams of server-sent events: the state of a job when a stream opens, then each change of it,
/// until the job is over or whoever watches may no longer. All streams of one job share one reader
/// of the database.
final class JobStreams implements AutoCloseable {
    static final String CONTENT_TYPE = "text/event-stream";

    private static final int MOST_OF_A_USER = 20;
    private static final int MOST = 1_000;
    private static final long UNUSED_NANOS = 5_000_000_000L;

    /// How soon a browser is to come back after a stream broke.
    private static final String PREAMBLE = "retry: 2000\n\n";

    private static final byte[] HEARTBEAT = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final InstantSource clock;
    private final Duration heartbeat;
    private final Map<UUID, JobFeed> feeds = new HashMap<>();
    private final List<Slot> slots = new ArrayList<>();
    private boolean closed;

    /// @param heartbeat how often something is sent where nothing changes
    JobStreams(Database database, InstantSource clock, Duration heartbeat) {
        this.database = database;
        this.clock = clock;
        this.heartbeat = heartbeat;
    }

    /// A stream that may be open. Whoever asked may be gone before it is written, or may have
    /// asked for the headers only: a slot that is not used soon is free again.
    private static final class Slot {
        private final UUID userId;
        private final long given = System.nanoTime();
        private boolean used;

        Slot(UUID userId) {
            this.userId = userId;
        }

        boolean isForgotten() {
            return !used && System.nanoTime() - given > UNUSED_NANOS;
        }
    }

    /// Answers with a stream.
    ///
    /// @param job as the caller was let see it
    Answer open(Caller caller, JobView job, Call.Raw raw) {
        Watcher watcher = Watcher.of(caller);
        Slot slot = take(caller.userId());
        Optional<String> last = raw.header("last-event-id");
        return Answer.stream(
                        CONTENT_TYPE,
                        out -> {
                            use(slot);
                            try {
                                write(out, job, watcher, last);
                            } finally {
                                give(slot);
                            }
                        })
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    private synchronized Slot take(UUID userId) {
        slots.removeIf(Slot::isForgotten);
        long mine = slots.stream().filter(slot -> slot.userId.equals(userId)).count();
        if (mine >= MOST_OF_A_USER) {
            throw Problem.of(
                            "too-many-streams",
                            "Too many streams are open",
                            429,
                            "you have "
                                    + mine
                                    + " streams open on this server, as many as are allowed; close"
                                    + " one")
                    .with("Retry-After", "1")
                    .exception();
        }
        if (closed || slots.size() >= MOST) {
            throw Problem.unavailable("the server has no more streams to give; ask for the job")
                    .exception();
        }
        Slot slot = new Slot(userId);
        slots.add(slot);
        return slot;
    }

    private synchronized void use(Slot slot) {
        slot.used = true;
    }

    private synchronized void give(Slot slot) {
        slots.remove(slot);
    }

    private void write(OutputStream out, JobView job, Watcher watcher, Optional<String> last)
            throws IOException {
        JobFeed feed = join(job, watcher);
        try {
            out.write(PREAMBLE.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String sent = last.orElse("");
            long quietSince = System.nanoTime();
            while (true) {
                Optional<Event> event = feed.await(watcher, sent, heartbeat);
                if (event.isPresent()) {
                    send(out, event.get());
                    sent = event.get().id();
                    quietSince = System.nanoTime();
                }
                if (feed.isOver(watcher, sent)) {
                    return;
                }
                if (System.nanoTime() - quietSince >= heartbeat.toNanos()) {
                    out.write(HEARTBEAT);
                    out.flush();
                    quietSince = System.nanoTime();
                }
            }
        } finally {
            leave(feed, watcher);
        }
    }

    private static void send(OutputStream out, Event event) throws IOException {
        String text = "event: job\nid: " + event.id() + "\ndata: " + event.data() + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private synchronized JobFeed join(JobView job, Watcher watcher) {
        JobFeed feed = feeds.get(job.id());
        if (feed == null) {
            feed = new JobFeed(database, clock, job);
            feeds.put(job.id(), feed);
            feed.start();
        }
        feed.join(watcher);
        return feed;
    }

    private synchronized void leave(JobFeed feed, Watcher watcher) {
        if (feed.leave(watcher)) {
            feeds.remove(feed.jobId(), feed);
        }
    }

    /// Ends all streams.
    @Override
    public synchronized void close() {
        closed = true;
        feeds.values().forEach(JobFeed::end);
    }
}
