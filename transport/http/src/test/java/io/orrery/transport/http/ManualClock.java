package io.orrery.transport.http;

import org.agrona.concurrent.NanoClock;

/** Goes on when it is told to. */
final class ManualClock implements NanoClock {
    private volatile long nowNs = 1_000;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    void advanceMs(final long ms) {
        nowNs = nowNs + ms * 1_000_000;
    }
}
