package io.orrery.world.view;

import io.orrery.world.entity.IdMap;

/**
 * The state of one partition at the end of one tick: the entities it owns, the ghosts it sees, and the ghosts of entities that are on
 * their way to another partition, sorted by cell.
 *
 * <p>Writing thread: the one that owns the partition, before publication only. Readers: any thread whose {@link ViewReader} pins it; until
 * the release nothing in it changes. Memory: fixed by the row capacity, about 50 bytes a row.
 *
 * <p>Columns have shape {@code [rowCapacity]}; rows 0 to {@link #count()} - 1 are in use. They are shared: readers must not write them.
 * It is state, never a difference: a reader that missed ten views needs only the newest.
 */
public final class TickView {
    /** The row is a read-only copy of an entity that this partition does not own. */
    public static final byte FLAG_GHOST = 1;
    /** Besides {@link #FLAG_GHOST}: the entity left this partition and its new owner's view does not show it yet. */
    public static final byte FLAG_IN_TRANSIT = 2;
    /** Quantisation of positions. */
    public static final int CM_PER_METRE = 100;
    /** Returned by {@link #rowOf(long)} for an entity that is not in the view. */
    public static final int MISSING = -1;

    final long[] ids;
    final int[] xCm;
    final int[] yCm;
    final byte[] kinds;
    final short[] ownerPartitions;
    final int[] ownerEpochs;
    final byte[] flags;
    final long[] commandSequences;
    final long[] commandSlots;
    final int[] cellStarts;
    final int[] rowsOfIds;
    final ViewGrid grid;
    private final int partition;
    private final int hashShift;
    long slot;
    int count;
    int ownedCount;
    int timeFactorPercent;
    long lostSlotCount;
    long publishedNs;

    TickView(final int partition, final ViewGrid grid, final int rowCapacity) {
        this.partition = partition;
        this.grid = grid;
        ids = new long[rowCapacity];
        xCm = new int[rowCapacity];
        yCm = new int[rowCapacity];
        kinds = new byte[rowCapacity];
        ownerPartitions = new short[rowCapacity];
        ownerEpochs = new int[rowCapacity];
        flags = new byte[rowCapacity];
        commandSequences = new long[rowCapacity];
        commandSlots = new long[rowCapacity];
        cellStarts = new int[grid.cellCount() + 1];
        rowsOfIds = new int[IdMap.tableLength(rowCapacity)];
        hashShift = IdMap.hashShift(rowsOfIds.length);
    }

    private TickView(final TickView other) {
        partition = other.partition;
        grid = other.grid;
        ids = other.ids.clone();
        xCm = other.xCm.clone();
        yCm = other.yCm.clone();
        kinds = other.kinds.clone();
        ownerPartitions = other.ownerPartitions.clone();
        ownerEpochs = other.ownerEpochs.clone();
        flags = other.flags.clone();
        commandSequences = other.commandSequences.clone();
        commandSlots = other.commandSlots.clone();
        cellStarts = other.cellStarts.clone();
        rowsOfIds = other.rowsOfIds.clone();
        hashShift = other.hashShift;
        slot = other.slot;
        count = other.count;
        ownedCount = other.ownedCount;
        timeFactorPercent = other.timeFactorPercent;
        lostSlotCount = other.lostSlotCount;
        publishedNs = other.publishedNs;
    }

    /**
     * World tick that this is the end of.
     *
     * @return scheduled slot, from 0.
     */
    public long slot() {
        return slot;
    }

    /**
     * Partition that this is the state of.
     *
     * @return index in its world, from 0.
     */
    public int partition() {
        return partition;
    }

    /**
     * Rows in use, ghosts included.
     *
     * @return 0 to the row capacity.
     */
    public int count() {
        return count;
    }

    /**
     * Rows of entities that the partition owns.
     *
     * @return 0 to {@link #count()}.
     */
    public int ownedCount() {
        return ownedCount;
    }

    /**
     * World time that this step simulated, in hundredths of the time that went by since the step before.
     *
     * @return 100 unless slots were lost.
     */
    public int timeFactorPercent() {
        return timeFactorPercent;
    }

