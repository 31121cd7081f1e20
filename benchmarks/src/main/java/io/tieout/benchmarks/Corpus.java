package io.tieout.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;

/// Writes a ledger and a bank statement of any size, about 100 bytes a row, with the truth beside
/// them. Of a hundred records some 90 tie out exactly, 6 within a tolerance (a fee, a day or two, a
/// slip in the reference), and 4 not at all. The same size and seed give the same bytes.
///
/// Run it as `Corpus DIR ROWS [SEED]`; it writes `left.csv`, `right.csv` and `truth.csv`.
public final class Corpus {
    private static final String[] PARTIES = {
        "Almond and Sons", "Brueckner GmbH", "Cafe Lumiere", "Dunmore Limited", "Eastgate Print",
        "Fjord Logistics", "Green Valley Farms", "Harbour Hotel", "Isola Imports", "Jansen Bouw",
        "Kestrel Optics", "Lakeside Clinic", "Moreno Textiles", "Northwind Energy",
                "Oakfield School"
    };
    private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "USD", "GBP", "CHF"};
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 300;
    private static final int TIE_OUT = 90;
    private static final int WITHIN_TOLERANCE = 96;
    private static final int LEFT_ALONE = 98;

    private final SplittableRandom random;
    private final StringBuilder line = new StringBuilder(160);

    private Corpus(long seed) {
        random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) throws IOException {
        Path dir = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        new Corpus(seed).write(dir, rows);
    }

    private void write(Path dir, int rows) throws IOException {
        Files.createDirectories(dir);
        int[] order = shuffled(rows);
        String header = "id,date,amount,currency,reference,counterparty,description\n";
        Row[] late = new Row[rows];
        try (BufferedWriter left = Files.newBufferedWriter(dir.resolve("left.csv"));
                BufferedWriter right = Files.newBufferedWriter(dir.resolve("right.csv"));
                BufferedWriter truth = Files.newBufferedWriter(dir.resolve("truth.csv"))) {
            left.write(header);
            right.write(header);
            truth.write("left_id,right_id\n");
            for (int i = 0; i < rows; i++) {
                Row row = row(i);
                int fate = random.nextInt(100);
                if (fate < LEFT_ALONE) {
                    left.append(text('L', row));
                    if (fate < WITHIN_TOLERANCE) {
                        late[order[i]] = fate < TIE_OUT ? row : drifted(row);
                        truth.write("L" + row.id() + ",R" + row.id() + "\n");
                    }
                } else {
                    late[order[i]] = row;
                }
            }
            for (Row row : late) {
                if (row != null) {
                    right.append(text('R', row));
                }
            }
        }
    }

    private int[] shuffled(int rows) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    /// A record, in cents.
    private record Row(int id, int day, long cents, int currency, String reference, int party) {}

    private Row row(int id) {
        long cents = 100 + random.nextLong(random.nextInt(10) == 0 ? 100_000_000 : 500_000);
        return new Row(
                id,
                random.nextInt(DAYS),
                cents,
                random.nextInt(CURRENCIES.length),
                "INV-" + (10_000_000 + id),
                random.nextInt(PARTIES.length));
    }

    private Row drifted(Row row) {
        int what = random.nextInt(3);
        long fee = what == 0 ? row.cents() / 250 : 0;
        int days = what == 1 ? 1 + random.nextInt(2) : 0;
        String reference = what == 2 ? slipped(row.reference()) : row.reference();
        return new Row(
                row.id(),
                row.day() + days,
                row.cents() - fee,
                row.currency(),
                reference,
                row.party());
    }

    /// Two neighbouring digits in the wrong order.
    private String slipped(String reference) {
        char[] chars = reference.toCharArray();
        int at = 4 + random.nextInt(chars.length - 5);
        char kept = chars[at];
        chars[at] = chars[at + 1];
        chars[at + 1] = kept;
        return new String(chars);
    }

    private CharSequence text(char side, Row row) {
        line.setLength(0);
        line.append(side).append(row.id()).append(',');
        line.append(FIRST_DAY.plusDays(row.day())).append(',');
        line.append(row.cents() / 100).append('.');
        line.append((char) ('0' + row.cents() / 10 % 10)).append((char) ('0' + row.cents() % 10));
        line.append(',').append(CURRENCIES[row.currency()]).append(',');
        line.append(row.reference()).append(',').append(PARTIES[row.party()]).append(',');
        line.append("Payment of invoice ").append(row.id() % 997).append(" by transfer\n");
        return line;
    }
}
