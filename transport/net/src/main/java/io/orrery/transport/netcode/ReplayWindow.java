package io.orrery.transport.netcode;

/**
 * Which of the newest 256 sequences came already. A ring of bits; arithmetic is unsigned and only subtracts, so that it holds up to
 * 2^64 - 1. One thread.
 *
 * <p>Guarantees (G1) {@link #isReplayed} changes nothing: only {@link #advance}, called after a packet proved authentic, does.
 */
final class ReplayWindow {
    static final int CAPACITY = 256;

    private static final int WORDS = CAPACITY / Long.SIZE;

    private final long[] received = new long[WORDS];
    private long mostRecent;

    void reset() {
        mostRecent = 0;
        clear();
    }

    boolean isReplayed(final long sequence) {
        if (Long.compareUnsigned(sequence, mostRecent) > 0) {
            return false;
        }
        return Long.compareUnsigned(mostRecent - sequence, CAPACITY) >= 0 || isSet(sequence);
    }

    void advance(final long sequence) {
        if (Long.compareUnsigned(sequence, mostRecent) > 0) {
            final long gap = sequence - mostRecent;
            if (Long.compareUnsigned(gap, CAPACITY) >= 0) {
                clear();
            } else {
                for (long skipped = 1; skipped <= gap; skipped++) {
                    unset(mostRecent + skipped);
                }
            }
            mostRecent = sequence;
        }
        received[word(sequence)] |= 1L << sequence;
    }

    long mostRecent() {
        return mostRecent;
    }

    private boolean isSet(final long sequence) {
        return (received[word(sequence)] & 1L << sequence) != 0;
    }

    private void unset(final long sequence) {
        received[word(sequence)] &= ~(1L << sequence);
    }

    private void clear() {
        for (int i = 0; i < WORDS; i++) {
            received[i] = 0;
        }
    }

    private static int word(final long sequence) {
        return (int) (sequence >>> 6) & WORDS - 1;
    }
}
