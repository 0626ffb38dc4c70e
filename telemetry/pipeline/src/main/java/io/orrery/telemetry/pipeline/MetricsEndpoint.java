package io.orrery.telemetry.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.HealthyHandler;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;

/**
 * Serves a pipeline's metrics over HTTP: {@code /metrics} in Prometheus' text and protobuf formats, {@code /-/healthy}.
 *
 * <p>Prometheus' own server class is not used: its backlog of three connections makes a scraper wait a second behind a burst of others.
 *
 * <p>Threads: the JDK's HTTP dispatcher and one virtual thread for each request; they read published figures only and can slow no agent.
 * Life:
 * from construction to {@link #close()}. Limits, for all HTTP servers of the JDK's kind in this process and unless the command line sets
 * them: {@value #CONNECTIONS_MAX} connections, {@value #REQUEST_MAX_S} s to send a request, {@value #REQUEST_MAX_S} s to take the answer.
 */
public final class MetricsEndpoint implements AutoCloseable {
    /** Connections held at once; more are closed at once. */
    public static final int CONNECTIONS_MAX = 64;
    /** Seconds a client may take to send a request, and to take the answer. */
    public static final int REQUEST_MAX_S = 10;

    static {
        limit("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
        limit("sun.net.httpserver.maxReqTime", REQUEST_MAX_S);
        limit("sun.net.httpserver.maxRspTime", REQUEST_MAX_S);
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final InetAddress address;

    /**
     * Starts to listen.
     *
     * @param context concluded; its values are copied.
     * @param pipeline whose metrics are served; it need not run yet.
     * @throws UncheckedIOException naming address and port if they cannot be listened on; nothing is left open.
     */
    public MetricsEndpoint(final MetricsContext context, final TelemetryPipeline pipeline) {
        context.checkConcluded();
        address = context.address();
        try {
            server = HttpServer.create(new InetSocketAddress(address, context.port()), CONNECTIONS_MAX);
        } catch (final IOException fault) {
            throw new UncheckedIOException("orrery.telemetry.metrics-port=" + context.port() + ", cannot listen on " + address.getHostAddress()
                + " (" + fault.getMessage() + "): choose a free port or 0 for any", fault);
        }
        executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("telemetry-http-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/metrics", new MetricsHandler(pipeline.registry()));
        server.createContext("/-/healthy", new HealthyHandler());
        server.start();
    }

    /**
     * The port it listens on.
     *
     * @return 1 to 65535, also when 0 was asked for.
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Where to point a scraper or a browser.
     *
     * @return a URL that ends in {@code /metrics}.
     */
    public String url() {
        final String host = address.getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void limit(final String property, final int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
