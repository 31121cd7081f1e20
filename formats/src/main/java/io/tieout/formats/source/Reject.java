package io.tieout.formats.source;

/// A row that could not become a record.
///
/// @param line where it starts in its source, from 1 (a sheet's row number for XLSX)
/// @param row its number among the data rows, from 1
/// @param column the column at fault, empty when it is the row as a whole
/// @param reason what is wrong and what would be right, without the value itself
public record Reject(long line, int row, String column, String reason) {}
