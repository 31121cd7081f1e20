package io.tieout.server.database;

/// The name of a request, safe to be written into SQL comments and logs: 1 to 64 characters of
/// `[A-Za-z0-9._-]`.
public record RequestId(String text) {
    private static final int MAX_LENGTH = 64;

    /// A checked request id.
    ///
    /// @throws IllegalArgumentException if the text is no request id; edges check before
    public RequestId {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "a request id is 1 to 64 characters of A-Z a-z 0-9 . _ -, not a text of "
                            + text.length());
        }
    }

    /// Whether a text can be a request id.
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(RequestId::allowed);
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    @Override
    public String toString() {
        return text;
    }
}