    /**
     * Slots of world time that this partition never simulated: under {@code SKIP} those beyond the bound of one step, under {@code DILATE}
     * all that were missed.
     *
     * @return count since start.
     */
    public long lostSlotCount() {
        return lostSlotCount;
    }

    /**
     * When the view was published, by the world's clock.
     *
     * @return nanoseconds.
     */
    public long publishedNs() {
        return publishedNs;
    }

    /**
     * Global ids.
     *
     * @return one per row, shared, read only.
     */
    public long[] ids() {
        return ids;
    }

    /**
     * Positions from the western edge of the world.
     *
     * @return centimetres, one per row, shared, read only.
     */
    public int[] xCm() {
        return xCm;
    }

    /**
     * Positions from the southern edge of the world.
     *
     * @return centimetres, one per row, shared, read only.
     */
    public int[] yCm() {
        return yCm;
    }

    /**
     * Kinds of game objects.
     *
     * @return one per row, shared, read only.
     */
    public byte[] kinds() {
        return kinds;
    }

    /**
     * Partitions to send commands to: the owner, for an entity in transit the former owner.
     *
     * @return one per row, shared, read only.
     */
    public short[] ownerPartitions() {
        return ownerPartitions;
    }

    /**
     * How often the entity had changed its owner; of two rows of one entity the higher is newer.
     *
     * @return one per row, shared, read only.
     */
    public int[] ownerEpochs() {
        return ownerEpochs;
    }

    /**
     * {@link #FLAG_GHOST} and {@link #FLAG_IN_TRANSIT}.
     *
     * @return one per row, shared, read only.
     */
    public byte[] flags() {
        return flags;
    }

    /**
     * Sequence of the command applied last, 0 for none.
     *
     * @return one per row, shared, read only.
     */
    public long[] commandSequences() {
        return commandSequences;
    }

    /**
     * First slot that was moved by the command applied last, -1 for none.
     *
     * @return one per row, shared, read only.
     */
    public long[] commandSlots() {
        return commandSlots;
    }

    /**
     * Looks an entity up by hash.
     *
     * @param id global id.
     * @return its row, or {@link #MISSING}.
     */
    public int rowOf(final long id) {
        final int mask = rowsOfIds.length - 1;
        int i = IdMap.place(id, hashShift);
        int row = rowsOfIds[i] - 1;
        while (row >= 0) {
            if (ids[row] == id) {
                return row;
            }
            i = i + 1 & mask;
            row = rowsOfIds[i] - 1;
        }
        return MISSING;
    }

    /**
     * Finds the rows whose positions are within a distance, the distance included.
     *
     * @param centreXCm centimetres.
     * @param centreYCm centimetres.
     * @param radiusCm centimetres, from 0.
     * @param rows where to put them, in ascending order.
     * @return how many there are; if they are more than {@code rows.length}, the array is full of the first ones and the result is
     *     {@code ~rows.length}, which is negative.
     */
    public int queryRadius(final int centreXCm, final int centreYCm, final int radiusCm, final int[] rows) {
        final int firstColumn = grid.columnOf((long) centreXCm - radiusCm);
        final int lastColumn = grid.columnOf((long) centreXCm + radiusCm);
        final int lastCellRow = grid.rowOf((long) centreYCm + radiusCm);
        final long radiusSquared = (long) radiusCm * radiusCm;
        int found = 0;
        for (int cellRow = grid.rowOf((long) centreYCm - radiusCm); cellRow <= lastCellRow; cellRow++) {
            final int base = cellRow * grid.columns();
            final int end = cellStarts[base + lastColumn + 1];
            for (int row = cellStarts[base + firstColumn]; row < end; row++) {
                final long dx = (long) xCm[row] - centreXCm;
                final long dy = (long) yCm[row] - centreYCm;
                if (dx * dx + dy * dy <= radiusSquared) {
                    if (found == rows.length) {
                        return ~found;
                    }
                    rows[found++] = row;
                }
            }
        }
        return found;
    }

    /**
     * Copies everything, for replay and tests.
     *
     * @return a view of its own.
     */
    public TickView copy() {
        return new TickView(this);
    }

    int hashShift() {
        return hashShift;
    }
}
