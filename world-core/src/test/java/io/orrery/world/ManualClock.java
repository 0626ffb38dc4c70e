package io.orrery.world;

import org.agrona.concurrent.NanoClock;

/** A clock that tests move. Volatile, so that several threads may share it. */
public final class ManualClock implements NanoClock {
    private volatile long nowNs = 1_000;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /**
     * Moves it on. One thread only.
     *
     * @param deltaNs from 0.
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void advanceNs(final long deltaNs) {
        nowNs += deltaNs;
    }
}
