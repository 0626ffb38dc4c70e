package io.orrery.world.view;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.entity.IdMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds the views of one partition and lends them to readers: readers + 2 slots, of which each reader pins at most one.
 *
 * <p>Writing thread: the one that owns the partition ({@link #publish}); each {@link ViewReader} writes its own pin. Memory: fixed, readers
 * + 2 views. The tick never waits: with one slot the newest and one pinned by each reader, one is always free.
 *
 * <p>Ordering (hazard pointers, Michael 2004): a reader writes its pin, then reads the newest slot again; the writer writes the newest
 * slot, then, before it builds the next view, reads the pins. All four are volatile accesses and so have one order: either the reader
 * sees that the slot it pinned is no longer the newest and tries again, or the writer sees the pin and leaves the slot alone. The
 * volatile write of the newest slot also publishes the view's plain fields to readers.
 */
public final class ViewPublisher {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WORDS_PER_LINE = 16;
    private static final long NONE = -1;

    private final TickView[] slots;
    /** Line 0 holds the newest slot, line 1 + r the slot that reader r pins. */
    private final long[] words;
    private final int readerCapacity;
    private final int[] xCmOfRow;
    private final int[] yCmOfRow;
    private final int[] cellOfRow;
    private final int[] cellCursor;
    private final int[] rowOfPlace;
    private final AtomicInteger readerCount = new AtomicInteger();

    /**
     * Creates a publisher that has published nothing.
     *
     * @param partition whose views these are.
     * @param grid cells of the views.
     * @param rowCapacity most rows in a view, ghosts included.
     * @param readerCapacity most readers.
     */
    public ViewPublisher(final int partition, final ViewGrid grid, final int rowCapacity, final int readerCapacity) {
        this.readerCapacity = readerCapacity;
        slots = new TickView[readerCapacity + 2];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new TickView(partition, grid, rowCapacity);
        }
        words = new long[(readerCapacity + 2) * WORDS_PER_LINE];
        Arrays.fill(words, NONE);
        xCmOfRow = new int[rowCapacity];
        yCmOfRow = new int[rowCapacity];
        cellOfRow = new int[rowCapacity];
        rowOfPlace = new int[rowCapacity];
        cellCursor = new int[grid.cellCount() + 1];
    }

    /**
     * Makes a reader. Any thread, not on the tick path.
     *
     * @return a reader with a pin of its own.
     * @throws IllegalStateException if all are taken.
     */
    public ViewReader newReader() {
        final int index = readerCount.getAndIncrement();
        if (index >= readerCapacity) {
            throw new IllegalStateException("viewReaderCount=" + index + ", must be below " + readerCapacity
                + ": configure more view readers");
        }
        return new ViewReader(this, index);
    }

    /**
     * The newest view, for the partition's own systems; valid until its next {@link #publish}. Owner only.
     *
     * @return null before the first.
     */
    public TickView newest() {
        final int newest = (int) words[0];
        return newest < 0 ? null : slots[newest];
    }

    /**
     * Sorts entities and ghosts by cell into a free slot and makes it the newest.
     *
     * @param stamp what holds for the whole view.
     * @param store entities owned.
     * @param ghosts ghosts seen.
     */
    public void publish(final ViewStamp stamp, final EntityStore store, final GhostTable ghosts) {
        final int free = freeSlot();
        final TickView view = slots[free];
        view.slot = stamp.slot;
        view.timeFactorPercent = stamp.timeFactorPercent;
        view.lostSlotCount = stamp.lostSlotCount;
        view.ownedCount = store.count();
        view.count = store.count() + ghosts.count();

        countCells(view, store, ghosts);
        order(view.count);
        gather(view, store, ghosts);
        index(view);
        view.publishedNs = stamp.clock.nanoTime();

        WORD.setVolatile(words, 0, (long) free);
    }

    TickView pin(final int reader) {
        long newest = (long) WORD.getAcquire(words, 0);
        while (newest != NONE) {
            WORD.setVolatile(words, pinIndex(reader), newest);
            final long again = (long) WORD.getVolatile(words, 0);
            if (again == newest) {
                return slots[(int) newest];
            }
            newest = again;
        }
        return null;
    }

    void unpin(final int reader) {
        WORD.setRelease(words, pinIndex(reader), NONE);
    }

    private static int pinIndex(final int reader) {
        return (1 + reader) * WORDS_PER_LINE;
    }

    private int freeSlot() {
        final long newest = words[0];
        for (int i = 0; i < slots.length; i++) {
            if (i != newest && !isPinned(i)) {
                return i;
            }
        }
        throw new IllegalStateException("slots=" + slots.length + ", must exceed readers + 1: a reader pins more than one");
    }

    private boolean isPinned(final int slot) {
        for (int reader = 0; reader < readerCapacity; reader++) {
            if ((long) WORD.getVolatile(words, pinIndex(reader)) == slot) {
                return true;
            }
        }
        return false;
    }

    private void countCells(final TickView view, final EntityStore store, final GhostTable ghosts) {
        final ViewGrid grid = view.grid;
        final int[] starts = view.cellStarts;
        final int columns = grid.columns();
        final int owned = store.count();
        Arrays.fill(starts, 0);
        for (int row = 0; row < owned; row++) {
            xCmOfRow[row] = quantised(store.x[row]);
            yCmOfRow[row] = quantised(store.y[row]);
        }
        for (int row = 0; row < owned; row++) {
            final int cell = grid.rowOf(yCmOfRow[row]) * columns + grid.columnOf(xCmOfRow[row]);
            cellOfRow[row] = cell;
            starts[cell + 1]++;
        }
        final int ghostCount = ghosts.count();
        for (int row = 0; row < ghostCount; row++) {
            final int cell = grid.rowOf(ghosts.yCm[row]) * columns + grid.columnOf(ghosts.xCm[row]);
            cellOfRow[owned + row] = cell;
            starts[cell + 1]++;
        }
        for (int cell = 1; cell < starts.length; cell++) {
            starts[cell] += starts[cell - 1];
        }
        System.arraycopy(starts, 0, cellCursor, 0, starts.length);
    }

    /** Turns the rows' cells into the order of the view: entry i is the row that goes to row i. */
    private void order(final int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            rowOfPlace[cellCursor[cellOfRow[row]]++] = row;
        }
    }

    /** One column after the other, written in order: reading here and there costs less than writing here and there. */
    private void gather(final TickView view, final EntityStore store, final GhostTable ghosts) {
        final int owned = store.count();
        final int count = view.count;
        final int[] rows = rowOfPlace;
        gather(store.id, rows, owned, view.ids, count);
        gather(xCmOfRow, rows, owned, view.xCm, count);
        gather(yCmOfRow, rows, owned, view.yCm, count);
        gather(store.ownerEpoch, rows, owned, view.ownerEpochs, count);
        gather(store.commandSequence, rows, owned, view.commandSequences, count);
        gather(store.commandSlot, rows, owned, view.commandSlots, count);
        for (int to = 0; to < count; to++) {
            if (rows[to] < owned) {
                view.kinds[to] = store.kind[rows[to]];
            }
        }
        Arrays.fill(view.ownerPartitions, 0, count, (short) view.partition());
        Arrays.fill(view.flags, 0, count, (byte) 0);
        if (count > owned) {
            for (int to = 0; to < count; to++) {
                if (rows[to] >= owned) {
                    gatherGhost(view, to, ghosts, rows[to] - owned);
                }
            }
        }
    }

    private static void gather(final long[] from, final int[] rows, final int owned, final long[] to, final int count) {
        for (int i = 0; i < count; i++) {
            if (rows[i] < owned) {
                to[i] = from[rows[i]];
            }
        }
    }

    private static void gather(final int[] from, final int[] rows, final int owned, final int[] to, final int count) {
        for (int i = 0; i < count; i++) {
            if (rows[i] < owned) {
                to[i] = from[rows[i]];
            }
        }
    }

    private static void gatherGhost(final TickView view, final int to, final GhostTable ghosts, final int row) {
        view.ids[to] = ghosts.ids[row];
        view.xCm[to] = ghosts.xCm[row];
        view.yCm[to] = ghosts.yCm[row];
        view.kinds[to] = ghosts.kinds[row];
        view.ownerPartitions[to] = ghosts.ownerPartitions[row];
        view.ownerEpochs[to] = ghosts.ownerEpochs[row];
        view.flags[to] = ghosts.flags[row];
        view.commandSequences[to] = ghosts.commandSequences[row];
        view.commandSlots[to] = ghosts.commandSlots[row];
    }

    private static void index(final TickView view) {
        final int[] table = view.rowsOfIds;
        final int mask = table.length - 1;
        final int shift = view.hashShift();
        final long[] ids = view.ids;
        Arrays.fill(table, 0);
        for (int row = 0, count = view.count; row < count; row++) {
            int i = IdMap.place(ids[row], shift);
            while (table[i] != 0) {
                i = i + 1 & mask;
            }
            table[i] = row + 1;
        }
    }

    /**
     * Rounds a position to the grid that views and frames use.
     *
     * @param metres from 0.
     * @return centimetres.
     */
    public static int quantised(final double metres) {
        return (int) (metres * TickView.CM_PER_METRE + 0.5);
    }
}
