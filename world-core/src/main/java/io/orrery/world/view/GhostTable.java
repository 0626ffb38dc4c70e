package io.orrery.world.view;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.entity.IdMap;

/**
 * What a partition sees of entities it does not own: made anew in each tick from the newest views of its neighbours.
 *
 * <p>Writing thread: the one that owns the partition. Memory: fixed by the capacity. Guarantees: (V1) one row for each entity, that of the
 * highest owner epoch; (V2) no row for an entity that the partition owns; (V3) no copies of copies: of a neighbour's view only its own
 * entities are taken, and those it still shows because they are on their way.
 */
public final class GhostTable {
    final long[] ids;
    final int[] xCm;
    final int[] yCm;
    final byte[] kinds;
    final short[] ownerPartitions;
    final int[] ownerEpochs;
    final byte[] flags;
    final long[] commandSequences;
    final long[] commandSlots;
    private final IdMap rowOfId;
    private final int capacity;
    private int count;
    private long droppedCount;

    /**
     * Creates an empty table.
     *
     * @param capacity most ghosts in it, from 1.
     */
    public GhostTable(final int capacity) {
        this.capacity = capacity;
        ids = new long[capacity];
        xCm = new int[capacity];
        yCm = new int[capacity];
        kinds = new byte[capacity];
        ownerPartitions = new short[capacity];
        ownerEpochs = new int[capacity];
        flags = new byte[capacity];
        commandSequences = new long[capacity];
        commandSlots = new long[capacity];
        rowOfId = new IdMap(capacity);
    }

    /** Takes every ghost out. */
    public void clear() {
        count = 0;
        rowOfId.clear();
    }

    /**
     * Copies what a neighbour's view shows in a rectangle.
     *
     * @param view pinned by the caller.
     * @param band rectangle in centimetres, borders included.
     * @param owned entities of this partition, which get no ghost.
     */
    public void addBand(final TickView view, final Band band, final EntityStore owned) {
        final ViewGrid grid = view.grid;
        final int firstColumn = grid.columnOf(band.minXCm());
        final int lastColumn = grid.columnOf(band.maxXCm());
        final int lastCellRow = grid.rowOf(band.maxYCm());
        for (int cellRow = grid.rowOf(band.minYCm()); cellRow <= lastCellRow; cellRow++) {
            final int base = cellRow * grid.columns();
            final int end = view.cellStarts[base + lastColumn + 1];
            for (int row = view.cellStarts[base + firstColumn]; row < end; row++) {
                if (view.flags[row] != TickView.FLAG_GHOST && band.contains(view.xCm[row], view.yCm[row])
                    && owned.rowOfId(view.ids[row]) == EntityStore.MISSING) {
                    addRow(view, row);
                }
            }
        }
    }

    /**
     * Adds an entity that left and is not shown by its new owner yet, unless something newer of it is in the table.
     *
     * @param id global id.
     * @param ownerPartition this partition, which passes commands on.
     * @param ownerEpoch before the transfer.
     * @return row to be filled with {@link #fill(int, int, int, byte, long, long)}, or -1.
     */
    public int addInTransit(final long id, final int ownerPartition, final int ownerEpoch) {
        final int row = claim(id, ownerEpoch);
        if (row >= 0) {
            ownerPartitions[row] = (short) ownerPartition;
            flags[row] = TickView.FLAG_GHOST | TickView.FLAG_IN_TRANSIT;
        }
        return row;
    }

    /**
     * Fills the row of an entity in transit.
     *
     * @param row from {@link #addInTransit(long, int, int)}.
     * @param rowXCm centimetres.
     * @param rowYCm centimetres.
     * @param kind of game object.
     * @param commandSequence of the command applied last.
     * @param commandSlot first slot moved by it.
     */
    public void fill(final int row, final int rowXCm, final int rowYCm, final byte kind, final long commandSequence,
                     final long commandSlot) {
        xCm[row] = rowXCm;
        yCm[row] = rowYCm;
        kinds[row] = kind;
        commandSequences[row] = commandSequence;
        commandSlots[row] = commandSlot;
    }

    /**
     * How many ghosts are in it.
     *
     * @return 0 to the capacity.
     */
    public int count() {
        return count;
    }

    /**
     * Ghosts that found no room.
     *
     * @return count since start.
     */
    public long droppedCount() {
        return droppedCount;
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
     * Positions along x.
     *
     * @return centimetres, one per row, shared, read only.
     */
    public int[] xCm() {
        return xCm;
    }

    /**
     * Positions along y.
     *
     * @return centimetres, one per row, shared, read only.
     */
    public int[] yCm() {
        return yCm;
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
     * Partitions to send commands to.
     *
     * @return one per row, shared, read only.
     */
    public short[] ownerPartitions() {
        return ownerPartitions;
    }

    /**
     * How often each had changed its owner.
     *
     * @return one per row, shared, read only.
     */
    public int[] ownerEpochs() {
        return ownerEpochs;
    }

    /**
     * {@link TickView#FLAG_GHOST} and {@link TickView#FLAG_IN_TRANSIT}.
     *
     * @return one per row, shared, read only.
     */
    public byte[] flags() {
        return flags;
    }

    private void addRow(final TickView view, final int from) {
        final int row = claim(view.ids[from], view.ownerEpochs[from]);
        if (row >= 0) {
            ownerPartitions[row] = view.ownerPartitions[from];
            flags[row] = (byte) (view.flags[from] | TickView.FLAG_GHOST);
            fill(row, view.xCm[from], view.yCm[from], view.kinds[from], view.commandSequences[from], view.commandSlots[from]);
        }
    }

    private int claim(final long id, final int ownerEpoch) {
        int row = rowOfId.get(id);
        if (row != IdMap.MISSING) {
            if (ownerEpochs[row] >= ownerEpoch) {
                return -1;
            }
        } else {
            if (count == capacity) {
                droppedCount++;
                return -1;
            }
            row = count++;
            rowOfId.put(id, row);
            ids[row] = id;
        }
        ownerEpochs[row] = ownerEpoch;
        return row;
    }
}
