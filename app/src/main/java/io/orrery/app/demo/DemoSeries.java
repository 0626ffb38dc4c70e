package io.orrery.app.demo;

import io.orrery.perf.bot.BotSwarmSnapshot;
import io.orrery.perf.report.Chart;
import io.orrery.perf.report.RunReport;
import io.orrery.perf.report.TimeSeries;
import io.orrery.telemetry.pipeline.TelemetrySnapshot;
import io.orrery.telemetry.record.Gauge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the demo's plots are made of: one point a second.
 *
 * <p>Writing thread: the main thread. Memory: two numbers a second and line; past {@value #POINTS_MAX} points every second
 * one is dropped, so that a run of any length stays bounded.
 */
final class DemoSeries {
    private static final int POINTS_MAX = 7_200;
    private static final double NS_PER_MS = 1e6;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final List<Line> lines = new ArrayList<>();
    private final Line fpsMin = line(Chart.FPS, "slowest partition");
    private final Line fpsMedian = line(Chart.FPS, "median");
    private final Line tickP99 = line(Chart.TICK, "p99");
    private final Line tickMax = line(Chart.TICK, "max");
    private final Line commandP50 = line(Chart.COMMAND_TO_FRAME, "p50");
    private final Line commandP99 = line(Chart.COMMAND_TO_FRAME, "p99");
    private final Line bytesPerClient = line(Chart.BYTES_PER_CLIENT, "server to client");
    private final Line packetsIn = line(Chart.PACKETS, "in");
    private final Line packetsOut = line(Chart.PACKETS, "out");
    private final Line objects = line(Chart.OBJECTS, "objects");
    private final Line users = line(Chart.OBJECTS, "users");
    private final Line cores = line(Chart.CPU, "server and bots");
    private final Line resident = line(Chart.MEMORY, "resident");
    private final Line heap = line(Chart.MEMORY, "heap in use");

    void add(final double timeS, final TelemetrySnapshot server, final BotSwarmSnapshot bots) {
        fpsMin.add(timeS, server.world().fpsMin());
        fpsMedian.add(timeS, server.world().fpsMedian());
        tickP99.add(timeS, server.world().tick().p99Ns() / NS_PER_MS);
        tickMax.add(timeS, server.world().tick().maxNs() / NS_PER_MS);
        commandP50.add(timeS, bots.commandToFrameP50Ns() / NS_PER_MS);
        commandP99.add(timeS, bots.commandToFrameP99Ns() / NS_PER_MS);
        bytesPerClient.add(timeS, perUser(server));
        packetsIn.add(timeS, server.gauges().ratePerS(Gauge.PACKETS_IN));
        packetsOut.add(timeS, server.gauges().ratePerS(Gauge.PACKETS_OUT));
        objects.add(timeS, server.world().ownedCount());
        users.add(timeS, server.gauges().value(Gauge.USERS));
        cores.add(timeS, server.system().cpuCores());
        resident.add(timeS, server.system().physicalBytes() / BYTES_PER_MIB);
        heap.add(timeS, server.system().heapUsedBytes() / BYTES_PER_MIB);
    }

    void addTo(final RunReport report) {
        for (final Line line : lines) {
            report.series(new TimeSeries(
                line.chart, line.name, Arrays.copyOf(line.timesS, line.count), Arrays.copyOf(line.values, line.count)));
        }
    }

    static double perUser(final TelemetrySnapshot server) {
        final long users = server.gauges().value(Gauge.USERS);
        return users == 0 ? 0 : server.gauges().ratePerS(Gauge.BYTES_OUT) / users;
    }

    private Line line(final Chart chart, final String name) {
        final Line line = new Line(chart, name);
        lines.add(line);
        return line;
    }

    private static final class Line {
        private final Chart chart;
        private final String name;
        private final double[] timesS = new double[POINTS_MAX];
        private final double[] values = new double[POINTS_MAX];
        private int count;

        Line(final Chart chart, final String name) {
            this.chart = chart;
            this.name = name;
        }

        void add(final double timeS, final double value) {
            if (count == POINTS_MAX) {
                for (int i = 0; i < POINTS_MAX / 2; i++) {
                    timesS[i] = timesS[i * 2];
                    values[i] = values[i * 2];
                }
                count = POINTS_MAX / 2;
            }
            timesS[count] = timeS;
            values[count] = value;
            count++;
        }
    }
}
