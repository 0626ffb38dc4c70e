package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileConnectionTest {
    private static final long SEED = 20_261_122L;
    private static final String GET = "GET /v1/things/1 HTTP/1.1\r\nHost: localhost\r\n";
    private static final Duration LIMIT = Duration.ofSeconds(8);

    @TempDir
    private Path folder;

    @Test
    void shouldAnswer408WhenHeadersAreSlow() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, hasty()); Socket socket = http.connect()) {
            HttpFixture.write(socket, GET);

            final String answer = HttpFixture.readAll(socket);

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("urn:orrery:problem:request-overdue");
            assertThat(http.server.counters().count(HttpEvent.HEADERS_OVERDUE)).isEqualTo(1);
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldAnswer408WhenHeadersDripIn() throws Exception {
        try (HttpFixture http = HttpFixture.plain(hasty()); Socket socket = http.connect()) {
            HttpFixture.write(socket, GET);
            final Thread dripping = Thread.ofVirtual().start(() -> drip(socket));

            final String answer = HttpFixture.readAll(socket);
            dripping.join();

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldAnswer408WhenBodyIsSlow() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, hasty()); Socket socket = http.connect()) {
            HttpFixture.write(socket, "POST /v1/blob HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc");

            final String answer = HttpFixture.readAll(socket);

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(http.server.counters().count(HttpEvent.BODY_OVERDUE)).isEqualTo(1);
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldCloseHandshakesAndIdleConnectionsThatAreOverdue() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, hasty()); Socket half = http.connectRaw(); Socket idle = http.connect()) {
            assertThat(half.getInputStream().read()).isEqualTo(-1);
            assertThat(HttpFixture.readAll(idle)).isEmpty();
            assertThat(http.server.counters().count(HttpEvent.HANDSHAKE_OVERDUE)).isEqualTo(1);
            assertThat(http.server.counters().count(HttpEvent.IDLE_CLOSED)).isEqualTo(1);
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldCloseConnectionsWhoseClientsDoNotReadTheirResponse() throws Exception {
        final byte[] large = new byte[16 << 20];
        try (HttpFixture http = HttpFixture.tls(folder, context -> context
            .route(Route.get("/v1/large", request -> HttpResponse.bytes(200, "application/octet-stream", large))
                .withMediaTypes(null, "application/octet-stream")).limits().responseLimitMs(400)); Socket socket = http.connect()) {
            HttpFixture.write(socket, "GET /v1/large HTTP/1.1\r\nHost: localhost\r\n\r\n");

            await().atMost(LIMIT).until(() -> http.server.counters().count(HttpEvent.RESPONSE_OVERDUE) == 1);

            awaitNoConnections(http);
        }
    }

    @Test
    void shouldServeOthersAgainWhenHalfOpenConnectionsTookAllPlaces() throws Exception {
        final List<Socket> half = new ArrayList<>();
        try (HttpFixture http = HttpFixture.tls(folder, hasty().andThen(context -> context.limits().connectionsMax(8)))) {
            for (int i = 0; i < 24; i++) {
                half.add(http.connectRaw());
            }

            await().atMost(LIMIT).until(() -> http.server.counters().count(HttpEvent.HANDSHAKE_OVERDUE) >= 8);
            assertThat(http.server.connectionCount()).isLessThanOrEqualTo(8);
            for (final Socket socket : half) {
                socket.close();
            }

            assertThat(http.send("GET", "/v1/things/1", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldCloseConnectionsWhenOneAddressHasTooMany() throws Exception {
        try (HttpFixture http = HttpFixture.plain(context -> context.limits().connectionsPerAddressMax(2));
            Socket first = http.connect(); Socket second = http.connect()) {
            await().atMost(LIMIT).until(() -> http.server.connectionCount() == 2);

            try (Socket third = http.connect()) {
                assertThat(HttpFixture.readAll(third)).isEmpty();
            }

            assertThat(http.server.counters().count(HttpEvent.CONNECTION_REFUSED)).isEqualTo(1);
            HttpFixture.write(second, GET + "Connection: close\r\n\r\n");
            assertThat(second.getInputStream().read()).isEqualTo('H');
            first.shutdownOutput();
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooOld() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, context -> { })) {
            assertThat(exchange(http, "GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
            assertThat(exchange(http, GET + "X: " + "b".repeat(20_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
            assertThat(exchange(http, GET + "X: 1\r\n".repeat(4000) + "\r\n")).startsWith("HTTP/1.1 431 ");
            assertThat(exchange(http, "GET / HTTP/1.0\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 505 ");
            assertThat(exchange(http, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(exchange(http, "POST /v1/blob HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ").contains("application/problem+json", "urn:orrery:problem:malformed-request");
            assertThat(exchange(http, "POST /v1/blob HTTP/1.1\r\nHost: x\r\nContent-Length: -4\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(exchange(http, "POST /v1/blob HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .startsWith("HTTP/1.1 400 ");
            assertThat(http.server.counters().count(HttpEvent.MALFORMED)).isEqualTo(8);
            assertThat(http.server.counters().count(HttpEvent.FAULT)).isZero();
        }
    }

    @Test
    void shouldRefuseEndlessChunksAndChunkLines() throws Exception {
        try (HttpFixture http = HttpFixture.plain(context -> context.limits().bodyBytesMax(1024))) {
            final String head = "POST /v1/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";

            final String line = exchange(http, head + "0".repeat(400_000));
            final String chunks = exchange(http, head + "1\r\na\r\n".repeat(2000));

            assertThat(line).startsWith("HTTP/1.1 413 ");
            assertThat(chunks).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void shouldAnswerThenRefuseWhenGarbageIsPipelined() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, context -> { })) {
            final String answer = exchange(http, GET + "\r\n" + GET + "\r\n" + "\u0001\u0002garbage\r\n\r\n");

            assertThat(answer.split("HTTP/1.1 200 ", -1)).hasSize(3);
            assertThat(answer).contains("HTTP/1.1 400 ");
        }
    }

    @Test
    void shouldNotAnswerPlainTextOnATlsPort() throws Exception {
        try (HttpFixture http = HttpFixture.tls(folder, context -> { }); Socket socket = http.connectRaw()) {
            HttpFixture.write(socket, GET + "\r\n");

            assertThat(HttpFixture.readAll(socket)).doesNotContain("HTTP/1.1");
            awaitNoConnections(http);
        }
    }

    @Test
    void shouldSurviveAThousandRandomByteStrings() throws Exception {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        try (HttpFixture http = HttpFixture.plain(hasty())) {
            for (int i = 0; i < 1000; i++) {
                final byte[] bytes = randomBytes(random);
                try (Socket socket = http.connect()) {
                    socket.getOutputStream().write(bytes);
                    socket.shutdownOutput();
                    final String answer = HttpFixture.readAll(socket);
                    assertThat(answer).satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).matches("(?s)HTTP/1.1 (2|4)\\d\\d .*|HTTP/1.1 50[15] .*"));
                } catch (final IOException reset) {
                    assertThat(reset).hasMessageMatching(".*(reset|Broken pipe|closed).*");
                }
            }

            assertThat(http.send("GET", "/v1/things/1", null).statusCode()).isEqualTo(200);
            assertThat(http.server.counters().count(HttpEvent.FAULT)).isZero();
            assertThat(http.errors.totalCount()).isZero();
            await().atMost(LIMIT).until(() -> http.server.connectionCount() <= 1);
        }
    }

    @Test
    void shouldSurviveRandomBytesOverAndUnderTls() throws Exception {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        try (HttpFixture http = HttpFixture.tls(folder, hasty())) {
            for (int i = 0; i < 60; i++) {
                try (Socket socket = i % 3 == 0 ? http.connect() : http.connectRaw()) {
                    socket.getOutputStream().write(randomBytes(random));
                    socket.shutdownOutput();
                    HttpFixture.readAll(socket);
                } catch (final IOException reset) {
                    assertThat(reset).hasMessageMatching(".*(reset|Broken pipe|closed|onnection).*");
                }
            }

            assertThat(http.send("GET", "/v1/things/1", null).statusCode()).isEqualTo(200);
            assertThat(http.server.counters().count(HttpEvent.FAULT)).isZero();
            await().atMost(LIMIT).until(() -> http.server.connectionCount() <= 1);
        }
    }

    @Test
    void shouldForgetConnectionsThatAreCutOffAnywhere() throws Exception {
        final String request = "POST /v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 14\r\n\r\n{\"name\":\"axe\"}";
        try (HttpFixture http = HttpFixture.plain(context -> { })) {
            for (int length = 1; length < request.length(); length++) {
                try (Socket socket = http.connect()) {
                    HttpFixture.write(socket, request.substring(0, length));
                }
            }

            awaitNoConnections(http);
            assertThat(http.server.counters().responseCount("POST /v1/things", 2)).isZero();
            assertThat(http.server.counters().count(HttpEvent.FAULT)).isZero();
        }
    }

    private static Consumer<HttpServerContext> hasty() {
        return context -> context.limits().handshakeLimitMs(400).headersLimitMs(400).bodyLimitMs(400).idleLimitMs(700);
    }

    private static byte[] randomBytes(final Random random) {
        final byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        final byte[] head = switch (random.nextInt(4)) {
            case 0 -> "GET /v1/things/1 HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII);
            case 1 -> "POST /v1/blob HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            default -> new byte[0];
        };
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        return bytes;
    }

    private static void drip(final Socket socket) {
        try {
            for (int i = 0; i < 1000 && !socket.isClosed(); i++) {
                HttpFixture.write(socket, "X: 1\r\n");
                Thread.sleep(20);
            }
        } catch (final IOException | InterruptedException closed) {
            return;
        }
    }

    private static String exchange(final HttpFixture http, final String request) throws IOException {
        try (Socket socket = http.connect()) {
            HttpFixture.write(socket, request);
            return HttpFixture.readAll(socket);
        }
    }

    private static void awaitNoConnections(final HttpFixture http) {
        await().atMost(LIMIT).until(() -> http.server.connectionCount() == 0);
    }
}
