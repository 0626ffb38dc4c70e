package io.orrery.telemetry.pipeline;

import org.HdrHistogram.AbstractHistogram;

/**
 * Percentiles of one histogram at one moment. Values are nanoseconds, exact to three digits; all are 0 when {@code count} is.
 *
 * @param tag whose histogram this is, as in the interval log.
 * @param count values recorded.
 * @param minNs lowest.
 * @param meanNs mean.
 * @param p50Ns half of the values are at or below this.
 * @param p90Ns nine of ten are.
 * @param p99Ns 99 of 100 are.
 * @param p999Ns 999 of 1,000 are.
 * @param p9999Ns 9,999 of 10,000 are.
 * @param maxNs highest.
 */
public record LatencySummary(
    String tag, long count, long minNs, double meanNs, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long p9999Ns, long maxNs) {

    /**
     * A summary of nothing.
     *
     * @param tag as in the interval log.
     * @return all zeros.
     */
    public static LatencySummary empty(final String tag) {
        return new LatencySummary(tag, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static LatencySummary of(final String tag, final AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return empty(tag);
        }
        return new LatencySummary(tag, histogram.getTotalCount(), histogram.getMinValue(), histogram.getMean(),
            histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90), histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9), histogram.getValueAtPercentile(99.99), histogram.getMaxValue());
    }
}
