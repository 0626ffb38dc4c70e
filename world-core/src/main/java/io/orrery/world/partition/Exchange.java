package io.orrery.world.partition;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.view.TickView;

/**
 * All that a partition's tick takes in and gives out: rings and views while the world runs, a log in replay.
 *
 * <p>Calling thread: the one that owns the partition.
 */
public interface Exchange {
    /** Returned by {@link #offerEntity} when the way is full. */
    long REFUSED = -1;

    /**
     * Gives the partition its commands and arrivals, by {@link Partition#applyCommand} and {@link Partition#acceptEntity}.
     *
     * @param partition whose tick it is.
     * @param slot of this step.
     */
    void drain(Partition partition, long slot);

    /**
     * Entities that another partition took from this one and shows in its newest view.
     *
     * @param target the other partition.
     * @return count since start.
     */
    long ackedCount(int target);

    /**
     * Pins the newest view of a neighbour.
     *
     * @param neighbour number of the neighbour in the geometry's list.
     * @return null if it has none yet.
     */
    TickView acquireView(int neighbour);

    /**
     * Gives the view back.
     *
     * @param neighbour number of the neighbour in the geometry's list.
     */
    void releaseView(int neighbour);

    /**
     * Sends an entity to another partition. Acceptance transfers ownership.
     *
     * @param target the other partition.
     * @param store where the entity is.
     * @param row of the entity.
     * @param slot that it was last moved in.
     * @return its number on the way to that partition, from 1; {@link #REFUSED} if the way is full: nothing happened.
     */
    long offerEntity(int target, EntityStore store, int row, long slot);

    /**
     * Sends an entity to another partition in exchange for one that is taken from there next: the place kept for swaps may be used.
     * Called from {@link #drain}.
     *
     * @param target the other partition.
     * @param store where the entity is.
     * @param row of the entity.
     * @param slot that it was last moved in.
     * @return its number on the way to that partition, from 1; {@link #REFUSED} if the way is full: nothing happened.
     */
    long offerSwap(int target, EntityStore store, int row, long slot);

    /** The view of this tick is published. */
    void onPublished();
}
