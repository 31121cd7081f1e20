package io.tieout.server.access;

/// Where signing keys come from: the environment, a file, or a service that keeps secrets. Safe for
/// use by many threads.
interface SigningKeys {
    /// The keys as of now; cheap enough to be asked for each token.
    KeyRing ring();

    /// The keys read anew, since a token names one that [#ring] lacks: another server may have
    /// made it a moment ago. May give the same ring as before where it was just read.
    KeyRing reread();
}
