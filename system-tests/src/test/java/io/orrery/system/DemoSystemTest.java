package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the demo as its user does: a process, its output, its exit code and its report. */
class DemoSystemTest {
    private static final int EXIT_WRONG_ARGUMENTS = 2;
    private static final int EXIT_ENVIRONMENT = 3;
    private static final int REQUEST_LIMIT_MS = 10_000;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(40);
    private static final Pattern CLIENTS = Pattern.compile("clients +udp 127\\.0\\.0\\.1:([1-9]\\d*)\\n");
    private static final Pattern METRICS = Pattern.compile("metrics +(http://127\\.0\\.0\\.1:[1-9]\\d*/metrics)\\n");
    private static final Pattern LIVE_LINE = Pattern.compile(
        " *\\d+ s  bots \\d+/(\\d+)  fps [\\d.]+/[\\d.]+  objects \\d+  command-to-frame [\\d.]+/[\\d.]+ ms  "
            + "packets/s \\d+ in \\d+ out  \\d+ B/s per client\\n");
    private static final Pattern ALL_IN_WORLD = Pattern.compile("bots 5/5  fps [1-9]");
    private static final Pattern LOADED_FROM_ELSEWHERE = Pattern.compile(
        "(?i)<script[^>]+src=|<link[^>]+href=\"(?!data:)|@import|url\\((?!['\"]?(data:|#))|(src|href)=['\"](https?:)?//");
    private static final List<String> SUMMARY_KEYS = List.of(
        "duration_s", "bots_connected", "violations", "partitions", "fps_min", "ticks_run", "ticks_due", "tick_p50_us", "tick_p99_us",
        "tick_max_us", "command_to_frame_p50_us", "command_to_frame_p99_us", "bytes_per_client_per_s", "packets_per_s_in",
        "packets_per_s_out", "entities", "handoffs", "allocated_bytes_per_tick");

    @TempDir
    private Path folder;

    @Test
    void shouldRunAWorldAndReportItWhenGivenADuration() throws IOException, InterruptedException {
        final Path report = folder.resolve("my report");

        try (DemoProcess demo = demo(report, "--bots", "30", "--npcs", "500", "--ramp", "1s", "--duration", "8s")) {
            demo.awaitOut(CLIENTS, START_LIMIT);
            final String metricsUrl = demo.awaitOut(METRICS, START_LIMIT).group(1);
            await().atMost(END_LIMIT).until(() -> get(metricsUrl).contains("orrery_partition_entities{partition=\"3\"} "));
            final String metrics = get(metricsUrl);
            final int exitCode = demo.awaitExit(END_LIMIT);

            assertThat(exitCode).as(demo.out() + demo.err()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(LIVE_LINE.matcher(demo.out()).results().toList()).hasSizeBetween(7, 9)
                .allSatisfy(line -> assertThat(line.group(1)).isEqualTo("30"));
            assertThat(demo.out()).contains("report    " + report, "command_to_frame", "partition-3.tick",
                report.resolve("index.html").toString());
            assertThat(metrics).contains("# TYPE orrery_tick_duration_seconds histogram", "orrery_partition_fps{partition=\"0\"} ");
        }

        assertThat(Files.readString(folder.resolve("data/node-epoch"))).isEqualTo("1\n");
        assertSane(new ObjectMapper().readTree(report.resolve("summary.json").toFile()));
        assertThat(tagsOf(report.resolve("server.hlog"))).contains("partition-0.tick", "partition-3.lateness", "view_to_frame");
        assertThat(tagsOf(report.resolve("bots.hlog"))).containsExactlyInAnyOrder("command_to_frame", "command_lateness");
        final String page = Files.readString(report.resolve("index.html"));
        assertThat(page).startsWith("<!doctype html>").contains("Orrery demo", "30 bots, 500 NPCs", "</html>");
        assertThat(LOADED_FROM_ELSEWHERE.matcher(page).results().map(found -> found.group()).toList()).isEmpty();
    }

    @Test
    void shouldDrainAndReportWhenInterrupted() throws IOException, InterruptedException {
        final Path report = folder.resolve("report");

        try (DemoProcess demo = demo(report, "--bots", "5", "--npcs", "50", "--ramp", "0s", "--set", "orrery.app.drain-limit=8s")) {
            demo.awaitOut(ALL_IN_WORLD, START_LIMIT);
            demo.interrupt();
            final int exitCode = demo.awaitExit(Duration.ofSeconds(12));

            assertThat(exitCode).as(demo.out() + demo.err()).isZero();
            assertThat(demo.err()).isEmpty();
        }

        final JsonNode summary = new ObjectMapper().readTree(report.resolve("summary.json").toFile());
        assertThat(summary.path("violations").asInt(-1)).isZero();
        assertThat(summary.path("bots_connected").asInt()).isEqualTo(5);
        assertThat(report.resolve("index.html")).isNotEmptyFile();
    }

    @Test
    void shouldRunAWorldWithoutBots() throws IOException, InterruptedException {
        final Path report = folder.resolve("report");

        try (DemoProcess demo = demo(report, "--bots", "0", "--npcs", "10", "--ramp", "0s", "--duration", "1s")) {
            assertThat(demo.awaitExit(END_LIMIT)).as(demo.out() + demo.err()).isZero();
        }

        assertThat(new ObjectMapper().readTree(report.resolve("summary.json").toFile()).path("entities").asInt()).isEqualTo(10);
    }

    @Test
    void shouldNameThePortWhenItIsInUse() throws IOException, InterruptedException {
        final InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
            ServerSocket tcp = new ServerSocket(0, 1, loopback)) {

            assertEndsInOneLine(EXIT_ENVIRONMENT, "127.0.0.1:" + udp.getLocalPort(), "--port", Integer.toString(udp.getLocalPort()));
            assertEndsInOneLine(EXIT_ENVIRONMENT, "port=" + tcp.getLocalPort(), "--metrics-port", Integer.toString(tcp.getLocalPort()));
        }
    }

