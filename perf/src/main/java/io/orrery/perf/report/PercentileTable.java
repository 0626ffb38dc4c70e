package io.orrery.perf.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.HdrHistogram.AbstractHistogram;

/**
 * Percentiles of several histograms side by side, for the console and for the report. Values come in nanoseconds and are shown in
 * microseconds.
 *
 * <p>Not thread safe. Memory: one row for each histogram.
 */
public final class PercentileTable {
    private static final double NS_PER_US = 1e3;
    private static final int GAP_COLUMNS = 2;

    private final List<Row> rows = new ArrayList<>();

    /** Makes a table without rows. */
    public PercentileTable() {
    }

    /**
     * Makes a table of histograms.
     *
     * @param histograms in nanoseconds, by tag; read only, in the map's order.
     * @return the table.
     */
    public static PercentileTable of(final Map<String, ? extends AbstractHistogram> histograms) {
        final PercentileTable table = new PercentileTable();
        histograms.forEach(table::add);
        return table;
    }

    /**
     * Adds a row.
     *
     * @param tag its name.
     * @param histogram in nanoseconds; read only; an empty one makes a row that says so.
     * @return this, for chaining.
     */
    public PercentileTable add(final String tag, final AbstractHistogram histogram) {
        return add(new Row(tag, histogram.getTotalCount(), histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getValueAtPercentile(99.99),
            histogram.getMaxValue()));
    }

    /**
     * Adds a row whose percentiles are known already.
     *
     * @param row the row.
     * @return this, for chaining.
     */
    public PercentileTable add(final Row row) {
        rows.add(row);
        return this;
    }

    /**
     * The rows in order.
     *
     * @return unmodifiable view.
     */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /**
     * The table as aligned text.
     *
     * @return lines that each end in a line feed, the first one the heading.
     */
    public String text() {
        final List<String[]> lines = new ArrayList<>();
        final String[] heading = headings();
        heading[0] = "microseconds";
        lines.add(heading);
        for (final Row row : rows) {
            lines.add(row.cells());
        }
        final int[] widths = new int[heading.length];
        for (final String[] line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line[column].length());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final String[] line : lines) {
            text.append(line[0]).repeat(' ', widths[0] - line[0].length());
            for (int column = 1; column < widths.length; column++) {
                text.repeat(' ', GAP_COLUMNS + widths[column] - line[column].length()).append(line[column]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    static String[] headings() {
        return new String[] {"", "count", "p50", "p90", "p99", "p99.9", "p99.99", "max"};
    }

    /**
     * Percentiles of one histogram, in nanoseconds.
     *
     * @param tag its name.
     * @param count values recorded; with 0 the others mean nothing.
     * @param p50Ns median.
     * @param p90Ns nine of ten are at or below.
     * @param p99Ns 99 of 100 are.
     * @param p999Ns 999 of 1,000 are.
     * @param p9999Ns 9,999 of 10,000 are.
     * @param maxNs highest.
     */
    public record Row(String tag, long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long p9999Ns, long maxNs) {
        String[] cells() {
            return new String[] {tag, String.format(Locale.ROOT, "%,d", count), cell(p50Ns), cell(p90Ns), cell(p99Ns), cell(p999Ns),
                cell(p9999Ns), cell(maxNs)};
        }

        private String cell(final long valueNs) {
            return count == 0 ? "-" : String.format(Locale.ROOT, "%,.1f", valueNs / NS_PER_US);
        }
    }
}
