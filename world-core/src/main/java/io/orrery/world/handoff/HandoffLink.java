package io.orrery.world.handoff;

import io.orrery.world.command.RecordRing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The way from one partition to another: entities, and the commands that follow them, in the order in which they were sent.
 *
 * <p>Writing threads: the sender's owner (ring, sent count) and the receiver's owner (taking, acknowledging). Memory: fixed.
 *
 * <p>Ordering: what the ring holds is owned by neither partition; acceptance by the ring takes an entity from the sender, taking it from
 * the ring gives it to the receiver. The receiver acknowledges by a release store after it has published the view that shows what it
 * took; a sender that acquires this count before it looks at the receiver's newest view sees at least that view.
 *
 * <p>Guarantee (H1): two full partitions never block each other. One place is kept for swaps: a full partition that takes an entity from
 * the other in the same moment as it sends one there. Plain sends fill both ways up to one less than they hold; a swap leaves the sum of
 * both ways as it was; so both are never full at once, and the one that is not gives the next swap its place.
 */
public final class HandoffLink {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int ACKED = 16;
    private static final int SENT = 40;
    private static final int TAKEN = 48;
    private static final int COUNT_LENGTH = 64;
    private static final int SWAP_PLACES = 1;

    private final RecordRing ring;
    private final long[] counts = new long[COUNT_LENGTH];

    /**
     * Creates an empty link.
     *
     * @param capacity records that fit, the place kept for swaps included.
     */
    public HandoffLink(final int capacity) {
        ring = new RecordRing(capacity, EntityRecord.WORDS);
    }

    /**
     * The records.
     *
     * @return written by the sender, read by the receiver.
     */
    public RecordRing ring() {
        return ring;
    }

    /**
     * Asks for room for one record of any kind; the ring's commit sends it. Sender only.
     *
     * @return offset of its first word, or {@link RecordRing#FULL}.
     */
    public int claim() {
        return ring.claimLeaving(SWAP_PLACES);
    }

    /**
     * Asks for room for an entity that goes in exchange for one that the sender takes from the way back in the same moment. Sender only.
     *
     * @return offset of its first word, or {@link RecordRing#FULL}.
     */
    public int claimForSwap() {
        return ring.claim();
    }

    /** Notes that an entity was sent. Sender only. */
    public void onSent() {
        COUNT.setRelease(counts, SENT, counts[SENT] + 1);
    }

    /**
     * Entities sent so far.
     *
     * @return count; the number of the newest one sent.
     */
    public long sentCount() {
        return (long) COUNT.getAcquire(counts, SENT);
    }

    /** Notes that an entity was taken. Receiver only. */
    public void onTaken() {
        counts[TAKEN]++;
    }

    /** Tells the sender that a view with everything taken so far is published. Receiver only. */
    public void acknowledge() {
        if (counts[TAKEN] != counts[ACKED]) {
            COUNT.setRelease(counts, ACKED, counts[TAKEN]);
        }
    }

    /**
     * Entities that were taken and are in a published view of the receiver.
     *
     * @return count, never more than were sent.
     */
    public long ackedCount() {
        return (long) COUNT.getAcquire(counts, ACKED);
    }
}
