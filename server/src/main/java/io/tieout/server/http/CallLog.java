package io.tieout.server.http;

/// Is told of every call that was served.
public interface CallLog {
    /// A call is over.
    ///
    /// @param status what was answered; 499 where the caller was gone before
    /// @param nanos how long it took
    void served(RequestContext context, int status, long nanos);

    /// A call met a defect.
    void defect(RequestContext context, Throwable defect);
}
