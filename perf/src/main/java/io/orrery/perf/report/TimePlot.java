package io.orrery.perf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plots series over the time of a run: linear axes, the vertical one from 0, the measured plateau shaded. */
final class TimePlot {
    private static final int BUCKET_COUNT = 400;
    private static final int X_TICKS = 6;
    private static final int Y_TICKS = 5;
    private static final double MINUTES_FROM_S = 600;
    private static final double S_PER_MINUTE = 60;

    private TimePlot() {
    }

    /** Plateau bounds in seconds of the run; NaN for none. */
    static Plot of(final Chart chart, final List<TimeSeries> series, final double plateauFromS, final double plateauToS) {
        double fromS = Double.POSITIVE_INFINITY;
        double toS = Double.NEGATIVE_INFINITY;
        double max = 0;
        for (final TimeSeries one : series) {
            for (int i = 0; i < one.timesS().length; i++) {
                fromS = Math.min(fromS, one.timesS()[i]);
                toS = Math.max(toS, one.timesS()[i]);
                max = Math.max(max, Double.isFinite(one.values()[i]) ? one.values()[i] : 0);
            }
        }
        fromS = Math.min(0, Double.isFinite(fromS) ? fromS : 0);
        toS = Math.max(fromS + 1, toS);
        final double yStep = Scales.step(max == 0 ? 1 : max, Y_TICKS);
        final double yTop = Math.max(yStep, Math.ceil(max / yStep - 1e-9) * yStep);

        final Plot plot = new Plot(chart.title() + " over time", xTicks(fromS, toS), yTicks(yTop, yStep));
        plot.readout("time," + fromS + "," + toS);
        if (plateauToS > plateauFromS) {
            plot.shade(x(Math.max(fromS, plateauFromS), fromS, toS), x(Math.min(toS, plateauToS), fromS, toS));
        }
        for (final TimeSeries one : series) {
            plot.add(line(thinned(one), fromS, toS, yTop, chart.unit()));
        }
        return plot;
    }

    private static Plot.Line line(final TimeSeries series, final double fromS, final double toS, final double yTop, final String unit) {
        final int count = series.timesS().length;
        final double[] xs = new double[count];
        final double[] ys = new double[count];
        final String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            final double value = series.values()[i];
            xs[i] = x(series.timesS()[i], fromS, toS);
            ys[i] = Double.isFinite(value) ? Plot.BOTTOM - Math.max(0, value) / yTop * (Plot.BOTTOM - Plot.TOP) : Double.NaN;
            texts[i] = Html.jsonSafe((Numbers.text(value) + " " + unit).strip());
        }
        return new Plot.Line(series.name(), xs, ys, texts);
    }

    private static double x(final double atS, final double fromS, final double toS) {
        return Plot.LEFT + (atS - fromS) / (toS - fromS) * (Plot.RIGHT - Plot.LEFT);
    }

    private static List<Plot.Tick> xTicks(final double fromS, final double toS) {
        final boolean isMinutes = toS - fromS >= MINUTES_FROM_S;
        final double unitS = isMinutes ? S_PER_MINUTE : 1;
        final double stepS = Scales.step((toS - fromS) / unitS, X_TICKS) * unitS;
        final List<Plot.Tick> ticks = new ArrayList<>();
        for (double atS = Math.ceil(fromS / stepS) * stepS; atS <= toS + stepS * 1e-9; atS += stepS) {
            ticks.add(new Plot.Tick(x(atS, fromS, toS), Numbers.text(atS / unitS) + (isMinutes ? " min" : " s")));
        }
        return ticks;
    }

    private static List<Plot.Tick> yTicks(final double top, final double step) {
        final List<Plot.Tick> ticks = new ArrayList<>();
        final long count = Math.round(top / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(new Plot.Tick(Plot.BOTTOM - (Plot.BOTTOM - Plot.TOP) * i / count, Numbers.text(i * step)));
        }
        return ticks;
    }

    /** Long series keep the lowest and the highest point of each bucket, so that no spike is smoothed away. */
    private static TimeSeries thinned(final TimeSeries series) {
        final int count = series.timesS().length;
        if (count <= 2 * BUCKET_COUNT) {
            return series;
        }
        final double[] timesS = new double[2 * BUCKET_COUNT];
        final double[] values = new double[2 * BUCKET_COUNT];
        int kept = 0;
        for (int bucket = 0; bucket < BUCKET_COUNT; bucket++) {
            final int from = (int) ((long) count * bucket / BUCKET_COUNT);
            final int to = (int) ((long) count * (bucket + 1) / BUCKET_COUNT);
            int low = from;
            int high = from;
            for (int i = from; i < to; i++) {
                low = series.values()[i] < series.values()[low] ? i : low;
                high = series.values()[i] > series.values()[high] ? i : high;
            }
            timesS[kept] = series.timesS()[Math.min(low, high)];
            values[kept++] = series.values()[Math.min(low, high)];
            if (low != high) {
                timesS[kept] = series.timesS()[Math.max(low, high)];
                values[kept++] = series.values()[Math.max(low, high)];
            }
        }
        return new TimeSeries(series.chart(), series.name(), Arrays.copyOf(timesS, kept), Arrays.copyOf(values, kept));
    }
}
