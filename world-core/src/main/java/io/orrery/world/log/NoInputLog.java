package io.orrery.world.log;

import java.util.function.LongSupplier;

/** Keeps nothing. */
final class NoInputLog implements InputLog {
    @Override
    public void onTick(final long slot, final int stepSlots) {
        // Not kept.
    }

    @Override
    public void onCommand(final long[] words, final int offset, final int wordCount) {
        // Not kept.
    }

    @Override
    public void onArrival(final long[] words, final int offset, final int wordCount) {
        // Not kept.
    }

    @Override
    public void onAcked(final int target, final long ackedCount) {
        // Not kept.
    }

    @Override
    public void onGhostView(final int neighbour, final long viewSlot) {
        // Not kept.
    }

    @Override
    public void onDepartureRefused(final long id) {
        // Not kept.
    }

    @Override
    public void onTickEnd(final long slot, final LongSupplier stateHash) {
        // Not kept.
    }
}
