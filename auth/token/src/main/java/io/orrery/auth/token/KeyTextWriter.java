package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;

/** Writes the text form of keys, described at {@link KeyRing#parse}. Used once, by one thread. */
final class KeyTextWriter {
    static final String RING_TITLE = "orrery-key-ring 1";
    static final String VERIFIER_TITLE = "orrery-verifier-keys 1";
    static final String SIGNING = "signing";
    static final String VERIFYING = "verify";
    static final String ENCRYPTION = "encryption";
    static final String END = "end";
    static final String OPEN = "-";

    /** Bytes of SHA-256 that a check keeps: enough against accidents; against forgers only the file's mode helps. */
    private static final int CHECK_LENGTH = 6;
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final StringBuilder text = new StringBuilder(1024);
    private int lineCount;

    KeyTextWriter(final String title) {
        text.append(title).append('\n');
    }

    void line(final String sort, final KeyLife life, final byte[]... material) {
        final StringBuilder line = new StringBuilder(256);
        line.append(sort).append(' ').append(life.kid())
            .append(' ').append(textOf(life.createdMs()))
            .append(' ').append(textOf(life.activeFromMs()))
            .append(' ').append(life.isOpen() ? OPEN : textOf(life.retiredAtMs()));
        for (final byte[] bytes : material) {
            line.append(' ').append(StrictBase64Url.encode(bytes));
        }
        text.append(line).append(' ').append(checkOf(line.toString())).append('\n');
        lineCount++;
    }

    String end() {
        final String check = checkOf(text.toString());
        return text.append(END).append(' ').append(lineCount).append(' ').append(check).append('\n').toString();
    }

    static String textOf(final long epochMs) {
        return INSTANT.format(Instant.ofEpochMilli(epochMs));
    }

    static String checkOf(final String line) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return StrictBase64Url.encode(Arrays.copyOf(digest, CHECK_LENGTH));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
