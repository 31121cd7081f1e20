package io.tieout.server.reliability;

import io.tieout.server.ApiClient;

/// What a server is killed in the middle of.
enum Operation {
    /// Of a file that shares a table with others.
    SMALL_UPLOAD,
    /// Of a file that gets a table of its own.
    LARGE_UPLOAD,
    /// With results that share a table with others.
    SMALL_JOB,
    /// With results that get a table of their own.
    LARGE_JOB,
    DECISIONS,
    BULK_DECISION,
    UNDO;

    private static final int DECISIONS_AT_A_TIME = 12;
    private static final int SMALL_ROWS = 3_000;
    // Wide ones, of which so many are more bytes than 50,000 usual ones.
    private static final int LARGE_ROWS = 22_000;

    /// One more of it, not begun.
    Work next(Scene scene, ApiClient api, Books books) {
        return switch (this) {
            case SMALL_UPLOAD -> new UploadWork(scene, false, SMALL_ROWS, 60);
            case LARGE_UPLOAD -> new UploadWork(scene, true, LARGE_ROWS, 200);
            case SMALL_JOB -> new JobWork(scene, scene.small, books);
            case LARGE_JOB -> new JobWork(scene, scene.large, books);
            case DECISIONS ->
                    new DecisionsWork(scene, api, scene.openBreaks(api, DECISIONS_AT_A_TIME));
            case BULK_DECISION -> new BulkWork(scene, api);
            case UNDO -> {
                BulkWork bulk = new BulkWork(scene, api);
                bulk.act(api);
                yield new UndoWork(scene, bulk);
            }
        };
    }
}
