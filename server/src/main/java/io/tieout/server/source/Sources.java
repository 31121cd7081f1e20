package io.tieout.server.source;

/// The part of this feature that runs beside the routes.
public final class Sources {
    private final Spool spool;
    private final SourceLoader loader;

    Sources(Spool spool, SourceLoader loader) {
        this.spool = spool;
        this.loader = loader;
    }

    Spool spool() {
        return spool;
    }

    SourceLoader loader() {
        return loader;
    }
}
