package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.formats.source.SourceContent.CsvText;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads a source as rows, all columns as they are, before any plan says what they mean. What a
/// plan makes of the rows later, through [StoredRows], is what [SourceReader] makes of the source,
/// where both find the same header and the plan rejects what is rejected here.
///
/// A text is read in constant memory, whatever its size; some tens of MiB a thread.
public final class RowReader {
    private static final String OPTION = "`encoding`";

    private final SourceContent content;
    private final RowOptions options;
    private final ReadOptions reading;
    private final RowSink sink;
    private final ColumnNames names;

    private RowReader(SourceContent content, RowOptions options, RowSink sink) {
        this.content = content;
        this.options = options;
        this.reading = options.reading();
        this.sink = sink;
        names = new ColumnNames(content.name(), reading.limits().maxColumns());
    }

    /// Unfolds the beginning of a source that is compressed and forgets it: a bomb is found before
    /// anything is made of its rows. Only for what can be opened again.
    ///
    /// @throws FailureException where the source unfolds to far more than its size, and as
    /// [#read] does
    public static void requireNoBomb(SourceInput input) {
        SourceStream.requireNoBomb(input);
    }

    /// Reads a source to its end.
    ///
    /// @throws FailureException when it is missing, empty, damaged, of an unknown kind, passes a
    /// limit, is not as the options say, or has more rejects than allowed
    public static RowsRead read(SourceInput input, RowOptions options, RowSink sink) {
        try (SourceContent content =
                SourceContent.open(input, options.source().encoding(), OPTION, options.reading())) {
            return new RowReader(content, options, sink).read();
        } catch (FailureException e) {
            FailureException located = SourceContent.located(e, input);
            // There is no plan: an encoding or a sheet that is not there was said of the source.
            if (located.failure() instanceof Failure.InvalidPlan f) {
                throw new FailureException(
                        new Failure.UnreadableSource(f.place(), f.problem(), f.remedy()), e);
            }
            throw located;
        }
    }

    private RowsRead read() {
        RowDelivery delivery = new RowDelivery(content.name(), names, sink, reading.maxRejects());
        switch (content.format()) {
            case CSV -> readCsv(delivery);
            case JSON_LINES -> readJsonLines(delivery);
            case XLSX -> readSheet(delivery);
        }
        SourceInfo info = content.stream().info(content.format(), delivery.rows());
        return new RowsRead(info, names.view(), delivery.rejected());
    }

    private void readCsv(RowDelivery delivery) {
        GuessedHeader headers = new GuessedHeader(options.source().header(), false);
        CsvText text = content.csv(options.source().delimiter(), headers, reading.limits());
        DialectFinder.Found found = text.found();
        Dialect dialect = found.dialect();
        names.addHeader(found.names(), text.header(content.name()));
        start(Optional.of((char) dialect.delimiter()), Optional.empty(), dialect.header());
        int[] slotOf = IntStream.range(0, names.size()).toArray();
        new OrderedDelivery<RawRows.Part>(
                        text.records(),
                        content.name(),
                        found.firstLine(),
                        dialect.lineEnd(),
                        delivery::take)
                .run(
                        reading.threads(),
                        () -> {
                            RawRows rows = new RawRows(true, names.view()::get, options);
                            return new CsvParser<>(
                                    _ -> rows.clear(), dialect, slotOf, slotOf.length);
                        });
    }

    private void readJsonLines(RowDelivery delivery) {
        start(Optional.empty(), Optional.empty(), false);
        new OrderedDelivery<RowMembers.Part>(
                        content.lines(reading.limits()),
                        content.name(),
                        1,
                        (byte) '\n',
                        delivery::take)
                .run(
                        reading.threads(),
                        () -> {
                            RowMembers members = new RowMembers(reading.limits().maxColumns());
                            RawRows rows = new RawRows(false, members.names()::get, options);
                            return members.parser(rows);
                        });
    }

    private void readSheet(RowDelivery delivery) {
        RawSheet sheet =
                new RawSheet(
                        names,
                        new RawRows(false, names.view()::get, options),
                        delivery,
                        (name, header) ->
                                start(Optional.empty(), Optional.of(name), header.isThere()));
        GuessedHeader headers = new GuessedHeader(options.source().header(), true);
        new XlsxReader(content, options.source().sheet(), headers, reading).read(sheet);
        sheet.flush();
    }

    private void start(Optional<Character> delimiter, Optional<String> sheet, boolean header) {
        boolean text = content.format() != SourceFormat.XLSX;
        sink.start(
                new RowSource(
                        content.format(),
                        content.stream().compression(),
                        text ? Optional.of(content.charset().name()) : Optional.empty(),
                        delimiter,
                        sheet,
                        header,
                        names.view()));
    }
}
