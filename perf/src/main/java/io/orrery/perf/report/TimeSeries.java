package io.orrery.perf.report;

/**
 * One line of a plot over time. The arrays are kept, not copied: the caller gives them up.
 *
 * @param chart the plot it belongs to; series of the same chart share one.
 * @param name in the legend.
 * @param timesS seconds since the start of the run, rising. Shape {@code [pointCount]}.
 * @param values in the chart's unit; NaN leaves a gap. Shape {@code [pointCount]}.
 */
public record TimeSeries(Chart chart, String name, double[] timesS, double[] values) {
    /**
     * Checks that each value has its time.
     *
     * @throws IllegalArgumentException if the arrays differ in length.
     */
    public TimeSeries {
        if (timesS.length != values.length) {
            throw new IllegalArgumentException("series " + name + ": " + timesS.length + " times, " + values.length + " values");
        }
    }
}
