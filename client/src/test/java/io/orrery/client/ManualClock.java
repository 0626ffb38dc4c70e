package io.orrery.client;

import org.agrona.concurrent.NanoClock;

final class ManualClock implements NanoClock {
    static final long MS = 1_000_000L;

    private long nowNs = 1_000_000_000L;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    void advanceMs(final long ms) {
        nowNs += ms * MS;
    }
}
