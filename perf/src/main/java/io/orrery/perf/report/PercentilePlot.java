package io.orrery.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.AbstractHistogram;

/**
 * Plots how values are distributed up to the rarest: across, the share of values at or below, each gridline ten times rarer than the one
 * before, the usual axis 1/(1-p); upwards, the value, logarithmic.
 */
final class PercentilePlot {
    private static final int POINTS_PER_DECADE = 20;
    private static final int DECADES_MIN = 2;
    private static final int DECADES_MAX = 7;
    private static final double NS_PER_US = 1e3;
    private static final double FLOOR_US = .1;

    private PercentilePlot() {
    }

    /** Histograms in nanoseconds, none empty. */
    static Plot of(final String title, final Map<String, ? extends AbstractHistogram> histograms) {
        double lowUs = Double.POSITIVE_INFINITY;
        double highUs = FLOOR_US;
        long countMax = 1;
        for (final AbstractHistogram histogram : histograms.values()) {
            lowUs = Math.min(lowUs, histogram.getMinValue() / NS_PER_US);
            highUs = Math.max(highUs, histogram.getMaxValue() / NS_PER_US);
            countMax = Math.max(countMax, histogram.getTotalCount());
        }
        final int decades = Math.clamp((int) Math.ceil(Math.log10(countMax)), DECADES_MIN, DECADES_MAX);
        final double low = Math.floor(Math.log10(Math.max(FLOOR_US, lowUs)));
        final double high = Math.max(low + 1, Math.ceil(Math.log10(highUs)));

        final Plot plot = new Plot(title + ": distribution of values", xTicks(decades), yTicks(low, high));
        plot.readout("percentile," + decades);
        histograms.forEach((tag, histogram) -> plot.add(line(tag, histogram, decades, low, high)));
        return plot;
    }

    private static Plot.Line line(final String tag, final AbstractHistogram histogram, final int decades, final double low,
        final double high) {
        final double lastDecade = Math.min(decades, Math.log10(histogram.getTotalCount()));
        final int count = (int) Math.floor(lastDecade * POINTS_PER_DECADE) + 2;
        final double[] xs = new double[count];
        final double[] ys = new double[count];
        final String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            final double decade = Math.min(lastDecade, (double) i / POINTS_PER_DECADE);
            final double percentile = 100 * (1 - Math.pow(10, -decade));
            final long valueNs = i == count - 1 ? histogram.getMaxValue() : histogram.getValueAtPercentile(percentile);
            final double valueUs = valueNs / NS_PER_US;
            xs[i] = x(decade, decades);
            ys[i] = y(Math.max(low, Math.log10(Math.max(FLOOR_US, valueUs))), low, high);
            texts[i] = Html.jsonSafe(duration(valueUs));
        }
        return new Plot.Line(tag, xs, ys, texts);
    }

    private static List<Plot.Tick> xTicks(final int decades) {
        final List<Plot.Tick> ticks = new ArrayList<>();
        ticks.add(new Plot.Tick(x(0, decades), "0 %"));
        StringBuilder nines = new StringBuilder("90");
        for (int decade = 1; decade <= decades; decade++) {
            ticks.add(new Plot.Tick(x(decade, decades), nines + (decades > 5 ? "" : " %")));
            nines = decade == 1 ? new StringBuilder("99") : decade == 2 ? new StringBuilder("99.9") : nines.append('9');
        }
        return ticks;
    }

    private static List<Plot.Tick> yTicks(final double low, final double high) {
        final List<Plot.Tick> ticks = new ArrayList<>();
        for (double decade = low; decade <= high; decade++) {
            ticks.add(new Plot.Tick(y(decade, low, high), duration(Math.pow(10, decade))));
        }
        return ticks;
    }

    private static double x(final double decade, final int decades) {
        return Plot.LEFT + decade / decades * (Plot.RIGHT - Plot.LEFT);
    }

    private static double y(final double decade, final double low, final double high) {
        return Plot.BOTTOM - (decade - low) / (high - low) * (Plot.BOTTOM - Plot.TOP);
    }

    private static String duration(final double valueUs) {
        if (valueUs >= 1e6 * (1 - 1e-9)) {
            return Numbers.text(valueUs / 1e6) + " s";
        }
        return valueUs >= 1e3 * (1 - 1e-9) ? Numbers.text(valueUs / 1e3) + " ms" : Numbers.text(valueUs) + " µs";
    }
}
