package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class HttpServerTest {
    private static final String JSON = "application/json";
    private final AtomicReference<HealthState> database = new AtomicReference<>(HealthState.UP);
    private final ManualClock clock = new ManualClock();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpFixture http;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        http = HttpFixture.tls(folder, context -> {
            context.readinessCheck("database", database::get);
            context.readinessCheck("broken", () -> {
                if (database.get().isUp()) {
                    return HealthState.UP;
                }
                throw new IllegalStateException("boom");
            });
            context.metricsSource(new MetricsSource() {
                @Override
                public byte[] metrics() {
                    return "up 1\n".getBytes(StandardCharsets.US_ASCII);
                }

                @Override
                public String mediaType() {
                    return "text/plain; version=0.0.4";
                }
            });
            context.route(Route.get("/v1/limited", request -> HttpResponse.empty(204))
                .withRateLimiter(new RateLimiter(2, 0.5, 100, clock)));
            context.route(Route.get("/v1/held", request -> {
                started.countDown();
                try {
                    release.await();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return HttpResponse.empty(204);
            }));
            context.limits().requestsInFlightMax(1);
        });
    }

    @AfterAll
    void stop() {
        http.close();
    }

    @Test
    void shouldAnswerOverTlsWhenAuthorityIsTrusted() throws Exception {
        final var answer = http.send("GET", "/v1/things/a%20b%C3%BC?q=1+2", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":\"a bü\",\"q\":\"1 2\"}");
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(answer.headers().firstValue("content-type")).contains(JSON);
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{12}-[0-9a-f]+");
        assertThat(answer.headers().firstValue("server")).isEmpty();
    }

    @Test
    void shouldPreferLiteralsAndReadBodies() throws Exception {
        assertThat(http.send("GET", "/v1/things/best", null).body()).isEqualTo("{\"id\":\"the best\"}");
        assertThat(http.send("POST", "/v1/things", "{\"name\":\"axe\"}", "Content-Type", "application/json; charset=UTF-8").body())
            .isEqualTo("{\"name\":\"axe\",\"bytes\":14}");
        assertThat(http.send("DELETE", "/v1/things/4", null).statusCode()).isEqualTo(204);
    }

    @Test
    void shouldKeepHarmlessRequestIdsOnly() throws Exception {
        assertThat(http.send("GET", "/v1/things/1", null, "X-Request-Id", "trace-12345678").headers().firstValue("x-request-id"))
            .contains("trace-12345678");
        assertThat(http.send("GET", "/v1/things/1", null, "X-Request-Id", "<script>xx").headers().firstValue("x-request-id").orElseThrow())
            .doesNotContain("script");
    }

    @Test
    void shouldAnswerHeadWithoutBody() throws Exception {
        final var answer = http.send("HEAD", "/v1/things/1", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(19);
        assertThat(http.send("GET", "/v1/things/1", null).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayNotFoundAndMethodNotAllowed() throws Exception {
        final var unknown = http.send("GET", "/v1/nothing/../things", null, "X-Request-Id", "trace-12345678");
        final var method = http.send("PUT", "/v1/things/3", "{}", "Content-Type", JSON);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(unknown.body()).isEqualTo("{\"type\":\"urn:orrery:problem:not-found\",\"title\":\"There is no such thing\","
            + "\"status\":404,\"detail\":\"nothing answers to this path\",\"requestId\":\"trace-12345678\"}");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("allow")).contains("DELETE, GET, HEAD");
    }

    @Test
    void shouldSayWhichMediaTypesItSpeaks() throws Exception {
        final var unacceptable = http.send("GET", "/v1/things/1", null, "Accept", "text/html, application/json;q=0");
        final var unsupported = http.send("POST", "/v1/things", "{}", "Content-Type", "text/plain");
        final var latin = http.send("POST", "/v1/things", "{}", "Content-Type", "application/json; charset=latin1");
        final var encoded = http.send("POST", "/v1/things", "{}", "Content-Type", JSON, "Content-Encoding", "gzip");

        assertThat(unacceptable.statusCode()).isEqualTo(406);
        assertThat(unsupported.statusCode()).isEqualTo(415);
        assertThat(unsupported.headers().firstValue("accept")).contains(JSON);
        assertThat(latin.statusCode()).isEqualTo(415);
        assertThat(encoded.statusCode()).isEqualTo(415);
        assertThat(http.send("GET", "/v1/things/1", null, "Accept", "application/*").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameFieldValueAndBound() throws Exception {
        final var wrong = http.send("POST", "/v1/things", "{\"name\":\"much too long\"}", "Content-Type", JSON);
        final var unknown = http.send("POST", "/v1/things", "{\"name\":\"a\",\"nmae\":\"b\"}", "Content-Type", JSON);
        final var garbage = http.send("POST", "/v1/things", "{\"name\":", "Content-Type", JSON);

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"detail\":\"name=much too long, must be a text of 1..8 characters\"",
            "\"field\":\"name\"", "\"value\":\"much too long\"", "\"bound\":\"must be a text of 1..8 characters\"");
        assertThat(unknown.body()).contains("nmae=****, must be a known field: name, count");
        assertThat(garbage.body()).contains("urn:orrery:problem:malformed-json", "line 1, column");
    }

    @Test
    void shouldRefuseBodiesThatAreTooLong() throws Exception {
        final var ofRoute = http.send("POST", "/v1/things", "x".repeat(1025), "Content-Type", JSON);
        final var ofServer = http.send("POST", "/v1/blob", "x".repeat(400_000));
        final var fitting = http.send("POST", "/v1/blob", "x".repeat(65_536));

        assertThat(ofRoute.statusCode()).isEqualTo(413);
        assertThat(ofRoute.body()).contains("at most 1024 bytes");
        assertThat(ofServer.statusCode()).isEqualTo(413);
        assertThat(fitting.body()).isEqualTo("{\"bytes\":65536}");
    }

    @Test
    void shouldAskForTokenAndRole() throws Exception {
        final var none = http.send("GET", "/v1/admin", null);
        final var invalid = http.send("GET", "/v1/admin", null, "Authorization", "Bearer stolen");
        final var player = http.send("GET", "/v1/admin", null, "Authorization", "Bearer player-token");
        final var admin = http.send("GET", "/v1/admin", null, "Authorization", "bearer admin-token");

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(invalid.statusCode()).isEqualTo(401);
        assertThat(player.statusCode()).isEqualTo(403);
        assertThat(player.body()).contains("role=admin, must be held");
        assertThat(admin.body()).isEqualTo("{\"account\":\"7\"}");
    }

    @Test
    void shouldHideFaultsFromClientsAndRecordThem() throws Exception {
        final long before = http.errors.totalCount();

        final var answer = http.send("GET", "/v1/broken", null);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("urn:orrery:problem:internal").doesNotContain("secret", "Exception", "at io.");
        assertThat(http.errors.totalCount()).isEqualTo(before + 1);
        assertThat(http.server.counters().responseCount("GET /v1/broken", 5)).isPositive();
    }

    @Test
    void shouldLimitTheRateWithRetryAfter() throws Exception {
        assertThat(http.send("GET", "/v1/limited", null).statusCode()).isEqualTo(204);
        assertThat(http.send("GET", "/v1/limited", null).statusCode()).isEqualTo(204);

        final var refused = http.send("GET", "/v1/limited", null);
        clock.advanceMs(2000);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("2");
        assertThat(http.send("GET", "/v1/limited", null).statusCode()).isEqualTo(204);
    }

    @Test
    void shouldRefuseWhenTooManyAreInFlight() throws Exception {
        final var held = http.send("GET", "/-/healthy", null);
        final AtomicReference<Integer> status = new AtomicReference<>();
        final Thread first = Thread.ofVirtual().start(() -> status.set(status("/v1/held")));
        started.await();

        final var second = http.send("GET", "/v1/things/1", null);
        final var health = http.send("GET", "/-/ready", null);
        release.countDown();
        first.join();

        assertThat(held.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body()).contains("urn:orrery:problem:overloaded");
        assertThat(second.headers().firstValue("retry-after")).contains("1");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(status.get()).isEqualTo(204);
        assertThat(http.server.counters().count(HttpEvent.OVERLOADED)).isPositive();
    }

    @Test
    void shouldReportReadinessByNamedChecks() throws Exception {
        final var up = http.send("GET", "/-/ready", null);
        database.set(HealthState.down("no connection to jdbc:h2"));
        final var down = http.send("GET", "/-/ready", null);
        final var forwarded = http.send("GET", "/-/ready", null, "X-Forwarded-For", "203.0.113.9");
        final var alive = http.send("GET", "/-/healthy", null);
        database.set(HealthState.UP);

        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.body()).isEqualTo("{\"server\":\"test\",\"draining\":false,\"checks\":[{\"name\":\"database\",\"status\":\"up\"},"
            + "{\"name\":\"broken\",\"status\":\"up\"}],\"status\":\"up\"}");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("\"status\":\"down\",\"detail\":\"no connection to jdbc:h2\"", "the check itself failed");
        assertThat(forwarded.body()).doesNotContain("jdbc");
        assertThat(alive.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGuardMetricsByLoopbackOrRole() throws Exception {
        final var local = http.send("GET", "/metrics", null);
        final var forwarded = http.send("GET", "/metrics", null, "Forwarded", "for=203.0.113.9");
        final var allowed =
            http.send("GET", "/metrics", null, "Forwarded", "for=203.0.113.9", "Authorization", "Bearer admin-token");

        assertThat(local.body()).isEqualTo("up 1\n");
        assertThat(forwarded.statusCode()).isEqualTo(401);
        assertThat(allowed.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseTls12() throws Exception {
        try (SSLSocket socket = http.connectWith("TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void shouldRefuseParametersGivenTwiceAndBrokenEscapes() throws Exception {
        assertThat(http.send("GET", "/v1/things/1?q=1&q=2", null).body()).contains("q=2, must be given once only");
        assertThat(http.send("GET", "/v1/things/%FF", null).statusCode()).isEqualTo(400);
    }

    private int status(final String path) {
        try {
            return http.send("GET", path, null).statusCode();
        } catch (final Exception e) {
            return -1;
        }
    }
}
