package io.tieout.server.access;

import java.util.Locale;

/// E-mail addresses as they are taken: visible ASCII, compared without regard to case.
final class EmailAddress {
    static final String PATTERN = "[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}";

    private EmailAddress() {}

    /// As it is kept.
    static String normal(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
