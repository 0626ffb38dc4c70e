package io.orrery.telemetry.pipeline;

import io.orrery.telemetry.record.Gauge;

/**
 * The newest gauge values, summed over the producers that offer them. Immutable.
 */
public final class GaugeFigures {
    static final GaugeFigures NONE = new GaugeFigures(new long[GaugeBook.GAUGE_COUNT], new double[GaugeBook.GAUGE_COUNT]);

    private final long[] values;
    private final double[] ratesPerS;

    /** Keeps both arrays, of shape {@code [GaugeBook.GAUGE_COUNT]}; the caller gives them up. */
    GaugeFigures(final long[] values, final double[] ratesPerS) {
        this.values = values;
        this.ratesPerS = ratesPerS;
    }

    /**
     * Newest value.
     *
     * @param gauge which.
     * @return 0 if nobody offered one.
     */
    public long value(final Gauge gauge) {
        return values[gauge.ordinal()];
    }

    /**
     * How fast a value rose over the last interval.
     *
     * @param gauge which; sensible for cumulative ones.
     * @return per second; 0 if it fell or is not known.
     */
    public double ratePerS(final Gauge gauge) {
        return ratesPerS[gauge.ordinal()];
    }
}
