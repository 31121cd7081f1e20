package io.tieout.server.job;

import io.tieout.engine.table.Table;
import io.tieout.formats.source.SourceRead;
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
    private final long[] carried;

    /// @param read the records: first those of input 0 in the order of their rows, then the
    /// carried ones
    /// @param sources the data source of each input, by its ordinal
    /// @param carried the references of the carried records, in the order of the table
    public ReconciledSide(SourceRead read, List<UUID> sources, long[] carried) {
        if (sources.isEmpty() || carried.length > read.table().rows()) {
            throw new IllegalArgumentException(
                    sources.size() + " inputs with " + carried.length + " carried records");
        }
        this.read = read;
        this.sources = List.copyOf(sources);
        this.carried = carried.clone();
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

    /// How many of the records were carried forward; they are the last of the table.
    public int carriedCount() {
        return carried.length;
    }

    /// Where a record is kept.
    ///
    /// @param row its row in the table, from 0
    public long reference(int row) {
        int firstCarried = read.table().rows() - carried.length;
        return row < firstCarried
                ? reference(0, read.table().rowNumber(row))
                : carried[row - firstCarried];
    }
}
