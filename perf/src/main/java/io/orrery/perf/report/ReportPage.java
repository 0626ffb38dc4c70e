package io.orrery.perf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.HdrHistogram.Histogram;

/** The page of a report: one file that needs no network, shows everything without script, and prints. */
final class ReportPage {
    private static final int LINES_PER_PLOT = 6;
    private static final double P99 = 99;
    private static final List<String> TILES = List.of("bots_connected", "fps_min", "tick_p99_us", "command_to_frame_p50_us",
        "command_to_frame_p99_us", "bytes_per_client_per_s");

    private final StringBuilder html = new StringBuilder(1 << 17);
    private final RunReport report;

    ReportPage(final RunReport report) {
        this.report = report;
    }

    String html(final Map<String, Histogram> histograms, final List<String> fileNames, final List<String> notes) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .append("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
            .append(Html.escape(report.title())).append("</title>\n<style>\n").append(resource("report.css"))
            .append("</style>\n</head>\n<body>\n");
        header();
        notes(notes);
        tiles();
        targets();
        timePlots();
        percentiles(histograms);
        facts();
        files(fileNames);
        return html.append("<script>\n").append(resource("report.js")).append("</script>\n</body>\n</html>\n").toString();
    }

    private void header() {
        final Verdict verdict = report.verdict();
        html.append("<header>\n<p class=\"product\">Orrery</p>\n<h1>").append(Html.escape(report.title())).append("</h1>\n");
        if (!report.subtitle().isEmpty()) {
            html.append("<p class=\"subtitle\">").append(Html.escape(report.subtitle())).append("</p>\n");
        }
        html.append("<div class=\"verdict ").append(verdict.name().toLowerCase(Locale.ROOT)).append("\"><strong>")
            .append(verdict.label()).append("</strong><span>").append(Html.escape(verdict.sentence(report.facts(), report.targets())))
            .append("</span></div>\n</header>\n<main>\n");
    }

    private void notes(final List<String> notes) {
        if (!notes.isEmpty()) {
            html.append("<section class=\"notes\">\n<h2>Notes</h2>\n<ul>\n");
            for (final String note : notes) {
                html.append("<li>").append(Html.escape(note)).append("</li>\n");
            }
            html.append("</ul>\n</section>\n");
        }
    }

    private void tiles() {
        final StringBuilder tiles = new StringBuilder();
        for (final String key : TILES) {
            final Object value = report.facts().get(key);
            if (value != null) {
                final FactCatalogue.Entry entry = FactCatalogue.of(key);
                tiles.append("<div class=\"tile\"><span class=\"name\">").append(Html.escape(entry.label()))
                    .append("</span><span class=\"value\">")
                    .append(tileValue(value, entry.unit())).append("</span></div>\n");
            }
        }
        if (!tiles.isEmpty()) {
            html.append("<section class=\"tiles\" aria-label=\"Main figures\">\n").append(tiles).append("</section>\n");
        }
    }

    private void targets() {
        if (report.targets().isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>Targets</h2>\n<div class=\"scroll\"><table class=\"targets\">\n<thead><tr><th></th><th>Figure</th>")
            .append("<th class=\"n\">Value</th><th>Must be</th><th>What it means</th></tr></thead>\n<tbody>\n");
        for (final Target target : report.targets()) {
            final boolean isMet = target.isMetBy(report.facts());
            final double value = target.valueIn(report.facts());
            html.append("<tr><td class=\"").append(isMet ? "met\">met" : "unmet\">missed").append("</td><td><code>")
                .append(Html.escape(target.name())).append("</code></td><td class=\"n\">")
                .append(Double.isNaN(value) ? "not measured" : ratioText(value)).append("</td><td>").append(Html.escape(target.boundText()))
                .append("</td><td class=\"why\">").append(Html.escape(target.meaning())).append("</td></tr>\n");
        }
        html.append("</tbody></table></div>\n</section>\n");
    }

