package io.orrery.app;

import io.orrery.game.node.NodeSettings;
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
    static final Setting DURATION = Setting.duration(
        "orrery.demo.duration", "0s", "0s", "168h", "How long it runs, ramp included; 0s is until Ctrl-C.");
    static final Setting RAMP = Setting.duration(
        "orrery.demo.ramp", "5s", "0s", "10m", "Time over which the bots connect.");
    static final Setting REPORT = Setting.path(
        "orrery.demo.report", "", "Folder for the report; when not set, reports/demo-<date>-<time>.");
    static final Setting FIGURES = Setting.path(
        "orrery.demo.figures", "", "Figures file to bring up to date after the run, such as perf/results/demo.json; none when not set.");
    static final Setting QUIET = Setting.flag("orrery.demo.quiet", false, "Leaves out the live line.");
    static final Setting DRAIN_LIMIT = Setting.duration(
        "orrery.app.drain-limit", "10s", "100ms", "10m", "Time to drain after Ctrl-C or SIGTERM, before the process is ended.");

    /** In the order of help and documentation. */
    static final List<Setting> ALL = List.of(
        BOTS, DURATION, RAMP, REPORT, FIGURES, QUIET, DRAIN_LIMIT);

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
            (int) settings.wholeNumber(BOTS), (int) settings.wholeNumber(NodeSettings.NPC_COUNT), durationNs, rampNs,
            settings.wholeNumber(NodeSettings.SEED),
            reportFolder, settings.isSet(FIGURES) ? settings.path(FIGURES) : null,
            settings.path(NodeSettings.DATA_FOLDER), (int) settings.wholeNumber(NodeSettings.PORT),
            (int) settings.wholeNumber(NodeSettings.METRICS_PORT),
            TimeUnit.NANOSECONDS.toMillis(settings.durationNs(DRAIN_LIMIT)), settings.isOn(QUIET), settings);
    }
}
