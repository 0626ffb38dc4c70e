package io.orrery.world.entity;

import io.orrery.telemetry.record.TickSample;

/**
 * The entities that one partition owns, as dense columns: row {@code r} of every column belongs to the same entity, rows 0 to
 * {@link #count()} - 1 are in use, and removing a row moves the last one into its place.
 *
 * <p>Writing thread: the one that owns the partition. Life: as long as the partition. Memory: fixed by the capacity, about 130 bytes for
 * each entity that fits.
 *
 * <p>An entity is named by its global id (64 bits, never reused, survives migration) and inside this store by a local handle (slot and
 * generation), which is refused once the entity has gone. Guarantees: (E1) a handle of a removed entity never names another one until its
 * slot was reused 2^31 times; (E2) rows do not move between {@link #beginIteration()} and {@link #endIteration()}: what is removed in
 * between is removed at the end; (E3) equal calls in equal order give equal rows, whatever was in the store's memory before.
 */
public final class EntityStore {
    /** Returned for an entity that is not here. */
    public static final int MISSING = -1;
    /** Returned by {@link #add(long, byte)} when the store is full. */
    public static final int FULL = -2;
    /** Returned by {@link #add(long, byte)} when the id is in the store. */
    public static final int DUPLICATE = -3;

    private static final int SLOT_BITS = 32;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

    /** Global ids, one per row. Read only outside this class. */
    public final long[] id;
    /** Kinds, one per row. Read only outside this class. */
    public final byte[] kind;
    /** Metres from the western edge, one per row; 64 bits, so that thousands of equal steps add up to less than a millimetre of error. */
    public final double[] x;
    /** Metres from the southern edge, one per row. */
    public final double[] y;
    /** Metres per second along x, one per row. */
    public final float[] vx;
    /** Metres per second along y, one per row. */
    public final float[] vy;
    /** How often the entity changed its owner, one per row. */
    public final int[] ownerEpoch;
    /** Sequence of the command applied last, one per row; 0 for none. */
    public final long[] commandSequence;
    /** First slot that was moved by the command applied last, one per row; -1 for none. */
    public final long[] commandSlot;
    /** Slots of the current step that the entity was moved by already when it arrived, one per row; 0 for all but this tick's arrivals. */
    public final byte[] aheadSlots;
    /** Middle of the area an NPC patrols, metres along x, one per row. */
    public final float[] homeX;
    /** Middle of the area an NPC patrols, metres along y, one per row. */
    public final float[] homeY;
    /** Where an NPC goes, metres along x, one per row. */
    public final float[] waypointX;
    /** Where an NPC goes, metres along y, one per row. */
    public final float[] waypointY;
    /** Slot up to which an NPC pauses, exclusive, one per row. */
    public final long[] pauseUntilSlot;
    /** Slot in which an NPC last saw a player near by, one per row; -1 for never. Valid for the current step only. */
    public final long[] haltSlot;

    private final int[] slotOfRow;
    private final int[] rowOfSlot;
    private final int[] generationOfSlot;
    private final int[] freeSlots;
    private final IdMap slotOfId;
    private final int[] countByKind = new int[TickSample.KIND_CAPACITY];
    private final long[] deferredRemovals;
    private final int capacity;
    private int count;
    private int freeCount;
    private int deferredCount;
    private boolean isIterating;

    /**
     * Creates an empty store.
     *
     * @param capacity most entities in it, from 1.
     */
    public EntityStore(final int capacity) {
        this.capacity = capacity;
        id = new long[capacity];
        kind = new byte[capacity];
        x = new double[capacity];
        y = new double[capacity];
        vx = new float[capacity];
        vy = new float[capacity];
        ownerEpoch = new int[capacity];
        commandSequence = new long[capacity];
        commandSlot = new long[capacity];
        aheadSlots = new byte[capacity];
        homeX = new float[capacity];
        homeY = new float[capacity];
        waypointX = new float[capacity];
        waypointY = new float[capacity];
        pauseUntilSlot = new long[capacity];
        haltSlot = new long[capacity];
        slotOfRow = new int[capacity];
        rowOfSlot = new int[capacity];
        generationOfSlot = new int[capacity];
        freeSlots = new int[capacity];
        deferredRemovals = new long[capacity];
        slotOfId = new IdMap(capacity);
        for (int i = 0; i < capacity; i++) {
            freeSlots[i] = capacity - 1 - i;
            rowOfSlot[i] = MISSING;
        }
        freeCount = capacity;
    }

    /**
     * Adds an entity at the end of the columns, all of its fields 0 but id, kind and the slots that mean "never".
     *
     * @param entityId global id, not 0.
     * @param entityKind 0 to {@link TickSample#KIND_CAPACITY} - 1.
     * @return its row, {@link #FULL} or {@link #DUPLICATE}; nothing changed for the latter two.
     */
    public int add(final long entityId, final byte entityKind) {
        assert !isIterating : "a system may not add entities while rows are iterated: defer it";
        if (slotOfId.get(entityId) != IdMap.MISSING) {
            return DUPLICATE;
        }
        if (count == capacity) {
            return FULL;
        }
        final int row = count++;
        final int slot = freeSlots[--freeCount];
        slotOfRow[row] = slot;
        rowOfSlot[slot] = row;
        slotOfId.put(entityId, slot);
        id[row] = entityId;
        kind[row] = entityKind;
        clearRow(row);
        countByKind[entityKind]++;
        return row;
    }

