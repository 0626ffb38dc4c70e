package io.orrery.world.tick;

/**
 * What a {@link FrameLoop} drives: one step of simulation at a time, on the thread that holds the loop. Its {@link #toString()} names it in
 * a {@link TickFault}.
 */
public interface Ticked {
    /** The calling thread owns this from now until {@link #onReleased()}. */
    void onClaimed();

    /**
     * Advances the simulation by one step.
     *
     * @param slot scheduled slot of this step, from 0; only goes up, with gaps after an overload.
     * @param stepSlots slots of world time that this step covers, 1 to {@link FrameLoop#STEP_SLOTS_MAX}.
     */
    void onTick(long slot, int stepSlots);

    /**
     * Tells the figures of the step that ended.
     *
     * @param latenessNs from the moment the step was due to its start.
     * @param durationNs from its start to its end.
     * @param allocatedBytes by the thread during the step.
     * @param missedSlotCount slots in which no step ran, since start.
     */
    void onTicked(long latenessNs, long durationNs, long allocatedBytes, long missedSlotCount);

    /** A step threw: the state is not to be trusted, and no step is run again. */
    void onFault();

    /** The calling thread owns this no longer. */
    void onReleased();
}
