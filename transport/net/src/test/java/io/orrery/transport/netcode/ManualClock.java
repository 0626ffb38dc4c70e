package io.orrery.transport.netcode;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Monotonic and wall clock that a test moves by hand, the latter also backwards. */
public final class ManualClock implements NanoClock {
    public static final long START_S = 1_700_000_000L;

    private long nowNs = -5_000_000_000L;
    private long epochMs = START_S * 1_000;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** The wall clock's face; moves with this clock and apart from it. */
    public EpochClock epoch() {
        return () -> epochMs;
    }

    public void advanceMs(final long ms) {
        nowNs += ms * 1_000_000;
        epochMs += ms;
    }

    public void moveWallClockS(final long seconds) {
        epochMs += seconds * 1_000;
    }
}
