package io.orrery.world.log;

import java.util.function.LongSupplier;

/**
 * Takes the inputs of one partition, tick by tick.
 *
 * <p>Calling thread: the one that owns the partition. No method blocks or allocates. A log that is full marks the gap; it never makes the
 * tick wait. Within a tick the calls come in this order: {@link #onTick}, commands and arrivals as applied, acknowledgements, ghost views,
 * refused departures, {@link #onTickEnd}.
 */
public interface InputLog {
    /** Keeps nothing. */
    InputLog NONE = new NoInputLog();

    /**
     * A tick begins.
     *
     * @param slot scheduled slot.
     * @param stepSlots slots that the step covers.
     */
    void onTick(long slot, int stepSlots);

    /**
     * A command was applied.
     *
     * @param words ring it was in; copied before this returns.
     * @param offset of its first word.
     * @param wordCount words of the command.
     */
    void onCommand(long[] words, int offset, int wordCount);

    /**
     * An entity arrived.
     *
     * @param words link it came by; copied before this returns.
     * @param offset of its first word.
     * @param wordCount words of the record.
     */
    void onArrival(long[] words, int offset, int wordCount);

    /**
     * The count that a receiver acknowledged, as far as this tick saw it.
     *
     * @param target receiving partition.
     * @param ackedCount entities that its view shows.
     */
    void onAcked(int target, long ackedCount);

    /**
     * Ghosts were taken from a neighbour's view.
     *
     * @param neighbour partition.
     * @param viewSlot tick of the view.
     */
    void onGhostView(int neighbour, long viewSlot);

    /**
     * An entity that should have left was kept, because the way was full.
     *
     * @param id of the entity.
     */
    void onDepartureRefused(long id);

    /**
     * The tick is over.
     *
     * @param slot scheduled slot.
     * @param stateHash computes the hash of the state now; costs a pass over all entities.
     */
    void onTickEnd(long slot, LongSupplier stateHash);
}