    /**
     * Removes the entity in a row; the last row moves there.
     *
     * @param row 0 to {@link #count()} - 1.
     */
    public void removeRow(final int row) {
        assert !isIterating : "a system may not remove entities while rows are iterated: use removeLater";
        assert row >= 0 && row < count : "row=" + row + ", must be in 0.." + (count - 1);
        final int slot = slotOfRow[row];
        slotOfId.remove(id[row]);
        countByKind[kind[row]]--;
        rowOfSlot[slot] = MISSING;
        generationOfSlot[slot] = generationOfSlot[slot] + 1 & Integer.MAX_VALUE;
        freeSlots[freeCount++] = slot;
        final int last = --count;
        if (row != last) {
            moveRow(last, row);
        }
    }

    /**
     * Removes an entity when the systems have run.
     *
     * @param handle of the entity; a stale one is ignored at the end.
     * @return false if as many removals wait as the store has rows: nothing changed.
     */
    public boolean removeLater(final long handle) {
        if (deferredCount == capacity) {
            return false;
        }
        deferredRemovals[deferredCount++] = handle;
        return true;
    }

    /** Keeps rows in their places until {@link #endIteration()}. */
    public void beginIteration() {
        isIterating = true;
    }

    /**
     * Lets rows move again and removes what was deferred, in the order in which it was asked for.
     *
     * @return how many entities were removed.
     */
    public int endIteration() {
        isIterating = false;
        int removed = 0;
        for (int i = 0; i < deferredCount; i++) {
            final int row = rowOf(deferredRemovals[i]);
            if (row != MISSING) {
                removeRow(row);
                removed++;
            }
        }
        deferredCount = 0;
        return removed;
    }

    /**
     * Where a handle's entity is now.
     *
     * @param handle from {@link #handleOf(int)}.
     * @return its row, or {@link #MISSING} if it has gone.
     */
    public int rowOf(final long handle) {
        final int slot = (int) (handle & SLOT_MASK);
        if (slot < 0 || slot >= capacity || generationOfSlot[slot] != (int) (handle >>> SLOT_BITS)) {
            return MISSING;
        }
        return rowOfSlot[slot];
    }

    /**
     * Where an entity is now.
     *
     * @param entityId global id, not 0.
     * @return its row, or {@link #MISSING}.
     */
    public int rowOfId(final long entityId) {
        final int slot = slotOfId.get(entityId);
        return slot == IdMap.MISSING ? MISSING : rowOfSlot[slot];
    }

    /**
     * The local handle of the entity in a row.
     *
     * @param row 0 to {@link #count()} - 1.
     * @return generation above slot.
     */
    public long handleOf(final int row) {
        final int slot = slotOfRow[row];
        return (long) generationOfSlot[slot] << SLOT_BITS | slot;
    }

    /**
     * How many entities are in it.
     *
     * @return 0 to the capacity.
     */
    public int count() {
        return count;
    }

    /**
     * How many entities fit.
     *
     * @return from 1.
     */
    public int capacity() {
        return capacity;
    }

    /**
     * How many entities of each kind are in it, kept up to date by every change.
     *
     * @return shape {@code [TickSample.KIND_CAPACITY]}, shared, read only.
     */
    public int[] countByKind() {
        return countByKind;
    }

    private void clearRow(final int row) {
        x[row] = 0;
        y[row] = 0;
        vx[row] = 0;
        vy[row] = 0;
        ownerEpoch[row] = 0;
        commandSequence[row] = 0;
        commandSlot[row] = -1;
        aheadSlots[row] = 0;
        homeX[row] = 0;
        homeY[row] = 0;
        waypointX[row] = 0;
        waypointY[row] = 0;
        pauseUntilSlot[row] = 0;
        haltSlot[row] = -1;
    }

    private void moveRow(final int from, final int to) {
        id[to] = id[from];
        kind[to] = kind[from];
        x[to] = x[from];
        y[to] = y[from];
        vx[to] = vx[from];
        vy[to] = vy[from];
        ownerEpoch[to] = ownerEpoch[from];
        commandSequence[to] = commandSequence[from];
        commandSlot[to] = commandSlot[from];
        aheadSlots[to] = aheadSlots[from];
        homeX[to] = homeX[from];
        homeY[to] = homeY[from];
        waypointX[to] = waypointX[from];
        waypointY[to] = waypointY[from];
        pauseUntilSlot[to] = pauseUntilSlot[from];
        haltSlot[to] = haltSlot[from];
        final int slot = slotOfRow[from];
        slotOfRow[to] = slot;
        rowOfSlot[slot] = to;
    }
}
