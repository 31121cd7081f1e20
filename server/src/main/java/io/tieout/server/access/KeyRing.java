package io.tieout.server.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The key that signs now, and those that signed before and still verify: so a key can be changed
/// while tokens of the one before are about.
record KeyRing(SigningKey current, List<SigningKey> older) {
    KeyRing {
        older = List.copyOf(older);
    }

    Optional<SigningKey> find(String id) {
        return Stream.concat(Stream.of(current), older.stream())
                .filter(key -> key.id().equals(id))
                .findFirst();
    }
}