    @Test
    void shouldNameTheFolderWhenItCannotBeWritten() throws IOException, InterruptedException {
        final Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertEndsInOneLine(EXIT_ENVIRONMENT, "--data=" + file, "--data", file.resolve("data").toString());
        assertEndsInOneLine(EXIT_ENVIRONMENT, "--report=" + file, "--report", file.toString());
    }

    @Test
    void shouldNotStartOverACorruptNodeEpoch() throws IOException, InterruptedException {
        final Path file = Files.createDirectories(folder.resolve("data")).resolve("node-epoch");
        Files.writeString(file, "12\nthirteen\n");

        assertEndsInOneLine(EXIT_ENVIRONMENT, file + " holds \"12\\nthirteen\", must be a whole number");
        assertThat(Files.readString(file)).isEqualTo("12\nthirteen\n");

        Files.delete(file);
        Files.createDirectory(file);
        assertEndsInOneLine(EXIT_ENVIRONMENT, file + " cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "--set, orrery.world.tick-period=1ms, 'orrery.world.tick-period=1ms, must be '",
        "--set, orrery.world.tickperiod=50ms, orrery.world.tickperiod",
        "--set, orrery.world.entity-capacity=16, 'npcCount=2000, must be <= 64'",
        "--set, orrery.net.bind-address=no.such.host.invalid, 'no.such.host.invalid, must be an address of this machine'",
        "--set, orrery.net.client-capacity=199, '--bots=200, must be <= orrery.net.client-capacity=199'",
    })
    void shouldSayWhatIsAllowedWhenASettingIsWrong(final String option, final String value, final String message)
        throws IOException, InterruptedException {
        assertEndsInOneLine(EXIT_WRONG_ARGUMENTS, message, option, value);
    }

    private DemoProcess demo(final Path report, final String... arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of("demo"));
        final List<String> given = List.of(arguments);
        final List<String> defaults = List.of(
            "--port", "0", "--metrics-port", "0", "--report", report.toString(), "--data", folder.resolve("data").toString());
        for (int i = 0; i < defaults.size(); i += 2) {
            if (!given.contains(defaults.get(i))) {
                all.addAll(defaults.subList(i, i + 2));
            }
        }
        all.addAll(given);
        return new DemoProcess(folder, all.toArray(new String[0]));
    }

    private void assertEndsInOneLine(final int exitCode, final String message, final String... arguments)
        throws IOException, InterruptedException {
        try (DemoProcess demo = demo(folder.resolve("report"), arguments)) {
            assertThat(demo.awaitExit(START_LIMIT)).as(demo.out() + demo.err()).isEqualTo(exitCode);
            assertThat(demo.err().lines()).singleElement().asString().startsWith("orrery demo: ").contains(message);
            assertThat(demo.out()).isEmpty();
        }
    }

    private static void assertSane(final JsonNode summary) {
        assertThat(SUMMARY_KEYS).allSatisfy(key -> assertThat(summary.path(key).isNumber()).as(key).isTrue());
        assertThat(summary.get("duration_s").asDouble()).isBetween(3.0, 8.0);
        assertThat(summary.get("bots_connected").asInt()).isEqualTo(30);
        assertThat(summary.get("violations").asInt()).isZero();
        assertThat(summary.get("partitions").asInt()).isEqualTo(4);
        assertThat(summary.get("entities").asInt()).as("but for those on their way between partitions").isCloseTo(530, within(5));
        assertThat(summary.get("fps_min").asDouble()).isBetween(5.0, 21.0);
        assertThat(summary.get("ticks_run").asLong()).isBetween(100L, summary.get("ticks_due").asLong());
        assertThat(summary.get("tick_p50_us").asDouble()).isPositive();
        assertThat(summary.get("tick_p99_us").asDouble()).isGreaterThanOrEqualTo(summary.get("tick_p50_us").asDouble());
        assertThat(summary.get("tick_max_us").asDouble()).isGreaterThanOrEqualTo(summary.get("tick_p99_us").asDouble());
        assertThat(summary.get("command_to_frame_p50_us").asDouble()).isBetween(1_000.0, 1_000_000.0);
        assertThat(summary.get("command_to_frame_p99_us").asDouble())
            .isGreaterThanOrEqualTo(summary.get("command_to_frame_p50_us").asDouble());
        assertThat(summary.get("bytes_per_client_per_s").asDouble()).isBetween(100.0, 24_500.0);
        assertThat(summary.get("packets_per_s_in").asDouble()).isBetween(30.0, 3_000.0);
        assertThat(summary.get("packets_per_s_out").asDouble()).isBetween(150.0, 3_000.0);
        assertThat(summary.get("handoffs").asLong()).isNotNegative();
        assertThat(summary.get("allocated_bytes_per_tick").asDouble()).isBetween(0.0, 1_000.0);
    }

    private static Set<String> tagsOf(final Path log) throws IOException {
        final Set<String> tags = new HashSet<>();
        long count = 0;
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            while (reader.hasNext()) {
                final Histogram interval = (Histogram) reader.nextIntervalHistogram();
                tags.add(interval.getTag());
                count += interval.getTotalCount();
            }
        }
        assertThat(count).isPositive();
        return tags;
    }

    private static String get(final String url) throws IOException {
        final HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(REQUEST_LIMIT_MS);
        connection.setReadTimeout(REQUEST_LIMIT_MS);
        try (InputStream body = connection.getInputStream()) {
            assertThat(connection.getResponseCode()).isEqualTo(200);
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
