package io.orrery.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** A run as the demo makes one, from a fixed seed: ten seconds of ramp-up, a plateau with one stall, a drain. */
final class ReportFixture {
    static final long START_MS = 1_700_000_000_000L;
    static final int RUN_S = 90;
    static final int COMMANDS_PER_S = 400;
    static final int PLATEAU_FROM_S = 12;
    static final int PLATEAU_TO_S = 84;
    private static final int STALL_S = 51;
    private static final long SEED = 20_261_122L;

    private final Random random = new Random(SEED);

    RunReport report(final Path folder) throws IOException {
        final RunReport report = new RunReport(folder).title("Demo world, 200 bots").facts(facts()).targets(Target.ofDemo())
            .subtitle("22 November 2026, 21:14 UTC. 2 cores, 24 GiB, Linux. Temurin 25.0.3. Commit 505ce11.")
            .plateau(START_MS, START_MS + PLATEAU_FROM_S * 1000L, START_MS + PLATEAU_TO_S * 1000L)
            .histogramLog(histogramLog(folder.resolve("server.hlog")));
        addSeries(report);
        return report;
    }

    static Map<String, Object> facts() {
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("duration_s", 72.004);
        facts.put("bots_connected", 200);
        facts.put("violations", 0);
        facts.put("partitions", 4);
        facts.put("fps_min", 19.82);
        facts.put("ticks_run", 5_758L);
        facts.put("ticks_due", 5_760L);
        facts.put("tick_p50_us", 412.2);
        facts.put("tick_p99_us", 1_310.7);
        facts.put("tick_max_us", 9_871.4);
        facts.put("command_to_frame_p50_us", 61_210.0);
        facts.put("command_to_frame_p99_us", 98_400.5);
        facts.put("bytes_per_client_per_s", 4_310.5);
        facts.put("packets_per_s_in", 4_003.1);
        facts.put("packets_per_s_out", 4_009.8);
        facts.put("entities", 2_200L);
        facts.put("handoffs", 1_318L);
        facts.put("allocated_bytes_per_tick", 0.0);
        return facts;
    }

    private Path histogramLog(final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        final HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLogFormatVersion();
        writer.outputStartTime(START_MS);
        writer.outputLegend();
        for (int second = 0; second < RUN_S; second++) {
            for (int partition = 0; partition < 4; partition++) {
                write(writer, second, "partition-" + partition + ".tick", 20, 300_000 + 60_000 * partition, .45);
                write(writer, second, "partition-" + partition + ".lateness", 20, 60_000, .8);
            }
            write(writer, second, "replication_pass", 40, 1_800_000, .3);
            write(writer, second, "view_to_frame", 40, 2_600_000, .4);
            write(writer, second, "command_to_frame", COMMANDS_PER_S, 62_000_000, .2);
        }
        writer.close();
        return file;
    }

    private void write(final HistogramLogWriter writer, final int second, final String tag, final int count, final double medianNs,
        final double spread) {
        final Histogram histogram = new Histogram(3);
        for (int i = 0; i < count; i++) {
            histogram.recordValue((long) (medianNs * Math.exp(random.nextGaussian() * spread) * (random.nextInt(800) == 0 ? 6 : 1)));
        }
        histogram.setTag(tag);
        histogram.setStartTimeStamp(START_MS + second * 1000L);
        histogram.setEndTimeStamp(START_MS + (second + 1) * 1000L);
        writer.outputIntervalHistogram(histogram);
    }

    private void addSeries(final RunReport report) {
        add(report, Chart.FPS, "median", 20, 20, .05);
        add(report, Chart.FPS, "minimum", 20, 20, .3);
        add(report, Chart.TICK, "p50", .1, .41, .03);
        add(report, Chart.TICK, "p99", .3, 1.2, .3);
        add(report, Chart.COMMAND_TO_FRAME, "p50", 52, 61, 1.5);
        add(report, Chart.COMMAND_TO_FRAME, "p99", 70, 98, 6);
        add(report, Chart.BYTES_PER_CLIENT, "to each client", 900, 4_310, 90);
        add(report, Chart.PACKETS, "in", 0, 4_000, 20);
        add(report, Chart.PACKETS, "out", 0, 4_010, 25);
        add(report, Chart.OBJECTS, "all", 2_000, 2_200, 0);
        add(report, Chart.OBJECTS, "users", 0, 200, 0);
        add(report, Chart.CPU, "process", .4, 1.1, .08);
        add(report, Chart.MEMORY, "resident", 280, 390, 3);
        add(report, Chart.MEMORY, "heap used", 60, 140, 40);
    }

    private void add(final RunReport report, final Chart chart, final String name, final double from, final double to, final double noise) {
        final double[] timesS = new double[RUN_S];
        final double[] values = new double[RUN_S];
        for (int i = 0; i < RUN_S; i++) {
            final double share = Math.min(1, Math.min(i / (double) PLATEAU_FROM_S, (RUN_S - i) / (double) (RUN_S - PLATEAU_TO_S)));
            timesS[i] = i + 1;
            values[i] = from + (to - from) * share + noise * (random.nextDouble() - .5);
            if (i == STALL_S && (chart == Chart.FPS && "minimum".equals(name) || chart == Chart.TICK && "p99".equals(name))) {
                values[i] = chart == Chart.FPS ? 17.1 : 9.9;
            }
        }
        report.series(new TimeSeries(chart, name, timesS, values));
    }
}
