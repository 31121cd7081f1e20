package io.tieout.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Damages good input: bytes changed, cut, doubled, repeated thousands of times, and tokens put in
/// that the reader under test gives a meaning to.
public final class Damage {
    private final Random random;
    private final String[] tokens;

    public Damage(Random random, String... tokens) {
        this.random = random;
        this.tokens = tokens;
    }

    /// The input with one to four damages.
    public byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            bytes = damagedOnce(bytes);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(30));
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> spliced(bytes, at, length, new byte[0]);
            case 2 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 ->
                    spliced(
                            bytes,
                            at,
                            0,
                            tokens[random.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8));
            default -> {
                byte[] part = Arrays.copyOfRange(bytes, at, at + length);
                byte[] many = new byte[length * (1 + random.nextInt(2000))];
                for (int i = 0; i < many.length; i++) {
                    many[i] = part[i % length];
                }
                yield spliced(bytes, at, 0, many);
            }
        };
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
        byte[] result = new byte[bytes.length - removed + added.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(added, 0, result, at, added.length);
        System.arraycopy(
                bytes, at + removed, result, at + added.length, bytes.length - at - removed);
        return result;
    }
}
