package io.orrery.game.replication;

import io.orrery.transport.frame.FrameFormat;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.collections.Long2LongHashMap;

/**
 * What one client knows: the entities it was told of, which frames reached it, and so which state of each entity it has.
 *
 * <p>Writing thread: the replication agent that owns it. Memory: fixed by {@code interestCapacity} (entities known at once) and
 * {@value #SENT_FRAMES} remembered frames. Frame numbers are 32 bits and wrap; they are compared by their difference.
 *
 * <p>An entity's phase: FREE, then ENTERING (shown in full in each frame until one that holds it is acknowledged), KNOWN (updated when it
 * differs from what the client has), LEAVING (told in each frame until acknowledged), FREE.
 */
final class ClientReplica {
    static final byte FREE = 0;
    static final byte ENTERING = 1;
    static final byte KNOWN = 2;
    static final byte LEAVING = 3;
    static final int ITEM_LEAVE = 1;
    static final int ITEM_ENTER = 2;
    static final int ITEM_UPDATE = 3;
    /** Sent frames that can still be acknowledged. A power of two. */
    static final int SENT_FRAMES = 64;
    /** Most items of one frame. */
    static final int FRAME_ITEMS_MAX = 256;

    private static final int SENT_MASK = SENT_FRAMES - 1;
    private static final int ITEM_TYPE_SHIFT = 12;
    private static final int ITEM_NET_ID_MASK = (1 << ITEM_TYPE_SHIFT) - 1;
    private static final int NONE = -1;

    final long connectionId;
    final long entityId;
    int partition;
    int frameNumber;
    int ackedFrameNumber;
    boolean hasAckedFrame;
    long sentSlot = Long.MIN_VALUE;
    long seenNs;
    int missedViewCount;
    boolean isGone;
    int listIndex;

    final long[] entityIds;
    final byte[] phases;
    final int[] phaseFrame;
    final boolean[] hasBaseline;
    final int[] baselineFrame;
    final long[] baselineSlot;
    final int[] baselinePartition;
    /** Newest frame that held the entity, or should have. */
    final int[] sentFrame;
    final int[] visitedFrame;
    final int[] viewRow;
    final float[] priority;

    private final Long2LongHashMap netIdById;
    /** Net id that an entity had when it was last looked for, by the low bits of its row of history: a guess that spares the hash table. */
    private final short[] netIdHints;
    private final long[] freeNetIds;
    private final int netIdCapacity;
    private int netIdLimit;
    private int knownCount;

    private final int[] sentFrameNumbers = new int[SENT_FRAMES];
    private final long[] sentSlots = new long[SENT_FRAMES];
    private final int[] sentPartitions = new int[SENT_FRAMES];
    private final int[] sentItemCounts = new int[SENT_FRAMES];
    private final short[] sentItems = new short[SENT_FRAMES * FRAME_ITEMS_MAX];

