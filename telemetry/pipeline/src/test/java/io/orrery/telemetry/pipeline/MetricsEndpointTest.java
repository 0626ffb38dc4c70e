package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsEndpointTest {
    private static final long SEED = 20_261_122L;
    private static final int HOSTILE_COUNT = 1_000;

    private final PipelineFixture fixture = new PipelineFixture();
    private final TelemetryPipeline pipeline = fixture.pipeline();
    private final MetricsEndpoint endpoint = new MetricsEndpoint(new MetricsContext().port(0).conclude(), pipeline);

    @AfterEach
    void closeEndpoint() {
        endpoint.close();
    }

    @Test
    void shouldServeWhatWasSampled() throws IOException, InterruptedException {
        final TelemetrySink sink = pipeline.newSink("world-0");
        fixture.sample.ownedCount = 550;
        fixture.sample.ghostCount = 40;
        fixture.sample.missedSlotCount = 3;
        fixture.sample.handoffOutCount = 11;
        fixture.sample.handoffInCount = 12;
        fixture.sample.allocatedBytes = 8;
        fixture.sample.countByKind[0] = 50;
        fixture.sample.countByKind[1] = 500;
        fixture.sample.countByKind[5] = 9;
        sink.offerGauge(Gauge.USERS, 50);
        sink.offerGauge(Gauge.PACKETS_IN, 1_001);
        sink.offerGauge(Gauge.BYTES_OUT, 2_002);
        sink.offerGauge(Gauge.QUEUE_FULL, 4);
        sink.offerLatency(Measure.REPLICATION_PASS, 3_000_000);
        fixture.run(sink, 0, 21, 2_000_000);

        final String body = scrape().body();

        assertThat(body.lines()).contains(
            "orrery_partition_fps{partition=\"0\"} 20.0",
            "orrery_partition_entities{partition=\"0\"} 550.0",
            "orrery_partition_ghosts{partition=\"0\"} 40.0",
            "orrery_ticks_total{partition=\"0\"} 20.0",
            "orrery_missed_slots_total{partition=\"0\"} 3.0",
            "orrery_handoffs_out_total{partition=\"0\"} 11.0",
            "orrery_handoffs_in_total{partition=\"0\"} 12.0",
            "orrery_tick_allocated_bytes_total{partition=\"0\"} 160.0",
            "orrery_objects{kind=\"player\"} 50.0",
            "orrery_objects{kind=\"npc\"} 500.0",
            "orrery_objects{kind=\"kind-5\"} 9.0",
            "orrery_users 50.0",
            "orrery_network_received_packets_total 1001.0",
            "orrery_network_sent_bytes_total 2002.0",
            "orrery_queue_full_total 4.0",
            "orrery_telemetry_lost_samples_total{producer=\"world-0\"} 0.0",
            "orrery_telemetry_snapshots_total 1.0",
            "orrery_tick_duration_seconds_bucket{partition=\"0\",le=\"0.001\"} 0",
            "orrery_tick_duration_seconds_bucket{partition=\"0\",le=\"0.0025\"} 21",
            "orrery_tick_duration_seconds_count{partition=\"0\"} 21",
            "orrery_operation_duration_seconds_count{measure=\"replication_pass\"} 1");
        assertThat(body).containsPattern("orrery_process_resident_memory_bytes [1-9]")
            .containsPattern("orrery_process_virtual_memory_bytes [1-9]").containsPattern("orrery_process_cpu_seconds_total [0-9]")
            .containsPattern("orrery_jvm_heap_used_bytes [1-9]").contains("orrery_jvm_gc_collections_total");
    }

    @Test
    void shouldServeNativeHistogramsToThoseWhoAsk() throws IOException, InterruptedException {
        fixture.run(pipeline.newSink("world-0"), 0, 1, 2_000_000);

        final HttpResponse<String> response = get(
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(
            type -> assertThat(type).startsWith("application/vnd.google.protobuf"));
    }

    @Test
    void shouldServeBeforeTheFirstSample() throws IOException, InterruptedException {
        assertThat(scrape().body()).contains("orrery_users 0.0", "orrery_telemetry_snapshots_total 0.0");
    }

    @Test
    void shouldNameThePortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final MetricsContext context = new MetricsContext().port(taken.getLocalPort()).conclude();

            assertThatThrownBy(() -> new MetricsEndpoint(context, pipeline)).isInstanceOf(UncheckedIOException.class)
                .hasMessage("orrery.telemetry.metrics-port=" + taken.getLocalPort()
                    + ", cannot listen on 127.0.0.1 (Address already in use): choose a free port or 0 for any");
        }
    }

    @Test
    void shouldRefuseAddressesThatAreNone() {
        assertThatThrownBy(() -> new MetricsContext().port(65_536).conclude()).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("orrery.telemetry.metrics-port=65536, must be in 0..65535");
        assertThatThrownBy(() -> new MetricsContext().port(-1).conclude()).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("orrery.telemetry.metrics-port=-1, must be in 0..65535");
        assertThatThrownBy(() -> new MetricsContext().host(" ").conclude()).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("metrics.host= , must be an address or name of this machine");
    }

    @Test
    void shouldCloseTwice() {
        endpoint.close();

        endpoint.close();

        assertThatThrownBy(this::scrape).isInstanceOf(IOException.class);
    }

    @Test
    void shouldComeToNoHarmByRandomBytes() throws IOException, InterruptedException {
        final Random random = new Random(SEED);
        for (int i = 0; i < HOSTILE_COUNT; i++) {
            final byte[] bytes = hostile(random, i);
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), endpoint.port())) {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (final SocketException reset) {
                assertThat(reset).as("seed %s, number %s", SEED, i).isNotNull();
            }
        }

        assertThat(scrape().statusCode()).as("seed %s", SEED).isEqualTo(200);
    }

    @Test
    void shouldAnswerWhileOthersNeverFinishTheirRequests() throws IOException, InterruptedException {
        final List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < MetricsEndpoint.CONNECTIONS_MAX / 2; i++) {
                final Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), endpoint.port());
                socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }

            assertThat(scrape().statusCode()).isEqualTo(200);
        } finally {
            for (final Socket socket : silent) {
                socket.close();
            }
        }
    }

    private HttpResponse<String> scrape() throws IOException, InterruptedException {
        return get("text/plain; version=0.0.4");
    }

    private HttpResponse<String> get(final String accept) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(endpoint.url())).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
        }
    }

    private static byte[] hostile(final Random random, final int number) {
        final byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        if (number % 3 == 0) {
            final byte[] line = ("GET /metrics?name[]=" + random.nextInt() + " HTTP/1.1\r\nAccept: ").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(line, 0, bytes, 0, Math.min(line.length, bytes.length));
        }
        return bytes;
    }
}
