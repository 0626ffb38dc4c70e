package io.orrery.app.demo;

import io.orrery.perf.report.Figure;
import io.orrery.perf.report.FigureFile;
import io.orrery.perf.report.FigureOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The demo's figures for docs/benchmarks.md, with the targets that the demo world has. */
final class DemoFigures {
    /** Least share of due ticks that must have run. */
    private static final double TICK_RATIO_MIN = .999;
    /** Tick start lateness on a thread that has its core to itself. */
    private static final double LATENESS_P99_MAX_US = 50;
    private static final double STARTUP_MAX_S = 10;
    /** 40 kbit/s. */
    private static final double CLIENT_BYTES_PER_S_MAX = 5_000;

    private DemoFigures() {
    }

    /** Brings a figures file up to date. */
    static void write(final Path file, final Map<String, Object> facts, final String command) throws IOException {
        final Path root = Path.of(System.getProperty("orrery.root", "."));
        final FigureOrigin origin = FigureOrigin.here(root, command, LocalDate.now());
        FigureFile.update(file, List.of(
            Figure.of("demo.ticks_run_over_due", value(facts, "ticks_run") / value(facts, "ticks_due"), "ratio", origin)
                .atLeast(TICK_RATIO_MIN),
            figure(facts, "tick_p50_us", "us", origin),
            figure(facts, "tick_p99_us", "us", origin),
            figure(facts, "tick_max_us", "us", origin),
            figure(facts, "tick_lateness_p99_us", "us", origin).atMost(LATENESS_P99_MAX_US),
            figure(facts, "command_to_frame_p50_us", "us", origin),
            figure(facts, "command_to_frame_p99_us", "us", origin),
            figure(facts, "bytes_per_client_per_s", "B/s", origin).atMost(CLIENT_BYTES_PER_S_MAX),
            figure(facts, "allocated_bytes_per_tick", "B", origin).atMost(0),
            figure(facts, "violations", "count", origin).atMost(0),
            figure(facts, "bots_connected", "count", origin),
            figure(facts, "startup_s", "s", origin).atMost(STARTUP_MAX_S)));
    }

    private static Figure figure(final Map<String, Object> facts, final String key, final String unit, final FigureOrigin origin) {
        return Figure.of("demo." + key, value(facts, key), unit, origin);
    }

    private static double value(final Map<String, Object> facts, final String key) {
        return facts.get(key) instanceof final Number number ? number.doubleValue() : Double.NaN;
    }
}
