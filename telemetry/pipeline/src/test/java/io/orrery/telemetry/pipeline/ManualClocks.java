package io.orrery.telemetry.pipeline;

import org.agrona.concurrent.NanoClock;

/** Both clocks of a pipeline, moved together by hand. */
final class ManualClocks implements NanoClock {
    static final long START_MS = 1_700_000_000_000L;

    private long elapsedNs;

    @Override
    public long nanoTime() {
        // Starts below zero: differences must be taken, values never compared.
        return elapsedNs - 5_000_000_000L;
    }

    long epochMs() {
        return START_MS + elapsedNs / 1_000_000L;
    }

    void advanceMs(final long stepMs) {
        elapsedNs += stepMs * 1_000_000L;
    }
}
