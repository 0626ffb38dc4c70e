package io.orrery.app;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.Setting;
import io.orrery.platform.config.Settings;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo's own settings; most have an option of the command line that stands for them. */
final class DemoSettings {
    static final Setting BOTS = Setting.wholeNumber("orrery.demo.bots", 200, 0, 2_000, "Bots that connect.");
    static final Setting NPCS = Setting.wholeNumber(
        "orrery.demo.npcs", 2_000, 0, 100_000, "Characters that the world moves by itself.");
    static final Setting DURATION = Setting.duration(
        "orrery.demo.duration", "0s", "0s", "168h", "How long it runs, ramp included; 0s is until Ctrl-C.");
    static final Setting RAMP = Setting.duration(
        "orrery.demo.ramp", "5s", "0s", "10m", "Time over which the bots connect.");
    static final Setting SEED = Setting.wholeNumber(
        "orrery.demo.seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "Seed of world and bots; the same one gives the same walks.");
    static final Setting REPORT = Setting.path(
        "orrery.demo.report", "", "Folder for the report; when not set, reports/demo-<date>-<time>.");
    static final Setting PORT = Setting.wholeNumber("orrery.demo.port", 0, 0, 65_535, "UDP port for clients; 0 takes a free one.");
    static final Setting METRICS_PORT = Setting.wholeNumber(
        "orrery.demo.metrics-port", 0, 0, 65_535, "TCP port on loopback for metrics; 0 takes a free one.");
    static final Setting DATA = Setting.path("orrery.demo.data", "data", "Folder for what the servers keep.");
    static final Setting QUIET = Setting.flag("orrery.demo.quiet", false, "Leaves out the live line.");
    static final Setting DRAIN_LIMIT = Setting.duration(
        "orrery.app.drain-limit", "10s", "100ms", "10m", "Time to drain after Ctrl-C or SIGTERM, before the process is ended.");

    /** In the order of help and documentation. */
    static final List<Setting> ALL = List.of(
        BOTS, NPCS, DURATION, RAMP, SEED, REPORT, PORT, METRICS_PORT, DATA, QUIET, DRAIN_LIMIT);

    private static final DateTimeFormatter REPORT_TIME = DateTimeFormatter.ofPattern("'demo-'yyyyMMdd-HHmmss");

    private DemoSettings() {
    }

    /** Copies the effective settings into what the runner is given, after checking how they relate. */
    static DemoOptions options(final Settings settings, final LocalDateTime now) {
        final long durationNs = settings.durationNs(DURATION);
        final long rampNs = settings.durationNs(RAMP);
        if (durationNs != DemoOptions.DURATION_UNTIL_ASKED_NS && durationNs <= rampNs) {
            throw new ConfigurationException("--duration=" + settings.shown(DURATION) + ", must be longer than --ramp="
                + settings.shown(RAMP) + ", or 0s for no end");
        }
        final Path reportFolder = settings.isSet(REPORT)
            ? settings.path(REPORT) : Path.of("reports", REPORT_TIME.format(now));
        return new DemoOptions(
            (int) settings.wholeNumber(BOTS), (int) settings.wholeNumber(NPCS), durationNs, rampNs, settings.wholeNumber(SEED),
            reportFolder, settings.path(DATA), (int) settings.wholeNumber(PORT), (int) settings.wholeNumber(METRICS_PORT),
            TimeUnit.NANOSECONDS.toMillis(settings.durationNs(DRAIN_LIMIT)), settings.isOn(QUIET), settings);
    }
}
