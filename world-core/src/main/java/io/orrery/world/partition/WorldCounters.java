package io.orrery.world.partition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters of all partitions of a world.
 *
 * <p>Writing threads: for each partition the one that owns it. Readers: any thread; each value is whole, but two are not of one moment.
 * Memory: fixed.
 */
public final class WorldCounters {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;
    private static final int COUNTER_COUNT = WorldCounter.values().length;
    private static final int STRIDE = COUNTER_COUNT + PADDING;

    private final long[] counts;
    private final int partitionCount;

    /**
     * Creates counters at 0.
     *
     * @param partitionCount from 1.
     */
    public WorldCounters(final int partitionCount) {
        this.partitionCount = partitionCount;
        counts = new long[partitionCount * STRIDE + PADDING];
    }

    /**
     * What one partition counted.
     *
     * @param counter which.
     * @param partition index.
     * @return count since start.
     */
    public long of(final WorldCounter counter, final int partition) {
        return (long) COUNT.getAcquire(counts, index(counter, partition));
    }

    /**
     * What all partitions counted.
     *
     * @param counter which.
     * @return count since start.
     */
    public long sum(final WorldCounter counter) {
        long sum = 0;
        for (int partition = 0; partition < partitionCount; partition++) {
            sum += of(counter, partition);
        }
        return sum;
    }

    void add(final WorldCounter counter, final int partition, final long amount) {
        final int index = index(counter, partition);
        COUNT.setRelease(counts, index, counts[index] + amount);
    }

    void set(final WorldCounter counter, final int partition, final long value) {
        COUNT.setRelease(counts, index(counter, partition), value);
    }

    private static int index(final WorldCounter counter, final int partition) {
        return PADDING + partition * STRIDE + counter.ordinal();
    }
}
