package io.orrery.world.system;

/**
 * A random sequence whose whole state is one number: SplitMix64 (Steele, Lea, Flood 2014).
 *
 * <p>Writing thread: the one that owns the partition it belongs to.
 */
public final class SeededRandom {
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final int FLOAT_BITS = 24;

    private long state;

    /**
     * Starts a sequence.
     *
     * @param seed any value.
     */
    public SeededRandom(final long seed) {
        state = seed;
    }

    /**
     * Spreads a number's bits, as each step of the sequence does.
     *
     * @param value any.
     * @return mixed; equal for equal values.
     */
    public static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /**
     * The next 64 bits.
     *
     * @return any value.
     */
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /**
     * The next fraction.
     *
     * @return 0, inclusive, to 1, exclusive.
     */
    public float nextFloat() {
        return (nextLong() >>> Long.SIZE - FLOAT_BITS) * (1f / (1 << FLOAT_BITS));
    }

    /**
     * The whole state, for hashes.
     *
     * @return what decides all further values.
     */
    public long state() {
        return state;
    }
}
