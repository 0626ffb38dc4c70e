package io.orrery.auth.token;

/**
 * Name and times of a key. It signs or encrypts what is issued in {@code activeFromMs} (inclusive) to {@code retiredAtMs} (exclusive), and
 * nothing issued at another time is accepted under it: a retired key cannot make a token that looks new.
 *
 * @param kid its id, unique in its ring.
 * @param createdMs when it was made, epoch milliseconds.
 * @param activeFromMs when it begins to be used; later than created so that verifiers have it first.
 * @param retiredAtMs when it is no longer used, {@link #OPEN} while nobody knows.
 */
record KeyLife(String kid, long createdMs, long activeFromMs, long retiredAtMs) {
    /** Not retired. */
    static final long OPEN = Long.MAX_VALUE;

    boolean isActiveAt(final long epochMs) {
        return epochMs >= activeFromMs && epochMs < retiredAtMs;
    }

    boolean isOpen() {
        return retiredAtMs == OPEN;
    }

    KeyLife retiredAt(final long epochMs) {
        return new KeyLife(kid, createdMs, activeFromMs, epochMs);
    }
}
