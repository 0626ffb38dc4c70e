package io.orrery.platform.error;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;

/**
 * Takes the faults of agents: counts each, and keeps one record per distinct one. Two faults are the same when their types, the places that
 * threw them and the same of their causes are equal; their messages may differ, since they hold values.
 *
 * <p>Any thread may call any method; records are claimed by compare-and-set and there is no lock. Life: the process. Memory: at most
 * {@code capacity} throwables; a further distinct fault is counted as unrecorded.
 *
 * <p>Guarantees (G1) no method throws, whatever it is given; (G2) a fault is counted before anything else is done with it; (G3) the counts
 * of the records and the unrecorded ones add up to the total once no fault is being taken.
 */
public final class DistinctErrors implements ErrorHandler {
    /** Distinct faults kept when nothing is said. */
    public static final int CAPACITY_DEFAULT = 64;
    /** Causes of a fault that are compared. */
    private static final int CAUSE_DEPTH_MAX = 8;

    private final EpochClock clock;
    private final AtomicReferenceArray<Entry> entries;
    private final AtomicLong totalCount = new AtomicLong();
    private final AtomicLong unrecordedCount = new AtomicLong();

    /**
     * Creates an empty record of faults.
     *
     * @param clock for the times of faults.
     */
    public DistinctErrors(final EpochClock clock) {
        this(clock, CAPACITY_DEFAULT);
    }

    /**
     * Creates an empty record of faults.
     *
     * @param clock for the times of faults.
     * @param capacity most distinct faults kept, from 1.
     */
    public DistinctErrors(final EpochClock clock, final int capacity) {
        this.clock = clock;
        entries = new AtomicReferenceArray<>(Math.max(1, capacity));
    }

    /**
     * Takes a fault.
     *
     * @param fault what was thrown; kept if it is the first of its kind. Null is counted as unrecorded.
     */
    @Override
    public void onError(final Throwable fault) {
        totalCount.incrementAndGet();
        if (!record(fault)) {
            unrecordedCount.incrementAndGet();
        }
    }

    /**
     * Faults taken.
     *
     * @return count since start, recorded or not.
     */
    public long totalCount() {
        return totalCount.get();
    }

    /**
     * Faults that no record holds: there were too many distinct ones, or the fault could not be read.
     *
     * @return count since start.
     */
    public long unrecordedCount() {
        return unrecordedCount.get();
    }

    /**
     * What was recorded so far.
     *
     * @return one element per distinct fault, in the order in which they were first seen.
     */
    public List<DistinctError> snapshot() {
        final List<DistinctError> errors = new ArrayList<>();
        for (int i = 0; i < entries.length(); i++) {
            final Entry entry = entries.get(i);
            if (entry != null) {
                errors.add(new DistinctError(entry.first, entry.count.get(), entry.firstMs, entry.lastMs.get()));
            }
        }
        return errors;
    }

    private boolean record(final Throwable fault) {
        try {
            return fault != null && observe(fault, clock.time());
        } catch (final Throwable unreadable) {
            // G1: a fault whose own methods throw (or a heap that is full) must not take down the thread that reports it.
            return false;
        }
    }

    private boolean observe(final Throwable fault, final long nowMs) {
        final Identity identity = Identity.of(fault);
        for (int i = 0; i < entries.length(); i++) {
            Entry entry = entries.get(i);
            if (entry == null) {
                final Entry created = new Entry(fault, identity, nowMs);
                if (entries.compareAndSet(i, null, created)) {
                    return true;
                }
                entry = entries.get(i);
            }
            if (entry.identity.equals(identity)) {
                entry.count.incrementAndGet();
                entry.lastMs.accumulateAndGet(nowMs, Math::max);
                return true;
            }
        }
        return false;
    }

    /** Types and throwing places of a fault and its causes, taken once: comparing two of them calls no method of the fault. */
    private record Identity(List<Object> parts) {
        private static Identity of(final Throwable fault) {
            final Object[] parts = new Object[2 * CAUSE_DEPTH_MAX];
            Throwable cause = fault;
            int depth = 0;
            while (cause != null && depth < CAUSE_DEPTH_MAX) {
                final StackTraceElement[] frames = cause.getStackTrace();
                parts[2 * depth] = cause.getClass();
                parts[2 * depth + 1] = frames.length == 0 ? null : frames[0];
                cause = cause.getCause();
                depth++;
            }
            return new Identity(Arrays.asList(parts));
        }
    }

    /** One distinct fault. Count and last time are written by any thread; the rest never changes. */
    private static final class Entry {
        private final Throwable first;
        private final Identity identity;
        private final long firstMs;
        private final AtomicLong count = new AtomicLong(1);
        private final AtomicLong lastMs;

        private Entry(final Throwable first, final Identity identity, final long nowMs) {
            this.first = first;
            this.identity = identity;
            firstMs = nowMs;
            lastMs = new AtomicLong(nowMs);
        }
    }
}
