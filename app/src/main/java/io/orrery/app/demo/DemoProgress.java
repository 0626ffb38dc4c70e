package io.orrery.app.demo;

import io.orrery.app.DemoOptions;
import io.orrery.perf.bot.BotSwarmSnapshot;
import io.orrery.perf.bot.Violation;
import io.orrery.perf.report.PercentileTable;
import io.orrery.perf.report.RunReport;
import io.orrery.perf.report.Target;
import io.orrery.platform.error.DistinctError;
import io.orrery.telemetry.pipeline.PlateauTotals;
import io.orrery.telemetry.pipeline.TelemetrySnapshot;
import io.orrery.telemetry.record.Gauge;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the demo tells: that it is ready, a line a second, and at the end a table and a report.
 *
 * <p>Runs on the main thread.
 */
final class DemoProgress {
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;
    private static final int VIOLATIONS_SHOWN = 10;

    private final DemoOptions options;
    private final DemoWorld world;
    private final PrintWriter out;
    private final DemoSeries series = new DemoSeries();
    private final BotLatencies latencies;
    private final long startMs = System.currentTimeMillis();
    private long plateauMs;
    private double startS;
    private int connectedMax;

    DemoProgress(final DemoOptions options, final DemoWorld world, final PrintWriter out) throws IOException {
        this.options = options;
        this.world = world;
        this.out = out;
        plateauMs = startMs;
        latencies = new BotLatencies(options.reportFolder(), world.swarm().commandToFrame(), world.swarm().commandLateness());
    }

    void onReady() {
        startS = (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1_000.0;
        out.printf(Locale.ROOT, "Ready %.1f s after the process started, %s packet cipher%n", startS, world.game().server().cipherName());
        out.println("  clients   udp " + world.game().address().getHostString() + ":" + world.game().address().getPort());
        out.println("  metrics   " + world.metrics().url());
        out.println("  report    " + options.reportFolder());
        out.printf(Locale.ROOT, "%d bots connect over %.0f s. Ctrl-C ends.%n", options.botCount(), options.rampNs() / NS_PER_S);
    }

    void onPlateau() {
        world.telemetry().markPlateau();
        plateauMs = System.currentTimeMillis();
    }

    void onSecond(final long elapsedNs, final boolean isPlateau) {
        final TelemetrySnapshot server = world.telemetry().snapshot();
        final BotSwarmSnapshot bots = world.swarm().snapshot();
        latencies.take(isPlateau);
        series.add(elapsedNs / NS_PER_S, server, bots);
        connectedMax = Math.max(connectedMax, bots.inWorldCount());
        if (options.isQuiet()) {
            return;
        }
        out.printf(Locale.ROOT,
            "%5.0f s  bots %d/%d  fps %.1f/%.1f  objects %d  command-to-frame %.1f/%.1f ms  "
                + "packets/s %.0f in %.0f out  %.0f B/s per client%s%n",
            elapsedNs / NS_PER_S, bots.inWorldCount(), bots.botCount(), server.world().fpsMin(), server.world().fpsMedian(),
            server.world().ownedCount(), bots.commandToFrameP50Ns() / NS_PER_MS, bots.commandToFrameP99Ns() / NS_PER_MS,
            server.gauges().ratePerS(Gauge.PACKETS_IN), server.gauges().ratePerS(Gauge.PACKETS_OUT), DemoSeries.perUser(server),
            bots.violationCount() == 0 ? "" : "  VIOLATIONS " + bots.violationCount());
    }

    /** Tells how it went and writes the report. Returns whether all was well. */
    boolean onEnd() throws IOException {
        latencies.close();
        final PlateauTotals totals = world.telemetry().snapshot().totals();
        final List<String> faults = faults();
        final long violations = world.swarm().violationCount() + faults.size();
        final Map<String, Object> facts = facts(totals, violations);
        final RunReport report = report(facts, totals, faults);

        out.println();
        printTable(totals);
        out.println();
        printFaults(faults);
        final Path page = report.write();
        if (options.figuresFile() != null) {
            DemoFigures.write(options.figuresFile(), facts, command());
        }
        out.println(report.verdict().label() + ", report: " + page);
        return violations == 0;
    }

    private RunReport report(final Map<String, Object> facts, final PlateauTotals totals, final List<String> faults) {
        final RunReport report = new RunReport(options.reportFolder())
            .title("Orrery demo")
            .subtitle(Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", " + options.botCount() + " bots, " + options.npcCount() + " NPCs, "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version());
        report.facts(facts)
            .targets(Target.ofDemo())
            .histogramLog(options.reportFolder().resolve(DemoWorld.SERVER_LOG))
            .histogramLog(options.reportFolder().resolve(BotLatencies.FILE_NAME))
            .plateau(startMs, plateauMs, plateauMs + (long) (totals.durationNs() / NS_PER_MS));
        series.addTo(report);
        faults.forEach(report::note);
        world.swarm().violations().stream().limit(VIOLATIONS_SHOWN).forEach(violation -> report.note(violation.toString()));
        return report;
    }

    /** Everything for {@code summary.json}, in its order. */
    private Map<String, Object> facts(final PlateauTotals totals, final long violations) {
        final Map<String, Number> measured = totals.summaryFacts();
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("duration_s", measured.remove("duration_s"));
        facts.put("bots_connected", connectedMax);
        facts.put("violations", violations);
        for (final Map.Entry<String, Number> fact : measured.entrySet()) {
            if (fact.getKey().equals("bytes_per_client_per_s")) {
                facts.put("command_to_frame_p50_us", micros(latencies.commandToFrame(), 50));
                facts.put("command_to_frame_p99_us", micros(latencies.commandToFrame(), 99));
            }
            facts.put(fact.getKey(), fact.getValue());
        }
        facts.put("tick_lateness_p99_us", totals.lateness().p99Ns() / NS_PER_US);
        facts.put("startup_s", startS);
        return facts;
    }

    private static double micros(final Histogram histogram, final double percentile) {
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile) / NS_PER_US;
    }

