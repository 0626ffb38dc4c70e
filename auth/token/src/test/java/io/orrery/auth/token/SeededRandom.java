package io.orrery.auth.token;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Repeatable bytes where code under test asks for unpredictable ones. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom source;

    SeededRandom(final long seed) {
        source = new SplittableRandom(seed);
    }

    @Override
    public synchronized void nextBytes(final byte[] bytes) {
        // Null while the parent constructs itself.
        if (source != null) {
            source.nextBytes(bytes);
        }
    }
}
