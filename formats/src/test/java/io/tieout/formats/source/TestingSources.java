package io.tieout.formats.source;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.table.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads sources out of memory.
final class TestingSources {
    private TestingSources() {}

    static SourceRead read(byte[] bytes, Plan plan) {
        return read(bytes, plan, ReadOptions.DEFAULT);
    }

    static SourceRead read(byte[] bytes, Plan plan, ReadOptions options) {
        SourceInput input = SourceInput.stream("left.csv", new ByteArrayInputStream(bytes));
        return SourceReader.read(input, plan, Side.LEFT, options);
    }

    static SourceRead read(String text, Plan plan) {
        return read(text.getBytes(StandardCharsets.UTF_8), plan);
    }

    static SourceRead readAllowing(int rejects, String text, Plan plan) {
        ReadOptions options =
                new ReadOptions(1, rejects, ReadOptions.Limits.DEFAULT, Progress.NONE);
        return read(text.getBytes(StandardCharsets.UTF_8), plan, options);
    }

    static List<String> valuesOf(SourceRead read, String field) {
        Table table = read.table();
        List<String> values = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            values.add(table.field(field).text(row));
        }
        return values;
    }
}
