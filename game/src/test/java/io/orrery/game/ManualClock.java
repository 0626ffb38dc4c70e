package io.orrery.game;

import org.agrona.concurrent.NanoClock;

/** A clock that a test moves by hand. */
public final class ManualClock implements NanoClock {
    private long nowNs = 1_000_000_000L;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    public void advanceNs(final long durationNs) {
        nowNs += durationNs;
    }
}
