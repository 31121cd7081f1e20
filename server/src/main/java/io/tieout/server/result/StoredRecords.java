package io.tieout.server.result;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.SourceFormat;
import io.tieout.formats.source.SourceInfo;
import io.tieout.formats.source.StoredPart;
import io.tieout.formats.source.StoredRows;
import io.tieout.formats.source.StoredSource;
import io.tieout.server.database.PackedCells;
import io.tieout.server.job.JobInputs;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Some records of one side of a job, fetched by their references.
final class StoredRecords {
    private static final String FETCH =
            """
            select row_number, line, cells, kinds from reconciliation_records
             where segment = :segment and source_number = :number and row_number = any(:rows)
             order by row_number
            """;

    private final Side side;
    private final List<Fetched> records;
    private final Map<Long, Integer> rows = new HashMap<>();

    private StoredRecords(Side side, List<Fetched> records) {
        this.side = side;
        this.records = records;
        for (int row = 0; row < records.size(); row++) {
            rows.put(records.get(row).reference(), row);
        }
    }

    /// A record.
    ///
    /// @param kinds of the cells; null where all are text
    record Fetched(
            SourceFacts source,
            long reference,
            long line,
            List<@Nullable String> cells,
            byte @Nullable [] kinds) {
        Fetched {
            cells = Collections.unmodifiableList(new ArrayList<>(cells));
        }
    }

    /// Fetches records.
    ///
    /// @param references in any order, each once
    /// @throws io.tieout.server.problem.ProblemException 409 where one of them is gone
    static StoredRecords fetch(
            Handle handle, SourceLookup sources, UUID jobId, Side side, long[] references) {
        List<UUID> inputs = JobInputs.of(handle, jobId, side);
        long[] sorted = references.clone();
        Arrays.sort(sorted);
        List<Fetched> records = new ArrayList<>();
        for (int from = 0; from < sorted.length; ) {
            int ordinal = ReconciledSide.ordinal(sorted[from]);
            int to = from;
            while (to < sorted.length && ReconciledSide.ordinal(sorted[to]) == ordinal) {
                to++;
            }
            records.addAll(
                    fetch(
                            handle,
                            sources.kept(handle, inputs.get(ordinal))
                                    .orElseThrow(StoredRecords::gone),
                            ordinal,
                            Arrays.copyOfRange(sorted, from, to)));
            from = to;
        }
        if (records.size() != sorted.length) {
            throw gone();
        }
        return new StoredRecords(side, records);
    }

    private static RuntimeException gone() {
        return Problem.conflict(
                        "records-gone",
                        "The records are gone",
                        "the data source was deleted; only the result itself is kept")
                .exception();
    }

    private static List<Fetched> fetch(
            Handle handle, SourceFacts source, int ordinal, long[] references) {
        Integer[] numbers =
                Arrays.stream(references)
                        .mapToObj(ReconciledSide::rowNumber)
                        .toArray(Integer[]::new);
        return handle.createQuery(FETCH)
                .bind("segment", source.segment())
                .bind("number", source.number())
                .bind("rows", numbers)
                .map((row, _) -> fetched(source, ordinal, row))
                .list();
    }

    private static Fetched fetched(SourceFacts source, int ordinal, ResultSet row)
            throws SQLException {
        return new Fetched(
                source,
                ReconciledSide.reference(ordinal, row.getInt("row_number")),
                row.getLong("line"),
                PackedCells.texts(row.getBytes("cells")),
                row.getBytes("kinds"));
    }

    /// The record at a row of the table.
    Fetched record(int row) {
        return records.get(row);
    }

    /// The row of the record with a reference.
    int row(long reference) {
        Integer row = rows.get(reference);
        if (row == null) {
            throw new IllegalArgumentException("the record was not fetched");
        }
        return row;
    }

    boolean has(long reference) {
        return rows.containsKey(reference);
    }

    /// The records as the plan reads them, in the order of their references.
    Table table(Plan plan) {
        StoredRows into = new StoredRows(plan, side, 0);
        List<StoredSource> sources = new ArrayList<>();
        int at = 0;
        while (at < records.size()) {
            SourceFacts facts = records.get(at).source();
            StoredSource source = into.source(facts.name(), facts.columns());
            StoredPart part = source.part(records.size());
            int[] columns = source.columns();
            for (; at < records.size() && records.get(at).source().equals(facts); at++) {
                add(part, columns, records.get(at));
            }
            sources.add(source);
        }
        return into.assemble(new SourceInfo("records", SourceFormat.CSV, "none", "", 0, 0), sources)
                .table();
    }

    private static void add(StoredPart part, int[] columns, Fetched record) {
        for (int i = 0; i < columns.length; i++) {
            int column = columns[i];
            String cell = column < record.cells().size() ? record.cells().get(column) : null;
            if (cell != null) {
                byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
                byte[] kinds = record.kinds();
                byte kind = kinds == null || column >= kinds.length ? CellKind.TEXT : kinds[column];
                part.cell(i, bytes, 0, bytes.length, kind);
            }
        }
        part.add(ReconciledSide.rowNumber(record.reference()), record.line());
    }
}
