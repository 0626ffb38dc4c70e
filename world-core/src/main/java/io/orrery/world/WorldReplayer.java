package io.orrery.world;

import io.orrery.world.log.InputLog;
import io.orrery.world.log.MemoryInputLog;
import io.orrery.world.partition.Partition;
import io.orrery.world.partition.ReplayExchange;
import io.orrery.world.partition.WorldCounters;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.view.TickView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a recorded world again from its start, by the logs alone, and compares the state hash of every partition after every tick.
 *
 * <p>One thread; allocates. A tick is replayed once every neighbour's view that it consumed has been made again; copies of views are kept
 * as long as a later tick needs them.
 */
public final class WorldReplayer {
    private final WorldGeometry geometry;
    private final Partition[] partitions;
    private final ReplayExchange[] exchanges;
    private final int[][] neighbours;
    /** By partition and slot: how many ticks still need the view, then the view. */
    private final Map<ViewKey, Integer> needCounts = new HashMap<>();
    private final Map<ViewKey, TickView> views = new HashMap<>();
    private long tickCount;

    /**
     * Builds the start state again.
     *
     * @param context concluded; equal to the recorded world's in all that decides its state.
     * @param logs of all partitions, none truncated.
     * @throws IllegalArgumentException if a log is truncated.
     */
    public WorldReplayer(final WorldContext context, final List<MemoryInputLog> logs) {
        context.checkConcluded();
        geometry = context.geometry();
        final int partitionCount = geometry.partitionCount();
        partitions = World.newPartitions(context, geometry, new WorldCounters(partitionCount), partition -> InputLog.NONE);
        exchanges = new ReplayExchange[partitionCount];
        neighbours = new int[partitionCount][];
        for (int i = 0; i < partitionCount; i++) {
            final MemoryInputLog log = logs.get(i);
            if (log.isTruncated()) {
                throw new IllegalArgumentException("log of partition " + i + " is truncated at word " + log.wordCount());
            }
            final int partition = i;
            neighbours[i] = geometry.neighboursOf(i);
            exchanges[i] = new ReplayExchange(log, neighbours[i], partitionCount, neighbour -> viewFor(partition, neighbour));
            partitions[i].connect(exchanges[i]);
            countNeeds(log);
        }
    }

    /**
     * Replays to the end of the logs.
     *
     * @return ticks replayed, of all partitions together.
     * @throws IllegalStateException naming the first tick whose hash differs, or if the logs do not belong together.
     */
    public long replay() {
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            for (int i = 0; i < partitions.length; i++) {
                while (exchanges[i].hasTick() && hasViews(i)) {
                    step(i);
                    isMoving = true;
                }
            }
        }
        for (int i = 0; i < partitions.length; i++) {
            if (exchanges[i].hasTick()) {
                throw new IllegalStateException("partition " + i + " stopped at slot " + exchanges[i].slot()
                    + ": a view that it consumed is in no log");
            }
        }
        return tickCount;
    }

    private void step(final int index) {
        final ReplayExchange exchange = exchanges[index];
        final Partition partition = partitions[index];
        final long slot = exchange.slot();
        partition.onClaimed();
        partition.onTick(slot, exchange.stepSlots());
        final long hash = partition.stateHash();
        partition.onReleased();
        if (hash != exchange.expectedHash()) {
            throw new IllegalStateException("partition " + index + ", slot " + slot + ": hash=" + Long.toHexString(hash) + ", recorded "
                + Long.toHexString(exchange.expectedHash()));
        }
        dropUsedViews(index);
        final ViewKey key = new ViewKey(index, slot);
        if (needCounts.containsKey(key)) {
            views.put(key, partition.publisher().newest().copy());
        }
        exchange.next();
        tickCount++;
    }

    private boolean hasViews(final int index) {
        for (int i = 0; i < neighbours[index].length; i++) {
            if (exchanges[index].viewSlot(i) >= 0 && viewFor(index, i) == null) {
                return false;
            }
        }
        return true;
    }

    private TickView viewFor(final int index, final int neighbour) {
        return views.get(new ViewKey(neighbours[index][neighbour], exchanges[index].viewSlot(neighbour)));
    }

    private void dropUsedViews(final int index) {
        for (int i = 0; i < neighbours[index].length; i++) {
            final ViewKey key = new ViewKey(neighbours[index][i], exchanges[index].viewSlot(i));
            final Integer needed = needCounts.get(key);
            if (needed != null) {
                if (needed == 1) {
                    needCounts.remove(key);
                    views.remove(key);
                } else {
                    needCounts.put(key, needed - 1);
                }
            }
        }
    }

    private void countNeeds(final MemoryInputLog log) {
        for (int offset = 0; offset < log.wordCount(); offset = log.next(offset)) {
            if (log.typeAt(offset) == MemoryInputLog.GHOSTS) {
                needCounts.merge(new ViewKey((int) log.words()[offset + 1], log.words()[offset + 2]), 1, Integer::sum);
            }
        }
    }

    private record ViewKey(int partition, long slot) {
    }
}
