package io.orrery.perf.bot;

import org.agrona.concurrent.NanoClock;

final class ManualClock implements NanoClock {
    private long nowNs = 5_000_000_000L;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    void advanceMs(final long ms) {
        nowNs += ms * 1_000_000L;
    }
}
