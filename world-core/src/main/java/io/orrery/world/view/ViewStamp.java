package io.orrery.world.view;

import org.agrona.concurrent.NanoClock;

/**
 * What holds for a whole view. A mutable flyweight: the partition keeps one and fills it before each publication.
 *
 * <p>Writing thread: the one that owns the partition.
 */
public final class ViewStamp {
    /** World tick. */
    public long slot;
    /** World time simulated by this step, in hundredths of the time that went by. */
    public int timeFactorPercent;
    /** Slots never simulated, since start. */
    public long lostSlotCount;
    final NanoClock clock;

    /**
     * Creates a stamp.
     *
     * @param clock read at each publication.
     */
    public ViewStamp(final NanoClock clock) {
        this.clock = clock;
    }
}
