package io.tieout.formats.plan;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A plan with the file it was written in. YAML 1.2 without anchors, aliases and tags, or JSON; in
/// UTF-8, of at most 1 MiB. [#schema()] describes it.
public final class PlanFile {
    private static final String SCHEMA = "plan.schema.json";

    private final String name;
    private final Plan plan;
    private final String canonicalJson;

    private PlanFile(String name, Plan plan, String canonicalJson) {
        this.name = name;
        this.plan = plan;
        this.canonicalJson = canonicalJson;
    }

    /// Reads a file.
    ///
    /// @throws FailureException [Failure.UnreadableSource] when it cannot be read,
    /// [Failure.InvalidPlan] with line and column at its first mistake
    public static PlanFile read(Path path) {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw unreadable(name, "is a directory", "name a plan file in it");
        }
        if (!Files.exists(path)) {
            throw unreadable(name, "there is no such file", "check the path of the plan");
        }
        if (!Files.isReadable(path)) {
            throw unreadable(name, "may not be read", "change the permissions of the file");
        }
        return parse(name, bytes(name, path));
    }

    private static byte[] bytes(String name, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(PlanText.MAX_BYTES + 1);
            if (bytes.length > PlanText.MAX_BYTES) {
                long size = Math.max(bytes.length, Files.size(path));
                throw PlanText.tooLarge(name, "is " + size + " bytes long");
            }
            return bytes;
        } catch (IOException e) {
            Failure failure =
                    new Failure.UnreadableSource(
                            Place.of(name), "cannot be read", "check the file and its disk");
            throw new FailureException(failure, e);
        }
    }

    private static FailureException unreadable(String name, String problem, String remedy) {
        return new FailureException(new Failure.UnreadableSource(Place.of(name), problem, remedy));
    }

    /// Parses a plan.
    ///
    /// @param name what the places of failures call it
    /// @param utf8 the whole text
    /// @throws FailureException [Failure.InvalidPlan] with line and column at its first mistake
    public static PlanFile parse(String name, byte[] utf8) {
        Plan plan = PlanReader.read(YamlTree.read(name, PlanText.decode(name, utf8)));
        String canonicalJson = CanonicalPlan.json(plan);
        int bytes = canonicalJson.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PlanText.MAX_BYTES) {
            // What is kept and digested must be a plan file that can be read again.
            throw PlanText.tooLarge(name, "is " + bytes + " bytes long when written out in full");
        }
        return new PlanFile(name, plan, canonicalJson);
    }

    /// What places call it: a path as the user gave it.
    public String name() {
        return name;
    }

    /// The plan.
    public Plan plan() {
        return plan;
    }

    /// The plan as one line of JSON, itself a plan file. Equal for plans that mean the same, be
    /// they YAML or JSON, in short or long forms, with or without defaults and comments. The order
    /// of fields, passes and comparisons has a meaning and is kept.
    public String canonicalJson() {
        return canonicalJson;
    }

    /// SHA-256 of [#canonicalJson()] in UTF-8, as 64 hexadecimal digits.
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha256.digest(canonicalJson.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The JSON Schema (2020-12) of plan files, for editors. It cannot say everything: what depends
    /// on other parts of a plan, such as the fields that a pass may name, only reading a plan
    /// tells.
    public static String schema() {
        try (InputStream in = PlanFile.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the schema was left out of this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
