package io.tieout.server.job;

import io.tieout.engine.table.Table;
import io.tieout.formats.source.SourceRead;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// The records of one side of a job, and where each of them is kept.
///
/// A record is named by its reference: the ordinal of its input in the upper 32 bits, its row
/// number in the lower. Input 0 is the data source of the job; 1 and on are data sources of
/// earlier jobs, of which open breaks were carried forward. The inputs of a job are kept in
/// `reconciliation_job_inputs`.
public final class ReconciledSide {
    private static final int ORDINAL_SHIFT = 32;

    private final SourceRead read;
    private final List<UUID> sources;

    /// The row of the table at which the records of each input begin, and that at which they end.
    private final int[] starts;

    /// @param read the records, those of input 0 first; the table has the row number of each in
    /// its input
    /// @param sources the data source of each input, by its ordinal
    /// @param counts how many records of the table are of each input
    public ReconciledSide(SourceRead read, List<UUID> sources, int[] counts) {
        this.read = read;
        this.sources = List.copyOf(sources);
        this.starts = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            starts[i + 1] = starts[i] + counts[i];
        }
        if (sources.isEmpty()
                || counts.length != sources.size()
                || starts[counts.length] != read.table().rows()) {
            throw new IllegalArgumentException(
                    sources.size() + " inputs do not make " + read.table().rows() + " records");
        }
    }

    /// A reference.
    ///
    /// @param ordinal of the input, from 0
    /// @param rowNumber the row in it, from 1
    public static long reference(int ordinal, int rowNumber) {
        return ((long) ordinal << ORDINAL_SHIFT) | rowNumber;
    }

    /// The ordinal of the input that a reference names.
    public static int ordinal(long reference) {
        return (int) (reference >>> ORDINAL_SHIFT);
    }

    /// The row that a reference names in its input, from 1.
    public static int rowNumber(long reference) {
        return (int) reference;
    }

    /// The records with their rejects and what is known of their source.
    public SourceRead read() {
        return read;
    }

    /// The records.
    public Table table() {
        return read.table();
    }

    /// The data source of each input, by its ordinal.
    public List<UUID> sources() {
        return sources;
    }

    /// How many records of the table are of an input.
    public int count(int ordinal) {
        return starts[ordinal + 1] - starts[ordinal];
    }

    /// How many of the records were carried forward; they are the last of the table.
    public int carriedCount() {
        return read.table().rows() - starts[1];
    }

    /// Where a record is kept.
    ///
    /// @param row its row in the table, from 0
    public long reference(int row) {
        int ordinal = 0;
        if (row >= starts[1]) {
            int found = Arrays.binarySearch(starts, row);
            // Inputs of which nothing is left start where the next one does.
            ordinal = found < 0 ? -found - 2 : lastFrom(found);
        }
        return reference(ordinal, read.table().rowNumber(row));
    }

    private int lastFrom(int found) {
        int ordinal = found;
        while (ordinal + 1 < starts.length - 1 && starts[ordinal + 1] == starts[ordinal]) {
            ordinal++;
        }
        return ordinal;
    }
}
