package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.CsvParser.Unclosed;
import io.tieout.formats.source.RecordBuilder.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/// Reads one side of a reconciliation: finds format, compression, encoding and dialect by content,
/// and turns the columns that the plan needs into a table.
public final class SourceReader {
    private static final int SAMPLE_BYTES = 1 << 18;

    private SourceReader() {}

    /// Reads a source to its end.
    ///
    /// @throws FailureException when it is missing, empty, damaged, of an unknown kind, lacks a
    /// column that the plan names, repeats a key, passes a limit, or has more rejects than allowed
    public static SourceRead read(SourceInput input, Plan plan, Side side, ReadOptions options) {
        Layout layout = new Layout(plan, side);
        try (SourceStream content = SourceStream.open(input, options)) {
            byte[] sample = new byte[SAMPLE_BYTES];
            sample = Arrays.copyOf(sample, content.fill(sample, 0));
            Charset charset = TextEncoding.of(sample, plan.source(side).encoding());
            return switch (SourceKind.of(input.name(), sample, charset)) {
                case CSV ->
                        readCsv(
                                content,
                                TextEncoding.utf8(content, sample, charset),
                                layout,
                                options);
                case JSON_LINES ->
                        readJsonLines(
                                content,
                                TextEncoding.utf8(content, sample, charset),
                                layout,
                                options);
                case XLSX -> new XlsxReader(content, sample, layout, options).read();
            };
        } catch (FailureException e) {
            if (e.failure().place().equals(Place.UNKNOWN)) {
                throw new FailureException(e.failure().at(Place.of(input.name())), e);
            }
            throw e;
        }
    }

    private static SourceRead readCsv(
            SourceStream content, InputStream text, Layout layout, ReadOptions options) {
        String name = content.name();
        byte[] head = head(name, text);
        DialectFinder.Found found = new DialectFinder(head, layout).find();
        if (found.names().size() > options.limits().maxColumns()) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(name, 1),
                            "has "
                                    + found.names().size()
                                    + " columns, more than "
                                    + options.limits().maxColumns(),
                            "keep the columns that the plan needs"));
        }
        int[] slotOf =
                layout.resolve(
                        found.names(), Place.of(name, Math.max(1, found.firstLine() - 1)), "");
        Stretches stretches =
                new Stretches(
                        name,
                        Arrays.copyOfRange(head, found.dataStart(), head.length),
                        text,
                        found.dialect(),
                        Stretches.USUAL_BYTES,
                        options.limits().maxRecordBytes());
        Parsing parsing =
                new Parsing(
                        stretches,
                        name,
                        found.firstLine(),
                        found.dialect().lineEnd(),
                        options.maxRejects());
        List<Part> parts =
                parsing.run(
                        options.threads(),
                        () -> new CsvParser(layout, found.dialect(), slotOf, options.maxRejects()));
        if (parsing.unclosed() != null && !isHopeless(parts, options)) {
            throw unclosed(name, parts, found.firstLine(), parsing.unclosed());
        }
        return assemble(content, SourceFormat.CSV, layout, parts, found.firstLine(), options);
    }

    private static boolean isHopeless(List<Part> parts, ReadOptions options) {
        return !parts.isEmpty() && parts.getLast().rejected() > options.maxRejects();
    }

    private static FailureException unclosed(
            String name, List<Part> parts, long firstLine, Unclosed open) {
        long before = firstLine - 1;
        for (Part part : parts.subList(0, parts.size() - 1)) {
            before += part.lineCount();
        }
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(name, before + open.line(), open.column()),
                        "a quote is opened here and never closed",
                        "close it, or double it where it belongs to the text"));
    }

    private static SourceRead readJsonLines(
            SourceStream content, InputStream text, Layout layout, ReadOptions options) {
        String name = content.name();
        Stretches stretches =
                new Stretches(
                        name,
                        new byte[0],
                        text,
                        null,
                        Stretches.USUAL_BYTES,
                        options.limits().maxRecordBytes());
        JsonNames names = new JsonNames();
        List<Part> parts =
                new Parsing(stretches, name, 1, (byte) '\n', options.maxRejects())
                        .run(
                                options.threads(),
                                () -> new JsonLinesParser(layout, names, options.maxRejects()));
        if (!isHopeless(parts, options)) {
            names.requireSeen(layout, parts, Place.of(name));
        }
        return assemble(content, SourceFormat.JSON_LINES, layout, parts, 1, options);
    }

    static SourceRead assemble(
            SourceStream content,
            SourceFormat format,
            Layout layout,
            List<Part> parts,
            long firstLine,
            ReadOptions options) {
        List<Part> all =
                parts.isEmpty()
                        ? List.of(new RecordBuilder(layout, 0, 0).build(0, new boolean[0]))
                        : parts;
        Assembly assembly =
                new Assembly(content.name(), layout, all, firstLine, options.maxRejects());
        assembly.requireFewRejects();
        return assembly.read(content.info(format, assembly.rows()));
    }

    private static byte[] head(String name, InputStream text) {
        byte[] head = new byte[SAMPLE_BYTES];
        int length = 0;
        try {
            while (length < head.length) {
                int count = text.read(head, length, head.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(name), "cannot be read", "check the file and its disk"),
                    e);
        }
        return Arrays.copyOf(head, length);
    }
}
