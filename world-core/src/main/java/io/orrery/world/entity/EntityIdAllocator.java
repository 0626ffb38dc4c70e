package io.orrery.world.entity;

/**
 * Gives out global entity ids: a leased 16-bit allocator number above a 48-bit counter. No id is given out twice; 0 is never an id.
 *
 * <p>Writing thread: the one it was made for. Memory: two numbers.
 */
public final class EntityIdAllocator {
    /** Highest allocator number. */
    public static final int LEASE_MAX = (1 << 16) - 1;
    private static final int COUNTER_BITS = 48;
    private static final long COUNTER_MAX = (1L << COUNTER_BITS) - 1;

    private final long leaseBits;
    private long counter;

    /**
     * Starts at the first id of a lease.
     *
     * @param lease 0 to {@value #LEASE_MAX}, held by no other allocator, ever.
     */
    public EntityIdAllocator(final int lease) {
        if (lease < 0 || lease > LEASE_MAX) {
            throw new IllegalArgumentException("lease=" + lease + ", must be in 0.." + LEASE_MAX);
        }
        leaseBits = (long) lease << COUNTER_BITS;
    }

    /**
     * The next id.
     *
     * @return never 0, never one that was returned before.
     * @throws IllegalStateException after 2^48-1 ids; take another lease.
     */
    public long next() {
        if (counter == COUNTER_MAX) {
            throw new IllegalStateException("counter=" + counter + ", must be below " + COUNTER_MAX + ": take another lease");
        }
        counter++;
        return leaseBits | counter;
    }
}
