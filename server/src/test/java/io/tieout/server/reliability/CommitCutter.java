package io.tieout.server.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a server and its database. It lets one commit of a kind of transaction through
/// and then cuts the connection, so that the server cannot know that it was committed.
final class CommitCutter implements AutoCloseable {
    private static final byte[] COMMIT = "COMMIT".getBytes(ISO_8859_1);

    private final ServerSocket listening;
    private final URI database;
    private final byte[] mark;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean armed;

    /// @param address of the database
    /// @param mark a piece of SQL that tells the transaction
    CommitCutter(String address, String mark) {
        this.database = URI.create(address);
        this.mark = mark.getBytes(ISO_8859_1);
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// The database, reached through it, by statements whose text goes along each time.
    String address() {
        return database.toString()
                        .replace(
                                ":" + database.getPort() + "/",
                                ":" + listening.getLocalPort() + "/")
                + "&prepareThreshold=0";
    }

    /// The next commit of such a transaction is cut off.
    void arm() {
        armed = true;
    }

    /// How many were.
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                Socket far = new Socket(database.getHost(), database.getPort());
                Thread.ofVirtual().start(() -> pass(near, far, true));
                Thread.ofVirtual().start(() -> pass(far, near, false));
            }
        } catch (IOException _) {
            // It is closed.
        }
    }

    private void pass(Socket from, Socket to, boolean toDatabase) {
        byte[] buffer = new byte[1 << 16];
        boolean marked = false;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                marked |= toDatabase && has(buffer, n, mark);
                boolean commits = toDatabase && has(buffer, n, COMMIT);
                if (commits && marked && armed) {
                    armed = false;
                    cuts.incrementAndGet();
                    // Nothing of the answer comes back.
                    from.close();
                    out.write(buffer, 0, n);
                    out.flush();
                    Books.pause(300);
                    return;
                }
                marked &= !commits;
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException _) {
            // One side has gone; so goes the other.
        }
    }

    private static boolean has(byte[] buffer, int length, byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
