package io.tieout.engine.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What two sources are matched by: fields that pair a left column with a right column, and passes
/// that are tried in order. Immutable and valid by construction: every name that a pass uses is a
/// field of the plan, and every comparison suits its field's type.
///
/// @param left how the left source is read
/// @param right how the right source is read
/// @param fields at least one, at most [#MAX_FIELDS], with distinct names
/// @param passes at least one, at most [#MAX_PASSES], with distinct names
public record Plan(SourceSpec left, SourceSpec right, List<Field> fields, List<Pass> passes) {
    /// Fields are told apart by the bits of a `long`.
    public static final int MAX_FIELDS = 64;

    /// More passes than a person can follow are a mistake.
    public static final int MAX_PASSES = 100;

    public Plan {
        fields = List.copyOf(fields);
        passes = List.copyOf(passes);
        requireCount("fields", fields.size(), MAX_FIELDS);
        requireCount("passes", passes.size(), MAX_PASSES);
        Set<String> fieldNames = new HashSet<>();
        for (Field field : fields) {
            require(fieldNames.add(field.name()), "two fields are named " + field.name());
        }
        Set<String> passNames = new HashSet<>();
        for (Pass pass : passes) {
            require(passNames.add(pass.name()), "two passes are named " + pass.name());
            for (FieldComparison comparison : pass.match()) {
                Field field =
                        find(fields, comparison.field())
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "pass "
                                                                + pass.name()
                                                                + " compares "
                                                                + comparison.field()
                                                                + ", which is no field of the plan"));
                String objection = comparison.comparison().objectionTo(field.type());
                require(
                        objection.isEmpty(),
                        "pass " + pass.name() + ", field " + field.name() + ": " + objection);
            }
        }
    }

    /// The field of that name, if there is one.
    public Optional<Field> field(String name) {
        return find(fields, name);
    }

    /// The source specification of a side.
    public SourceSpec source(Side side) {
        return side == Side.LEFT ? left : right;
    }

    private static Optional<Field> find(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private static void requireCount(String what, int count, int most) {
        require(count > 0, "a plan needs " + what);
        require(count <= most, "a plan has at most " + most + " " + what + ", not " + count);
    }

    private static void require(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException(problem);
        }
    }
}
