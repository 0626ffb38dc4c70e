package io.orrery.telemetry.record;

import java.util.Arrays;

/**
 * What one partition tells about one tick. A mutable flyweight: its producer keeps one, fills it and offers it; the sink copies.
 *
 * <p>Writing thread: the producer. Memory: fixed, {@value #KIND_CAPACITY} counters and a few fields.
 */
public final class TickSample {
    /** Game object kinds that are counted apart; kind numbers run from 0 to this, exclusive. */
    public static final int KIND_CAPACITY = 16;

    /** Partition index in its world, from 0. */
    public int partition;
    /** World tick number. */
    public long slot;
    /** Nanoseconds between the moment the tick was due and the moment it started. */
    public long latenessNs;
    /** Nanoseconds from the start of the tick to the publication of its view. */
    public long durationNs;
    /** Slots that this step covered. */
    public int stepSlots;
    /** Slots in which no step ran, since start. */
    public long missedSlotCount;
    /** Entities this partition owns. */
    public int ownedCount;
    /** Copies of neighbours' entities. */
    public int ghostCount;
    /** Entities sent to neighbours, since start. */
    public long handoffOutCount;
    /** Entities taken over from neighbours, since start. */
    public long handoffInCount;
    /** Bytes the tick thread allocated during this tick. */
    public long allocatedBytes;
    /** Owned entities by kind. Shape {@code [KIND_CAPACITY]}. */
    public final int[] countByKind = new int[KIND_CAPACITY];

    /**
     * Takes over every field of another sample.
     *
     * @param other read only.
     */
    public void copyFrom(final TickSample other) {
        partition = other.partition;
        slot = other.slot;
        latenessNs = other.latenessNs;
        durationNs = other.durationNs;
        stepSlots = other.stepSlots;
        missedSlotCount = other.missedSlotCount;
        ownedCount = other.ownedCount;
        ghostCount = other.ghostCount;
        handoffOutCount = other.handoffOutCount;
        handoffInCount = other.handoffInCount;
        allocatedBytes = other.allocatedBytes;
        System.arraycopy(other.countByKind, 0, countByKind, 0, KIND_CAPACITY);
    }

    /** Sets every field to zero. */
    public void clear() {
        partition = 0;
        slot = 0;
        latenessNs = 0;
        durationNs = 0;
        stepSlots = 0;
        missedSlotCount = 0;
        ownedCount = 0;
        ghostCount = 0;
        handoffOutCount = 0;
        handoffInCount = 0;
        allocatedBytes = 0;
        Arrays.fill(countByKind, 0);
    }
}
