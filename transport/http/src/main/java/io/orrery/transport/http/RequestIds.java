package io.orrery.transport.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Names requests: as their sender did, if that is harmless, else by a random part of this process and a count. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private final String process;
    private final AtomicLong count = new AtomicLong();

    RequestIds() {
        final byte[] bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        process = HexFormat.of().formatHex(bytes);
    }

    String of(final String given) {
        return given != null && ACCEPTED.matcher(given).matches() ? given : next();
    }

    String next() {
        return process + "-" + Long.toHexString(count.incrementAndGet());
    }
}
