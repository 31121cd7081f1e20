package io.tieout.cli;

import io.tieout.engine.plan.Side;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Sides as people type them.
final class SideNames implements Iterable<String>, ITypeConverter<Side> {
    SideNames() {}

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Side.values()).map(Side::word).iterator();
    }

    @Override
    public Side convert(String word) {
        return Arrays.stream(Side.values())
                .filter(side -> side.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "a side is left or right, not '" + word + "'"));
    }
}
