package io.orrery.telemetry.pipeline;

import java.util.Arrays;

import io.orrery.telemetry.record.Gauge;

/**
 * The newest gauge values of one producer, with their rates over the last interval and over the plateau.
 *
 * <p>Writing thread: the telemetry agent. Memory: a few arrays of shape {@code [Gauge.values().length]}, one place per gauge.
 *
 * <p>Rates are taken between the arrivals of two values, not between two intervals, so that a producer that reports at its own pace shows
 * no ripple; after {@value #STALE_INTERVAL_COUNT} intervals without a value the rate is 0.
 */
final class GaugeBook {
    static final int GAUGE_COUNT = Gauge.values().length;
    private static final int STALE_INTERVAL_COUNT = 3;
    private static final double NS_PER_S = 1e9;

    private final boolean[] isKnown = new boolean[GAUGE_COUNT];
    private final long[] newest = new long[GAUGE_COUNT];
    private final long[] newestNs = new long[GAUGE_COUNT];
    private final long[] intervalBase = new long[GAUGE_COUNT];
    private final long[] intervalBaseNs = new long[GAUGE_COUNT];
    private final int[] silentIntervals = new int[GAUGE_COUNT];
    private final double[] ratePerS = new double[GAUGE_COUNT];
    private final boolean[] isPlateauKnown = new boolean[GAUGE_COUNT];
    private final long[] plateauBase = new long[GAUGE_COUNT];
    private final long[] plateauBaseNs = new long[GAUGE_COUNT];
    private final double[] plateauRatePerS = new double[GAUGE_COUNT];

    void onGauge(final Gauge gauge, final long value, final long nowNs) {
        final int index = gauge.ordinal();
        if (!isKnown[index]) {
            isKnown[index] = true;
            intervalBase[index] = value;
            intervalBaseNs[index] = nowNs;
        }
        if (!isPlateauKnown[index]) {
            isPlateauKnown[index] = true;
            plateauBase[index] = value;
            plateauBaseNs[index] = nowNs;
        }
        newest[index] = value;
        newestNs[index] = nowNs;
    }

    void closeInterval(final boolean isPlateauOpen) {
        for (int index = 0; index < GAUGE_COUNT; index++) {
            if (newestNs[index] != intervalBaseNs[index]) {
                ratePerS[index] = risePerS(newest[index] - intervalBase[index], newestNs[index] - intervalBaseNs[index]);
                intervalBase[index] = newest[index];
                intervalBaseNs[index] = newestNs[index];
                silentIntervals[index] = 0;
            } else if (++silentIntervals[index] >= STALE_INTERVAL_COUNT) {
                ratePerS[index] = 0;
            }
        }
        if (isPlateauOpen) {
            updatePlateauRates();
        }
    }

    void markPlateau() {
        Arrays.fill(plateauRatePerS, 0);
        // From the first value inside the plateau: one from before it would bring ramp-up in.
        Arrays.fill(isPlateauKnown, false);
    }

    void updatePlateauRates() {
        for (int index = 0; index < GAUGE_COUNT; index++) {
            if (isPlateauKnown[index]) {
                plateauRatePerS[index] = risePerS(newest[index] - plateauBase[index], newestNs[index] - plateauBaseNs[index]);
            }
        }
    }

    long newest(final int gaugeIndex) {
        return newest[gaugeIndex];
    }

    double ratePerS(final int gaugeIndex) {
        return ratePerS[gaugeIndex];
    }

    double plateauRatePerS(final int gaugeIndex) {
        return plateauRatePerS[gaugeIndex];
    }

    private static double risePerS(final long difference, final long elapsedNs) {
        return elapsedNs <= 0 || difference <= 0 ? 0 : difference * NS_PER_S / elapsedNs;
    }
}