    ClientReplica(final long connectionId, final long entityId, final int partition, final int interestCapacity) {
        this.connectionId = connectionId;
        this.entityId = entityId;
        this.partition = partition;
        netIdCapacity = Math.min(interestCapacity, FrameFormat.NET_ID_CAPACITY);
        entityIds = new long[netIdCapacity];
        phases = new byte[netIdCapacity];
        phaseFrame = new int[netIdCapacity];
        hasBaseline = new boolean[netIdCapacity];
        baselineFrame = new int[netIdCapacity];
        baselineSlot = new long[netIdCapacity];
        baselinePartition = new int[netIdCapacity];
        sentFrame = new int[netIdCapacity];
        visitedFrame = new int[netIdCapacity];
        viewRow = new int[netIdCapacity];
        priority = new float[netIdCapacity];
        netIdHints = new short[BitUtil.findNextPositivePowerOfTwo(2 * netIdCapacity)];
        netIdById = new Long2LongHashMap(netIdCapacity * 2, 0.6f, NONE);
        freeNetIds = new long[(netIdCapacity + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < netIdCapacity; i++) {
            freeNetIds[i / Long.SIZE] |= 1L << i;
        }
        Arrays.fill(sentItemCounts, NONE);
    }

    /** Net id of an entity that the client may know, or -1. Its row of history tells where to look first. */
    int netIdOf(final long id, final int historyRow) {
        final int hint = historyRow & netIdHints.length - 1;
        final int hinted = netIdHints[hint];
        if (entityIds[hinted] == id && phases[hinted] != FREE) {
            return hinted;
        }
        final int netId = (int) netIdById.get(id);
        if (netId != NONE) {
            netIdHints[hint] = (short) netId;
        }
        return netId;
    }

    /** Gives an entity the lowest free net id, or -1 if the client knows as many as it can. */
    int allocate(final long id) {
        for (int word = 0; word < freeNetIds.length; word++) {
            if (freeNetIds[word] != 0) {
                final int netId = word * Long.SIZE + Long.numberOfTrailingZeros(freeNetIds[word]);
                freeNetIds[word] &= freeNetIds[word] - 1;
                netIdById.put(id, netId);
                entityIds[netId] = id;
                netIdLimit = Math.max(netIdLimit, netId + 1);
                knownCount++;
                return netId;
            }
        }
        return NONE;
    }

    /** Starts to show an entity. */
    void enter(final int netId, final int frame) {
        phases[netId] = ENTERING;
        phaseFrame[netId] = frame;
        hasBaseline[netId] = false;
        priority[netId] = 0;
    }

    /** Starts to take an entity away. */
    void leave(final int netId, final int frame) {
        phases[netId] = LEAVING;
        phaseFrame[netId] = frame;
        priority[netId] = 0;
    }

    /** One above the highest net id in use. */
    int netIdLimit() {
        return netIdLimit;
    }

    /** Net ids in use. */
    int knownCount() {
        return knownCount;
    }

    /** Remembers that a frame is on its way; its items follow by {@link #addSent}. */
    void beginSent(final int frame, final long slot) {
        final int index = frame & SENT_MASK;
        sentFrameNumbers[index] = frame;
        sentSlots[index] = slot;
        sentPartitions[index] = partition;
        sentItemCounts[index] = 0;
    }

    /** Remembers one item of the frame. */
    void addSent(final int frame, final int netId, final int itemType) {
        final int index = frame & SENT_MASK;
        sentItems[index * FRAME_ITEMS_MAX + sentItemCounts[index]] = (short) (itemType << ITEM_TYPE_SHIFT | netId);
        sentItemCounts[index]++;
        sentFrame[netId] = frame;
        priority[netId] = 0;
    }

    /**
     * The frame that is being built has no room for an entity that has changed. Should an earlier one arrive behind it, a client may keep
     * its state without showing it, so that state's acknowledgement is not the end of it: this frame counts as the newest to speak of the
     * entity.
     */
    void onWithheld(final int netId) {
        sentFrame[netId] = frameNumber;
    }

    /** Takes what a frame held as known to the client. Frames that are forgotten or were acknowledged before change nothing. */
    void onAcked(final int frame) {
        final int index = frame & SENT_MASK;
        final int itemCount = sentItemCounts[index];
        if (sentFrameNumbers[index] != frame || itemCount == NONE) {
            return;
        }

        sentItemCounts[index] = NONE;
        if (!hasAckedFrame || frame - ackedFrameNumber > 0) {
            ackedFrameNumber = frame;
            hasAckedFrame = true;
        }
        for (int i = 0; i < itemCount; i++) {
            final int item = sentItems[index * FRAME_ITEMS_MAX + i] & 0xFFFF;
            onItemAcked(item & ITEM_NET_ID_MASK, item >>> ITEM_TYPE_SHIFT, frame, index);
        }
    }

    private void onItemAcked(final int netId, final int itemType, final int frame, final int index) {
        if (frame - phaseFrame[netId] < 0) {
            return;
        }

        if (itemType == ITEM_LEAVE) {
            if (phases[netId] == LEAVING) {
                free(netId);
            }
            return;
        }
        if (itemType == ITEM_ENTER && phases[netId] == ENTERING) {
            phases[netId] = KNOWN;
        }
        if (phases[netId] == KNOWN && (!hasBaseline[netId] || frame - baselineFrame[netId] > 0)) {
            hasBaseline[netId] = true;
            baselineFrame[netId] = frame;
            baselineSlot[netId] = sentSlots[index];
            baselinePartition[netId] = sentPartitions[index];
        }
    }

    private void free(final int netId) {
        phases[netId] = FREE;
        netIdById.remove(entityIds[netId]);
        freeNetIds[netId / Long.SIZE] |= 1L << netId;
        knownCount--;
        while (netIdLimit > 0 && phases[netIdLimit - 1] == FREE) {
            netIdLimit--;
        }
    }
}
