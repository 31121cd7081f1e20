package io.tieout.cli;

import io.tieout.formats.source.SourceInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A small ledger, a bank statement and a plan, in a folder of their own: two records match, one of
/// them two days late; the third differs in its amount.
final class TestingBooks {
    static final String LEDGER =
            """
            id,ref,amount,date
            L1,A-1,10.00,2026-01-01
            L2,A-2,20.00,2026-01-02
            L3,A-3,30.00,2026-01-03
            """;
    static final String BANK =
            """
            id,ref,amount,date
            R1,A-1,10.00,2026-01-01
            R2,A-2,20.00,2026-01-04
            R3,A-3,31.00,2026-01-03
            """;
    static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              ref: {left: ref, right: ref, type: text}
              amount: {left: amount, right: amount, type: amount, currency: EUR}
              date: {left: date, right: date, type: date}
            passes:
              - name: all
                match: {ref: exact, amount: exact, date: {within: 2 days}}
            """;

    private final Path dir;

    TestingBooks(Path dir) {
        this.dir = dir;
        write("ledger.csv", LEDGER);
        write("bank.csv", BANK);
        write("plan.yaml", PLAN);
    }

    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) {
        try {
            return Files.write(dir.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path path(String name) {
        return dir.resolve(name);
    }

    Path ledger() {
        return path("ledger.csv");
    }

    Path bank() {
        return path("bank.csv");
    }

    Path plan() {
        return path("plan.yaml");
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Everything in the folder: a digest of each file by its name, and each folder.
    Map<String, String> snapshot() {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(dir)) {
            for (Path path : paths.toList()) {
                String content =
                        Files.isDirectory(path)
                                ? "folder"
                                : FileDigest.sha256(SourceInput.file(path));
                all.put(dir.relativize(path).toString(), content);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }
}