    private void timePlots() {
        final Map<Chart, List<TimeSeries>> byChart = new LinkedHashMap<>();
        for (final TimeSeries series : report.series()) {
            if (series.timesS().length > 0) {
                byChart.computeIfAbsent(series.chart(), any -> new ArrayList<>()).add(series);
            }
        }
        if (byChart.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>Over time</h2>\n");
        if (report.hasPlateau()) {
            html.append("<p class=\"lead\">Shaded: the plateau, which all figures and percentiles are measured over.</p>\n");
        }
        html.append("<div class=\"plots\">\n");
        byChart.forEach((chart, series) -> figure(chart.title() + (chart.unit().isEmpty() ? "" : ", " + chart.unit()), chart.howToRead(),
            TimePlot.of(chart, series, report.plateauFromS(), report.plateauToS())));
        html.append("</div>\n</section>\n");
    }

    private void percentiles(final Map<String, Histogram> histograms) {
        if (histograms.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>Latencies</h2>\n<p class=\"lead\">Microseconds. p99 = 99 of 100 values are at or below; ")
            .append("the more nines, the rarer and the more a player remembers it.</p>\n")
            .append("<div class=\"scroll\"><table class=\"latencies\">\n")
            .append("<thead><tr>");
        for (final String heading : PercentileTable.headings()) {
            html.append("<th class=\"n\">").append(heading).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (final PercentileTable.Row row : PercentileTable.of(histograms).rows()) {
            final String[] cells = row.cells();
            html.append("<tr><th scope=\"row\"><code>").append(Html.escape(cells[0])).append("</code></th>");
            for (int i = 1; i < cells.length; i++) {
                html.append("<td class=\"n\" data-heading=\"").append(PercentileTable.headings()[i]).append("\">")
                    .append(cells[i]).append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n<div class=\"plots\">\n");
        final Map<String, Map<String, Histogram>> groups = new LinkedHashMap<>();
        histograms.forEach((tag, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                groups.computeIfAbsent(groupOf(tag), any -> new LinkedHashMap<>()).put(tag, histogram);
            }
        });
        groups.forEach(this::percentilePlot);
        html.append("</div>\n</section>\n");
    }

    private void percentilePlot(final String title, final Map<String, Histogram> group) {
        final Map<String, Histogram> shown = worst(group);
        final String left = shown.size() == group.size() ? "" : " The worst " + shown.size() + " of " + group.size() + " by p99 are drawn.";
        figure(title, "Each step to the right is ten times rarer. A line that stays low to the right end has no bad surprises." + left,
            PercentilePlot.of(title, shown));
    }

    private void facts() {
        if (report.facts().isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>All figures</h2>\n<div class=\"scroll\"><table class=\"facts\">\n<thead><tr><th>Figure</th>")
            .append("<th class=\"n\">Value</th><th>Unit</th><th>How to read it</th></tr></thead>\n<tbody>\n");
        report.facts().forEach((key, value) -> {
            final FactCatalogue.Entry entry = FactCatalogue.of(key);
            html.append("<tr><td>").append(Html.escape(entry.label())).append("<br><code>").append(Html.escape(key))
                .append("</code></td><td class=\"n\">").append(Html.escape(text(value))).append("</td><td>")
                .append(Html.escape(entry.unit()))
                .append("</td><td class=\"why\">").append(Html.escape(entry.howToRead())).append("</td></tr>\n");
        });
        html.append("</tbody></table></div>\n</section>\n");
    }

    private void files(final List<String> fileNames) {
        html.append("<section>\n<h2>Files beside this page</h2>\n<ul class=\"files\">\n<li><a href=\"summary.json\">summary.json</a>: ")
            .append("the figures above, flat, for scripts</li>\n");
        for (final String name : fileNames) {
            html.append("<li><a href=\"").append(Html.escape(name)).append("\">").append(Html.escape(name))
                .append("</a>: histograms of each second, in nanoseconds, HdrHistogram interval log</li>\n");
        }
        html.append("</ul>\n</section>\n</main>\n");
    }

    private void figure(final String title, final String howToRead, final Plot plot) {
        html.append("<figure>\n<figcaption><h3>").append(Html.escape(title)).append("</h3>").append(plot.legend())
            .append("</figcaption>\n").append(plot.svg()).append("\n<p>").append(Html.escape(howToRead)).append("</p>\n</figure>\n");
    }

    private static Map<String, Histogram> worst(final Map<String, Histogram> group) {
        if (group.size() <= LINES_PER_PLOT) {
            return group;
        }
        final List<Map.Entry<String, Histogram>> sorted = new ArrayList<>(group.entrySet());
        sorted.sort((a, b) -> Long.compare(b.getValue().getValueAtPercentile(P99), a.getValue().getValueAtPercentile(P99)));
        final Map<String, Histogram> worst = new LinkedHashMap<>();
        for (final Map.Entry<String, Histogram> entry : sorted.subList(0, LINES_PER_PLOT)) {
            worst.put(entry.getKey(), entry.getValue());
        }
        return worst;
    }

    private static String groupOf(final String tag) {
        if (tag.endsWith(".tick")) {
            return "Tick duration by partition";
        }
        return tag.endsWith(".lateness") ? "Tick lateness by partition" : "Other durations";
    }

    private static String tileValue(final Object value, final String unit) {
        String text = text(value);
        String shownUnit = unit;
        if (value instanceof final Number number && "µs".equals(unit) && number.doubleValue() >= 1000) {
            text = Numbers.text(number.doubleValue() / 1000);
            shownUnit = "ms";
        }
        return Html.escape(text) + (shownUnit.isEmpty() ? "" : " <small>" + Html.escape(shownUnit) + "</small>");
    }

    private static String text(final Object value) {
        if (value == null) {
            return "n/a";
        }
        return value instanceof final Number number ? Numbers.text(number) : value.toString();
    }

    /** Close to 1 the distance from it is what matters. */
    private static String ratioText(final double value) {
        return value < 1 && value > .99 ? String.format(Locale.ROOT, "%.5f", value) : Numbers.text(value);
    }

    private static String resource(final String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException fault) {
            throw new UncheckedIOException(name, fault);
        }
    }
}
