package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.error.DistinctErrors;
import java.net.ServerSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void shouldFinishRequestsInFlightAndRefuseNewOnesWhenItCloses(@TempDir final Path folder) throws Exception {
        final HttpFixture http = HttpFixture.tls(folder, this::addHeldRoute);
        final FutureTask<Integer> inFlight = new FutureTask<>(() -> http.send("GET", "/v1/held", null).statusCode());
        Thread.ofVirtual().start(inFlight);
        started.await();

        final Thread closing = Thread.ofVirtual().start(http.server::close);
        await().atMost(LIMIT).until(() -> http.send("GET", "/-/ready", null).statusCode() == 503);
        await().atMost(LIMIT).until(() -> http.send("GET", "/v1/things/1", null).statusCode() == 503);
        final var refused = http.send("GET", "/v1/things/1", null);
        final var healthy = http.send("GET", "/-/healthy", null);
        release.countDown();
        closing.join();

        assertThat(refused.body()).contains("urn:orrery:problem:draining");
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(inFlight.get()).isEqualTo(204);
        assertThat(http.server.connectionCount()).isZero();
        assertThat(http.errors.totalCount()).isZero();
        http.close();
    }

    @Test
    void shouldEndAtTheLimitWhenARequestDoesNot() throws Exception {
        final HttpFixture http = HttpFixture.plain(context -> {
            addHeldRoute(context);
            context.limits().drainLimitMs(200);
        });
        Thread.ofVirtual().start(new FutureTask<>(() -> http.send("GET", "/v1/held", null)));
        started.await();

        http.server.close();
        release.countDown();

        assertThat(http.errors.snapshot().getFirst().first()).hasMessageContaining("drainLimitMs=200");
        http.close();
    }

    @Test
    void shouldSayWhichPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> HttpFixture.plain(context -> context.port(taken.getLocalPort())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("port=" + taken.getLocalPort() + ", must be free on host=127.0.0.1 for test: Address already in use");
        }
    }

    @Test
    void shouldRefusePlainHttpOnOtherAddresses() {
        final HttpServerContext context = context().host("0.0.0.0").plainLoopback(true);
        final HttpServerContext bare = context();

        assertThatThrownBy(context::conclude).isInstanceOf(ConfigurationException.class)
            .hasMessage("host=0.0.0.0, must be a loopback address for plain HTTP; set a certificate to listen on others");
        assertThatThrownBy(bare::conclude).hasMessage("tls=null, must be set, or plainLoopback for development on a loopback address");
    }

    @Test
    void shouldNameValueAndBoundsOfLimits() {
        final HttpServerContext context = context().plainLoopback(true);
        context.limits().connectionsMax(65_536).bodyBytesMax(1 << 20);

        assertThatThrownBy(context::conclude).hasMessage("connectionsMax x bodyBytesMax=68719476736, must be in 0..1073741824");
        assertThatThrownBy(() -> context().plainLoopback(true).port(70_000).conclude()).hasMessage("port=70000, must be in 0..65535");
    }

    @Test
    void shouldRefuseTheSameRouteTwice() {
        final HttpServerContext context = context().plainLoopback(true)
            .route(Route.get("/-/healthy", request -> HttpResponse.empty(204))).conclude();

        assertThatThrownBy(() -> HttpServer.start(context)).hasMessage("route=GET /-/healthy, must be added once only");
    }

    private void addHeldRoute(final HttpServerContext context) {
        context.route(Route.get("/v1/held", request -> {
            started.countDown();
            try {
                release.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return HttpResponse.empty(204);
        }));
    }

    private static HttpServerContext context() {
        return new HttpServerContext().errorHandler(new DistinctErrors(SystemEpochClock.INSTANCE));
    }
}