    private void printTable(final PlateauTotals totals) {
        final PercentileTable table = new PercentileTable()
            .add(BotLatencies.COMMAND_TO_FRAME, latencies.commandToFrame())
            .add(BotLatencies.COMMAND_LATENESS, latencies.commandLateness());
        totals.latencies().forEach(latency -> table.add(new PercentileTable.Row(
            latency.tag(), latency.count(), latency.p50Ns(), latency.p90Ns(), latency.p99Ns(), latency.p999Ns(), latency.p9999Ns(),
            latency.maxNs())));
        out.print(table.text());
    }

    /** The command that repeats this run. */
    private String command() {
        final long durationS = TimeUnit.NANOSECONDS.toSeconds(options.durationNs());
        return "./orrery demo --bots " + options.botCount() + " --npcs " + options.npcCount() + " --duration " + durationS + "s --figures "
            + options.figuresFile();
    }

    /** Faults of the servers themselves: anything recorded by an agent, and an entity lost or doubled. */
    private List<String> faults() {
        final List<String> faults = new ArrayList<>();
        for (final DistinctError error : world.errors().snapshot()) {
            faults.add("fault: " + error.summary());
        }
        try {
            world.game().world().checkConservation();
        } catch (final IllegalStateException e) {
            faults.add("conservation: " + e.getMessage());
        }
        return faults;
    }

    private void printFaults(final List<String> faults) {
        faults.forEach(out::println);
        final List<Violation> violations = world.swarm().violations();
        violations.stream().limit(VIOLATIONS_SHOWN).forEach(violation -> out.println("violation: " + violation));
        if (violations.size() > VIOLATIONS_SHOWN) {
            out.println("and " + (world.swarm().violationCount() - VIOLATIONS_SHOWN) + " more violations");
        }
    }
}
