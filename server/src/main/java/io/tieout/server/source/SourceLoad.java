package io.tieout.server.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.RowReader;
import io.tieout.formats.source.RowsRead;
import io.tieout.formats.source.SourceInput;
import io.tieout.server.database.CopyWriter;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.SegmentedTable;
import io.tieout.server.database.Segments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One load: from a file on the disk to records, all of them or none.
final class SourceLoad {
    /// Fewer bytes a row than files have, so that a large one is surely taken for large.
    private static final int GUESSED_BYTES_PER_ROW = 60;

    private final Segments segments;
    private final int threads;

    SourceLoad(Segments segments, int threads) {
        this.segments = segments;
        this.threads = threads;
    }

    /// Ends a load whose data source was cancelled or taken away meanwhile.
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded() {
            super("cancelled", null, false, false);
        }
    }

    /// Loads.
    ///
    /// @return how many records there are now
    /// @throws FailureException where the file is at fault, or the load was cancelled
    /// @throws Superseded where nothing should be kept of it
    long run(PendingLoad load, Path file, LoadProgress progress) {
        Loading loading = new Loading(load, file, progress);
        return segments.load(
                new RequestId(load.id().toString()),
                SegmentedTable.RECORDS,
                load.sizeBytes() / GUESSED_BYTES_PER_ROW,
                RecordSink.COLUMNS,
                loading::rows,
                (handle, segment, _) -> {
                    RecordSink sink = loading.sink();
                    boolean kept =
                            LoadStore.ready(
                                    handle,
                                    load,
                                    loading.format(),
                                    sink.records(),
                                    sink.rejects(),
                                    loading.columns(),
                                    segment);
                    if (!kept) {
                        throw new Superseded();
                    }
                    return sink.records();
                });
    }

    private final class Loading {
        private final PendingLoad load;
        private final Path file;
        private final LoadProgress progress;
        private @Nullable RecordSink sink;
        private @Nullable RowsRead read;

        Loading(PendingLoad load, Path file, LoadProgress progress) {
            this.load = load;
            this.file = file;
            this.progress = progress;
        }

        void rows(CopyWriter writer, int segment) throws SQLException {
            // The file's own name on this machine is nobody's business.
            SourceInput input =
                    new SourceInput(
                            load.name(), () -> Files.newInputStream(file), load.sizeBytes());
            RowReader.requireNoBomb(input);
            RecordSink taking = new RecordSink(writer, segment, load, load.name());
            sink = taking;
            try {
                RowsRead all = RowReader.read(input, options(), taking);
                taking.requireKey(all.columns());
                read = all;
            } catch (RecordSink.WriteFailed e) {
                throw e.sql();
            }
        }

        private RowOptions options() {
            SourceSpec spec =
                    new SourceSpec(
                            Optional.empty(),
                            load.text("encoding"),
                            load.text("delimiter").map(d -> d.charAt(0)),
                            load.text("sheet"),
                            load.flag("header"));
            ReadOptions reading =
                    new ReadOptions(
                            threads, load.maxRejects(), ReadOptions.Limits.DEFAULT, progress);
            return new RowOptions(reading, spec, RowOptions.DEFAULT.maxCellBytes());
        }

        RecordSink sink() {
            if (sink == null) {
                throw new IllegalStateException("nothing was read");
            }
            return sink;
        }

        String format() {
            return sink().source().format().word();
        }

        String columns() {
            if (read == null) {
                throw new IllegalStateException("nothing was read");
            }
            return ColumnViews.json(sink().profiles(read.columns()));
        }
    }

    /// What a failure says to who uploaded the file.
    static LoadStore.LoadFailure told(FailureException e) {
        Failure failure = e.failure();
        return new LoadStore.LoadFailure(
                failure.problem(),
                failure.remedy(),
                Optional.of(failure.place().line()).filter(line -> line > 0),
                Optional.of(failure.place().column()).filter(column -> column > 0));
    }
}
