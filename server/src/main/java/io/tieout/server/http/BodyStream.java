package io.tieout.server.http;

import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.io.InputStream;

/// The body of a request as its handler reads it. Whatever the HTTP library throws at a body that
/// breaks off or is framed wrongly becomes one problem, and the connection is done with.
final class BodyStream extends InputStream {
    private final InputStream in;
    private boolean broken;

    BodyStream(InputStream in) {
        this.in = in;
    }

    /// Whether the connection cannot be used for another request.
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (RuntimeException | IOException _) {
            broken = true;
            throw Problem.malformed("the body breaks off, or its chunks are not valid").exception();
        }
    }
}
