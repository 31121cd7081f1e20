package io.tieout.formats.plan;

import java.util.Collection;
import java.util.Optional;

public final class NearestName {
    private NearestName() {}

    public static Optional<String> of(String wanted, Collection<String> known) {
        return known.stream().filter(name -> name.equalsIgnoreCase(wanted)).findFirst();
    }
}
