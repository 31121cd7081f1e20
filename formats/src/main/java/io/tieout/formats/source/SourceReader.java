package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.formats.source.RecordBuilder.Part;
import io.tieout.formats.source.SourceContent.CsvText;
import java.util.List;

/// Reads one side of a reconciliation: finds format, compression, encoding and dialect by content,
/// and turns the columns that the plan needs into a table.
public final class SourceReader {
    private final SourceContent content;
    private final Layout layout;
    private final ReadOptions options;

    private SourceReader(SourceContent content, Layout layout, ReadOptions options) {
        this.content = content;
        this.layout = layout;
        this.options = options;
    }

    /// Reads a source to its end.
    ///
    /// @throws FailureException when it is missing, empty, damaged, of an unknown kind, lacks a
    /// column that the plan names, repeats a key, passes a limit, or has more rejects than allowed
    public static SourceRead read(SourceInput input, Plan plan, Side side, ReadOptions options) {
        Layout layout = new Layout(plan, side);
        try (SourceContent content =
                SourceContent.open(
                        input, plan.source(side).encoding(), "`encoding` in the plan", options)) {
            return new SourceReader(content, layout, options).read();
        } catch (FailureException e) {
            throw SourceContent.located(e, input);
        }
    }

    private SourceRead read() {
        return switch (content.format()) {
            case CSV -> readCsv();
            case JSON_LINES -> readJsonLines();
            case XLSX -> readSheet();
        };
    }

    private SourceSpec spec() {
        return layout.plan().source(layout.side());
    }

    private RecordBuilder records(int expectedRows) {
        return new RecordBuilder(layout, expectedRows, options.maxRejects());
    }

    private SourceRead readCsv() {
        CsvText text = content.csv(spec().delimiter(), new PlannedHeader(layout), options.limits());
        DialectFinder.Found found = text.found();
        int[] slotOf = layout.resolve(found.names(), text.header(content.name()), "");
        Parsing<Part> parsing =
                new Parsing<>(
                        text.records(),
                        content.name(),
                        found.firstLine(),
                        found.dialect().lineEnd(),
                        options.maxRejects());
        List<Part> parts =
                parsing.run(
                        options.threads(),
                        () ->
                                new CsvParser<>(
                                        this::records, found.dialect(), slotOf, layout.slots()));
        if (parsing.unclosed() != null && !isHopeless(parts)) {
            long before = found.firstLine() - 1;
            for (Part part : parts.subList(0, parts.size() - 1)) {
                before += part.lineCount();
            }
            throw parsing.unclosed().failure(content.name(), before);
        }
        return assemble(parts, found.firstLine());
    }

    private boolean isHopeless(List<Part> parts) {
        return !parts.isEmpty() && parts.getLast().rejected() > options.maxRejects();
    }

    private SourceRead readJsonLines() {
        JsonNames names = new JsonNames(layout);
        List<Part> parts =
                new Parsing<Part>(
                                content.lines(options.limits()),
                                content.name(),
                                1,
                                (byte) '\n',
                                options.maxRejects())
                        .run(
                                options.threads(),
                                () ->
                                        new JsonLinesParser<>(
                                                this::records, names.members(), layout.slots()));
        boolean anyRecord = parts.stream().anyMatch(part -> part.rows() > part.rejected());
        if (anyRecord && !isHopeless(parts)) {
            names.requireSeen(Place.of(content.name()));
        }
        return assemble(parts, 1);
    }

    private SourceRead readSheet() {
        PlannedSheet sheet = new PlannedSheet(layout, records(1024));
        new XlsxReader(content, spec().sheet(), new PlannedHeader(layout), options).read(sheet);
        return assemble(List.of(sheet.part()), 1);
    }

    private SourceRead assemble(List<Part> parts, long firstLine) {
        List<Part> all = parts.isEmpty() ? List.of(records(0).build(0)) : parts;
        Assembly assembly =
                new Assembly(
                        content.name(),
                        layout,
                        all,
                        firstLine,
                        options.maxRejects(),
                        "correct the source or the plan, or let rows be rejected with"
                                + " --max-rejects");
        assembly.requireFewRejects();
        return assembly.read(content.stream().info(content.format(), assembly.rows()));
    }
}
