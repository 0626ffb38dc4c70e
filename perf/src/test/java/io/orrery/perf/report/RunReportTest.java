package io.orrery.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);
    private static final Pattern PLOT_DATA = Pattern.compile("data-plot=\"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    void shouldWriteTheFactsFlatAndInOrder() throws IOException {
        new ReportFixture().report(folder).fact("commit", "505c\"e11\n").fact("not_measured_us", Double.NaN).write();

        final JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());

        final List<String> keys = new ArrayList<>();
        summary.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).startsWith("duration_s", "bots_connected", "violations").endsWith("commit", "not_measured_us").hasSize(20);
        assertThat(summary.get("tick_p99_us").doubleValue()).isEqualTo(1_310.7);
        assertThat(summary.get("ticks_run").isIntegralNumber()).isTrue();
        assertThat(summary.get("commit").textValue()).isEqualTo("505c\"e11\n");
        assertThat(summary.get("not_measured_us").isNull()).isTrue();
    }

    @Test
    void shouldNotDependOnTheLocale() throws IOException {
        new ReportFixture().report(folder.resolve("root")).write();
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            new ReportFixture().report(folder.resolve("other")).write();
        } finally {
            Locale.setDefault(before);
        }

        assertThat(folder.resolve("other/summary.json")).hasSameTextualContentAs(folder.resolve("root/summary.json"));
        assertThat(folder.resolve("other/index.html")).hasSameTextualContentAs(folder.resolve("root/index.html"));
    }

    @Test
    void shouldNeedNothingFromANetwork() throws IOException {
        // Left in the build folder: open it in a browser after changing the page.
        final String page = Files.readString(new ReportFixture().report(Path.of("target/sample-report")).write());

        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://", "@import", "url(");
        assertThat(page).contains("<meta name=\"viewport\"", "prefers-color-scheme: dark", "@media print");
        assertThat(page.length()).isLessThan(400_000);
    }

    @Test
    void shouldDrawEveryChartAndHistogram() throws Exception {
        final String page = Files.readString(new ReportFixture().report(folder).write());

        final List<String> drawings = SVG.matcher(page).results().map(MatchResult::group).toList();
        assertThat(drawings).as("8 over time, ticks, lateness, others").hasSize(11);
        for (final String drawing : drawings) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)));
            assertThat(drawing).contains("<path class=\"line c0\" d=\"M").doesNotContain("NaN", "Infinity");
            final Matcher data = PLOT_DATA.matcher(drawing);
            assertThat(data.find()).isTrue();
            assertThat(new ObjectMapper().readTree(data.group(1).replace("&quot;", "\"")).get("lines").size()).isPositive();
        }
        assertThat(page).contains("<code>partition-3.lateness</code>", "<code>command_to_frame</code>", "p99.99");
    }

    @Test
    void shouldCountThePlateauOnly() throws IOException {
        final String page = Files.readString(new ReportFixture().report(folder).write());

        final int commandCount = (ReportFixture.PLATEAU_TO_S - ReportFixture.PLATEAU_FROM_S) * ReportFixture.COMMANDS_PER_S;
        assertThat(page).contains(String.format(Locale.ROOT, "<td class=\"n\" data-heading=\"count\">%,d</td>", commandCount));
    }

    @Test
    void shouldKeepHistogramLogsFromElsewhere() throws IOException {
        final Path made = folder.resolve("made");
        new ReportFixture().report(made);
        final Path report = folder.resolve("with space/report");

        final Path page = new RunReport(report).histogramLog(made.resolve("server.hlog")).write();

        assertThat(report.resolve("server.hlog")).hasSameBinaryContentAs(made.resolve("server.hlog"));
        assertThat(Files.readString(page)).contains("<a href=\"server.hlog\">");
    }

    @Test
    void shouldUseWhatATornLogHolds() throws IOException {
        final Path log = folder.resolve("server.hlog");
        new ReportFixture().report(folder);
        final byte[] whole = Files.readAllBytes(log);
        for (int cut = whole.length / 2; cut < whole.length / 2 + 700; cut += 61) {
            Files.write(log, Arrays.copyOf(whole, cut));

            final Path page = new RunReport(folder).histogramLog(log).write();

            assertThat(Files.readString(page)).contains("<code>partition-0.tick</code>");
        }
    }

    @Test
    void shouldNoteALogThatIsNotThere() throws IOException {
        final Path page = new RunReport(folder).histogramLog(folder.resolve("none.hlog")).write();

        assertThat(Files.readString(page)).contains("<li>none.hlog is not there or not readable</li>");
    }

    @Test
    void shouldWriteAReportOfNothing() throws IOException {
        final Path page = new RunReport(folder).series(new TimeSeries(Chart.CPU, "empty", new double[0], new double[0])).write();

        assertThat(Files.readString(page)).contains("No rule was broken; no targets were set.").doesNotContain("NaN");
    }

    @Test
    void shouldLeaveGapsWhereNothingWasMeasured() throws IOException {
        final double[] timesS = {1, 2, 3, 4};
        final Path page = new RunReport(folder)
            .series(new TimeSeries(Chart.CPU, "gap", timesS, new double[] {1, Double.NaN, 1, Double.POSITIVE_INFINITY}))
            .series(new TimeSeries(Chart.CPU, "none", timesS, new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN})).write();

        assertThat(Files.readString(page)).containsPattern("<path class=\"line c0\" d=\"M[0-9. ]+M[0-9. ]+\"/>").doesNotContain("NaN");
    }

    @Test
    void shouldKeepSpikesOfALongRun() throws IOException {
        final int count = 86_400;
        final double[] timesS = new double[count];
        final double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            timesS[i] = i;
            values[i] = i == 54_321 ? 100 : 1;
        }

        final Path page = new RunReport(folder).series(new TimeSeries(Chart.TICK, "p99", timesS, values)).write();

        assertThat(Files.readString(page)).contains("100 ms").hasSizeLessThan(120_000);
    }

    @Test
    void shouldEscapeWhatItIsHanded() throws IOException {
        final String bad = "<script>alert('1')</script>\"&";
        final Path page = new RunReport(folder).title(bad).subtitle(bad).note(bad).fact(bad, bad)
            .targets(List.of(Target.atMost(bad, 1, bad)))
            .series(new TimeSeries(new Chart(bad, bad, bad), bad, new double[] {1}, new double[] {1})).write();

        assertThat(Files.readString(page)).doesNotContain("<script>alert");
    }

    @Test
    void shouldRefuseSeriesWithoutATimeForEachValue() {
        assertThatThrownBy(() -> new TimeSeries(Chart.CPU, "odd", new double[2], new double[3]))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("series odd: 2 times, 3 values");
    }

    @Test
    void shouldJudgeARun() throws IOException {
        final RunReport report = new ReportFixture().report(folder);
        final Verdict pass = report.verdict();
        report.fact("ticks_run", 5_000L);
        final Verdict missed = report.verdict();
        final String missedPage = Files.readString(report.write());
        report.fact("violations", 3);
        final Verdict violations = report.verdict();

        assertThat(List.of(pass, missed, violations)).containsExactly(Verdict.PASS, Verdict.MISSED, Verdict.VIOLATIONS);
        assertThat(missedPage).contains("Ticks_run / ticks_due is 0.8681, must be at least 0.999.", "<td class=\"unmet\">missed</td>");
        assertThat(Files.readString(report.write()))
            .contains("Bots saw the world break a rule 3 times; ticks_run / ticks_due is 0.8681, must be at least 0.999.");
    }

    @Test
    void shouldNotPassWhatWasNotMeasured() {
        assertThat(Verdict.of(Map.of("violations", 0), Target.ofDemo())).isEqualTo(Verdict.MISSED);
    }
}
