package io.orrery.world.partition;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.log.MemoryInputLog;
import io.orrery.world.view.TickView;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Feeds a partition what a log says it took in, and takes what it gives out as the log says it was taken.
 *
 * <p>Writing thread: the one that replays. Not for the tick path: it allocates.
 */
public final class ReplayExchange implements Exchange {
    private final MemoryInputLog log;
    private final int[] neighbours;
    private final IntFunction<TickView> viewOfNeighbour;
    private final long[] ackedCounts;
    private final long[] sentCounts;
    private final long[] viewSlots;
    private final Set<Long> refusedIds = new HashSet<>();
    private int tickOffset;
    private long expectedHash;

    /**
     * Starts at the beginning of a log.
     *
     * @param log whole.
     * @param neighbours in the geometry's order.
     * @param partitionCount of the world.
     * @param viewOfNeighbour finds, by number of the neighbour, the view of {@link #viewSlot(int)}.
     */
    public ReplayExchange(final MemoryInputLog log, final int[] neighbours, final int partitionCount,
                          final IntFunction<TickView> viewOfNeighbour) {
        this.log = log;
        this.neighbours = neighbours.clone();
        this.viewOfNeighbour = viewOfNeighbour;
        ackedCounts = new long[partitionCount];
        sentCounts = new long[partitionCount];
        viewSlots = new long[neighbours.length];
        readAhead();
    }

    /**
     * Whether the log has another whole tick.
     *
     * @return false at the end.
     */
    public boolean hasTick() {
        return tickOffset < log.wordCount();
    }

    /**
     * Slot of the next tick.
     *
     * @return scheduled slot.
     */
    public long slot() {
        return log.words()[tickOffset + 1];
    }

    /**
     * Slots that the next tick covers.
     *
     * @return from 1.
     */
    public int stepSlots() {
        return (int) log.words()[tickOffset + 2];
    }

    /**
     * Which view of a neighbour the next tick takes ghosts from.
     *
     * @param neighbour number of the neighbour in the geometry's list.
     * @return its slot, or -1 for none.
     */
    public long viewSlot(final int neighbour) {
        return viewSlots[neighbour];
    }

    /**
     * State hash at the end of the next tick.
     *
     * @return as recorded.
     */
    public long expectedHash() {
        return expectedHash;
    }

    /** Goes on to the tick after. */
    public void next() {
        int offset = log.next(tickOffset);
        while (offset < log.wordCount() && log.typeAt(offset) != MemoryInputLog.TICK) {
            offset = log.next(offset);
        }
        tickOffset = offset;
        readAhead();
    }

    @Override
    public void drain(final Partition partition, final long slot) {
        int offset = log.next(tickOffset);
        while (offset < log.wordCount() && log.typeAt(offset) != MemoryInputLog.TICK) {
            final int type = log.typeAt(offset);
            int result = Partition.DONE;
            if (type == MemoryInputLog.COMMAND) {
                result = partition.applyCommand(log.words(), offset + 1);
            } else if (type == MemoryInputLog.ARRIVAL) {
                result = partition.acceptEntity(log.words(), offset + 1);
            }
            if (result != Partition.DONE) {
                throw new IllegalStateException("slot=" + slot + ", entry type " + type + " was applied when recorded, now " + result);
            }
            offset = log.next(offset);
        }
    }

    @Override
    public long ackedCount(final int target) {
        return ackedCounts[target];
    }

    @Override
    public TickView acquireView(final int neighbour) {
        return viewSlots[neighbour] < 0 ? null : viewOfNeighbour.apply(neighbour);
    }

    @Override
    public void releaseView(final int neighbour) {
        // Copies are kept as long as the log needs them.
    }

    @Override
    public long offerEntity(final int target, final EntityStore store, final int row, final long slot) {
        return refusedIds.contains(store.id[row]) ? REFUSED : ++sentCounts[target];
    }

    @Override
    public long offerSwap(final int target, final EntityStore store, final int row, final long slot) {
        return ++sentCounts[target];
    }

    @Override
    public void onPublished() {
        // Nobody waits for an acknowledgement.
    }

    private void readAhead() {
        Arrays.fill(viewSlots, -1);
        refusedIds.clear();
        if (!hasTick()) {
            return;
        }
        final long[] words = log.words();
        int offset = log.next(tickOffset);
        while (offset < log.wordCount() && log.typeAt(offset) != MemoryInputLog.TICK) {
            switch (log.typeAt(offset)) {
                case MemoryInputLog.ACKED -> ackedCounts[(int) words[offset + 1]] = words[offset + 2];
                case MemoryInputLog.GHOSTS -> viewSlots[neighbourNumber((int) words[offset + 1])] = words[offset + 2];
                case MemoryInputLog.REFUSED -> refusedIds.add(words[offset + 1]);
                case MemoryInputLog.END -> expectedHash = words[offset + 2];
                default -> {
                    // Commands and arrivals are read when their turn comes.
                }
            }
            offset = log.next(offset);
        }
    }

    private int neighbourNumber(final int partition) {
        for (int i = 0; i < neighbours.length; i++) {
            if (neighbours[i] == partition) {
                return i;
            }
        }
        throw new IllegalStateException("partition=" + partition + ", must be a neighbour");
    }
}
