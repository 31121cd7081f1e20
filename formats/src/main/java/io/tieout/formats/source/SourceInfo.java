package io.tieout.formats.source;

/// What is known of a source once it was read to its end.
///
/// @param name as the user named it: a path, or `-` for standard input
/// @param format found by content
/// @param compression `none`, `gzip` or `zstd`, found by content
/// @param sha256 64 hexadecimal digits over the bytes as they came, before decompression
/// @param bytes how many these were
/// @param rows data rows, rejected ones included, the header not
public record SourceInfo(
        String name,
        SourceFormat format,
        String compression,
        String sha256,
        long bytes,
        int rows) {}
