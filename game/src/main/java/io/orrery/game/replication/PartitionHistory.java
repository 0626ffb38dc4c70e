package io.orrery.game.replication;

import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.world.view.TickView;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The last {@value #SLOTS} replicated states of everything that one partition showed, shared by all its clients: a client remembers only
 * which slot of an entity it has.
 *
 * <p>Writing thread: the replication agent that owns it. Memory: fixed by {@code rowCapacity}; an entity for which there is no row is not
 * shown and counted. A row is given back {@value #SLOTS} slots after its entity was last seen.
 */
final class PartitionHistory {
    /** Slots that are kept. A power of two. */
    static final int SLOTS = 64;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int NONE = -1;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int fieldCount = ReplicationSchema.STANDARD.fieldCount();
    private final int rowCapacity;
    private final Long2LongHashMap rowById;
    private final long[] idOfRow;
    private final long[] seenSlot;
    private final long[] changedSlot;
    private final long[] slotTags;
    private final int[] states;
    private final int[] freeRows;
    private final int[] historyRowOfViewRow;
    private int freeCount;
    private int sweepRow;
    private long slot = NEVER;
    private long overflowCount;

    /**
     * Creates an empty history.
     *
     * @param rowCapacity most entities it can remember.
     * @param viewCapacity most rows of a view.
     */
    PartitionHistory(final int rowCapacity, final int viewCapacity) {
        this.rowCapacity = rowCapacity;
        rowById = new Long2LongHashMap(rowCapacity * 2, 0.6f, NONE);
        idOfRow = new long[rowCapacity];
        seenSlot = new long[rowCapacity];
        changedSlot = new long[rowCapacity];
        slotTags = new long[rowCapacity * SLOTS];
        states = new int[rowCapacity * SLOTS * fieldCount];
        freeRows = new int[rowCapacity];
        historyRowOfViewRow = new int[viewCapacity];
        Arrays.fill(seenSlot, NEVER);
        Arrays.fill(slotTags, NEVER);
        for (int i = 0; i < rowCapacity; i++) {
            freeRows[i] = rowCapacity - 1 - i;
        }
        freeCount = rowCapacity;
    }

    /** Takes over the states of a newer view, once for all clients. */
    void onView(final TickView view) {
        assert view.slot() > slot : "slot=" + view.slot() + ", must be > " + slot;
        slot = view.slot();
        sweep();
        final int count = view.count();
        final long[] ids = view.ids();
        final int[] xCm = view.xCm();
        final int[] yCm = view.yCm();
        final byte[] kinds = view.kinds();
        for (int viewRow = 0; viewRow < count; viewRow++) {
            historyRowOfViewRow[viewRow] = store(ids[viewRow], kinds[viewRow], xCm[viewRow], yCm[viewRow]);
        }
    }

    /** Row of a view row of the newest view, or -1 if there was no room for it. */
    int rowOf(final int viewRow) {
        return historyRowOfViewRow[viewRow];
    }

    /** Slot of the newest view. */
    long slot() {
        return slot;
    }

    /** Whether a row's state at a slot is still here. */
    boolean hasState(final int row, final long atSlot) {
        return slotTags[row * SLOTS + (int) (atSlot & SLOT_MASK)] == atSlot;
    }

    /** Index in {@link #states()} of a row's state at a slot. */
    int stateIndex(final int row, final long atSlot) {
        return (row * SLOTS + (int) (atSlot & SLOT_MASK)) * fieldCount;
    }

    /** All states. Shape {@code [rowCapacity][SLOTS][fieldCount]}, flat. */
    int[] states() {
        return states;
    }

    /** Slot at which a row's state became what it is. */
    long changedSlot(final int row) {
        return changedSlot[row];
    }

    /** Entities that were not shown for want of a row, counted once for each view. */
    long overflowCount() {
        return overflowCount;
    }

    private int store(final long id, final int kind, final int xCm, final int yCm) {
        int row = (int) rowById.get(id);
        if (row == NONE) {
            if (freeCount == 0) {
                overflowCount++;
                return NONE;
            }
            freeCount--;
            row = freeRows[freeCount];
            rowById.put(id, row);
            idOfRow[row] = id;
            seenSlot[row] = NEVER;
        }

        final int index = stateIndex(row, slot);
        final int previous = stateIndex(row, seenSlot[row]);
        final boolean isSame = seenSlot[row] != NEVER
            && states[previous + ReplicationSchema.X] == xCm && states[previous + ReplicationSchema.Y] == yCm;
        if (!isSame) {
            changedSlot[row] = slot;
        }
        states[index + ReplicationSchema.KIND] = kind;
        states[index + ReplicationSchema.X] = xCm;
        states[index + ReplicationSchema.Y] = yCm;
        slotTags[row * SLOTS + (int) (slot & SLOT_MASK)] = slot;
        seenSlot[row] = slot;
        return row;
    }

    /** Looks at a part of the rows on each view, so that all are looked at within the slots that are kept. */
    private void sweep() {
        final int limit = rowCapacity / SLOTS + 1;
        for (int i = 0; i < limit; i++) {
            final int row = sweepRow;
            sweepRow = row + 1 == rowCapacity ? 0 : row + 1;
            if (seenSlot[row] != NEVER && slot - seenSlot[row] > SLOTS) {
                rowById.remove(idOfRow[row]);
                seenSlot[row] = NEVER;
                freeRows[freeCount] = row;
                freeCount++;
            }
        }
    }
}
