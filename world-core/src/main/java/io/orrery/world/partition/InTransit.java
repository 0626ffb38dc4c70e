package io.orrery.world.partition;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.entity.IdMap;
import io.orrery.world.system.MovementSystem;
import io.orrery.world.system.SeededRandom;
import io.orrery.world.view.GhostTable;
import io.orrery.world.view.ViewPublisher;

/**
 * Entities that left a partition and are not yet in a view of their new owner: the former owner goes on showing them, moved on by their
 * velocity, so that they do not vanish for a reader.
 *
 * <p>Writing thread: the one that owns the partition. Memory: fixed by the capacity.
 */
final class InTransit {
    private final int partition;
    private final int capacity;
    private final long[] id;
    private final double[] x;
    private final double[] y;
    private final float[] vx;
    private final float[] vy;
    private final byte[] kind;
    private final int[] ownerEpoch;
    private final long[] commandSequence;
    private final long[] commandSlot;
    private final long[] leftSlot;
    private final int[] target;
    private final long[] linkSequence;
    private int count;

    InTransit(final int partition, final int capacity) {
        this.partition = partition;
        this.capacity = capacity;
        id = new long[capacity];
        x = new double[capacity];
        y = new double[capacity];
        vx = new float[capacity];
        vy = new float[capacity];
        kind = new byte[capacity];
        ownerEpoch = new int[capacity];
        commandSequence = new long[capacity];
        commandSlot = new long[capacity];
        leftSlot = new long[capacity];
        target = new int[capacity];
        linkSequence = new long[capacity];
    }

    boolean hasRoom() {
        return count < capacity;
    }

    int count() {
        return count;
    }

    int targetAt(final int index) {
        return target[index];
    }

    void add(final EntityStore store, final int row, final long slot, final int toPartition, final long sequence) {
        final int index = count++;
        id[index] = store.id[row];
        x[index] = store.x[row];
        y[index] = store.y[row];
        vx[index] = store.vx[row];
        vy[index] = store.vy[row];
        kind[index] = store.kind[row];
        ownerEpoch[index] = store.ownerEpoch[row];
        commandSequence[index] = store.commandSequence[row];
        commandSlot[index] = store.commandSlot[row];
        leftSlot[index] = slot;
        target[index] = toPartition;
        linkSequence[index] = sequence;
    }

    /** Drops what the new owners show; keeps the order of the rest. */
    void dropAcknowledged(final long[] ackedCounts) {
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (linkSequence[index] > ackedCounts[target[index]]) {
                move(index, kept++);
            }
        }
        count = kept;
    }

    void addTo(final GhostTable ghosts, final EntityStore owned, final MovementSystem movement, final long slot) {
        for (int index = 0; index < count; index++) {
            if (owned.rowOfId(id[index]) == IdMap.MISSING) {
                final int row = ghosts.addInTransit(id[index], partition, ownerEpoch[index]);
                if (row >= 0) {
                    final long slots = slot - leftSlot[index];
                    ghosts.fill(row, ViewPublisher.quantised(movement.advancedX(x[index], vx[index], slots)),
                        ViewPublisher.quantised(movement.advancedY(y[index], vy[index], slots)), kind[index], commandSequence[index],
                        commandSlot[index]);
                }
            }
        }
    }

    /** All that decides what is shown of them, and until when. */
    long mixInto(final long before) {
        long hash = before;
        for (int index = 0; index < count; index++) {
            hash = SeededRandom.mix(hash * 31 + id[index]);
            hash = SeededRandom.mix(hash * 31 + Double.doubleToRawLongBits(x[index]));
            hash = SeededRandom.mix(hash * 31 + Double.doubleToRawLongBits(y[index]));
            hash = hash * 31 + Float.floatToRawIntBits(vx[index]);
            hash = hash * 31 + Float.floatToRawIntBits(vy[index]);
            hash = hash * 31 + kind[index];
            hash = hash * 31 + ownerEpoch[index];
            hash = hash * 31 + commandSequence[index];
            hash = hash * 31 + commandSlot[index];
            hash = hash * 31 + leftSlot[index];
            hash = hash * 31 + target[index];
            hash = hash * 31 + linkSequence[index];
        }
        return SeededRandom.mix(hash);
    }

    private void move(final int from, final int to) {
        if (from != to) {
            id[to] = id[from];
            x[to] = x[from];
            y[to] = y[from];
            vx[to] = vx[from];
            vy[to] = vy[from];
            kind[to] = kind[from];
            ownerEpoch[to] = ownerEpoch[from];
            commandSequence[to] = commandSequence[from];
            commandSlot[to] = commandSlot[from];
            leftSlot[to] = leftSlot[from];
            target[to] = target[from];
            linkSequence[to] = linkSequence[from];
        }
    }
}
