package io.orrery.transport.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An HTTPS server (HTTP/1.1 on TLS 1.3): serves the routes of its context, within its limits, until it is closed.
 *
 * <p>Any thread may call any method. Life: serves from {@link #start} to {@link #close()}. Threads: Helidon's listener, one virtual thread
 * per connection, and one that watches deadlines; a server is the one component that starts threads itself, because Helidon does.
 * Memory: bounded by {@link HttpLimits}.
 *
 * <p>Guarantees (G1) {@code close} first takes readiness down, then refuses new requests, then waits for those in flight, and only then
 * closes the socket; (G2) whatever comes in, no message with a stack trace goes out.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration STOP_GRACE = Duration.ofMillis(250);
    // Helidon's lines (a banner, bound sockets, stack traces of refused ports) say nothing that counters and messages here do not. The
    // field keeps the logger, and with it its level, from being collected.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private final HttpServerContext context;
    private final HttpCounters counters;
    private final ConnectionTable connections;
    private final Dispatcher dispatcher;
    private final WebServer server;
    private volatile boolean isTakingRequests = true;
    private boolean isClosed;

    private HttpServer(final HttpServerContext context) {
        context.checkConcluded();
        this.context = context;
        final List<Route> routes = new ArrayList<>(context.routes());
        routes.addAll(new BuiltInRoutes(context, () -> isTakingRequests).routes());
        checkDistinct(routes);
        counters = new HttpCounters(routes);
        connections = new ConnectionTable(context, counters);
        final RequestIds requestIds = new RequestIds();
        final ResponseHeaders headers = new ResponseHeaders(context.tls() != null);
        dispatcher = new Dispatcher(context, routes, counters, requestIds, headers);
        server = build(new MalformedRequests(context, counters, requestIds, headers));
    }

    /**
     * Starts a server.
     *
     * @param context concluded; its values are copied.
     * @return a server that listens.
     * @throws ConfigurationException one line if the port is in use or may not be bound.
     */
    public static HttpServer start(final HttpServerContext context) {
        HELIDON.setLevel(Level.OFF);
        final HttpServer server = new HttpServer(context);
        server.server.start();
        if (!server.server.isRunning()) {
            throw new ConfigurationException("port=" + context.port() + ", must be free on host=" + OneLine.of(context.host())
                + " for " + context.name() + ": " + server.bindFault());
        }
        server.connections.start();
        return server;
    }

    /**
     * Where it listens.
     *
     * @return the port, also if 0 was configured.
     */
    public int port() {
        return server.port();
    }

    /**
     * Counts since start.
     *
     * @return live counts.
     */
    public HttpCounters counters() {
        return counters;
    }

    /**
     * Open connections.
     *
     * @return count now.
     */
    public int connectionCount() {
        return connections.count();
    }

    /**
     * Requests that are with their handlers.
     *
     * @return count now.
     */
    public int inFlightCount() {
        return dispatcher.inFlightCount();
    }

    /**
     * Drains and closes: readiness goes down, then (after the configured lead) new requests are refused with 503, then those in flight get
     * their time to finish, then the socket and all connections are closed. Idempotent.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        isTakingRequests = false;
        try {
            TimeUnit.MILLISECONDS.sleep(context.limits().readinessLeadMs());
            dispatcher.drain();
            if (!dispatcher.awaitQuiet(context.limits().drainLimitMs())) {
                context.errorHandler().onError(new IllegalStateException("requests in flight did not finish within drainLimitMs="
                    + context.limits().drainLimitMs() + " of " + context.name()));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dispatcher.drain();
        connections.close();
        server.stop();
        connections.close();
    }

    private WebServer build(final DirectHandler malformed) {
        final HttpLimits limits = context.limits();
        final DirectHandlers.Builder directHandlers = DirectHandlers.builder();
        for (final DirectHandler.EventType type : DirectHandler.EventType.values()) {
            directHandlers.addHandler(type, malformed);
        }
        final Http1Config http1 = Http1Config.builder()
            .maxPrologueLength(limits.targetBytesMax())
            .maxHeadersSize(limits.headerBytesMax())
            .sendKeepAliveHeader(false)
            .buildPrototype();
        final WebServerConfig.Builder builder = WebServer.builder()
            .name(WebServer.DEFAULT_SOCKET_NAME)
            .address(context.address())
            .port(context.port())
            .backlog(BACKLOG)
            .maxTcpConnections(limits.connectionsMax())
            .maxPayloadSize(limits.bodyBytesMax())
            .idleConnectionPeriod(NEVER)
            .idleConnectionTimeout(NEVER)
            .shutdownGracePeriod(STOP_GRACE)
            .shutdownHook(false)
            .useNio(false)
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .directHandlers(directHandlers.build())
            .addConnectionSelector(
                new GuardedConnections(Http1ConnectionSelector.builder().config(http1).build(), connections, limits))
            .routing(HttpRouting.builder().any(dispatcher));
        if (context.tls() != null) {
            builder.tls(Tls.builder().sslContext(GuardedTls.context(context.tls(), connections, limits.handshakeLimitMs())).build());
        }
        return builder.build();
    }

    private static void checkDistinct(final List<Route> routes) {
        final Set<String> names = new HashSet<>();
        for (final Route route : routes) {
            if (!names.add(HttpCounters.name(route))) {
                throw new IllegalArgumentException("route=" + HttpCounters.name(route) + ", must be added once only");
            }
        }
    }

    /** Helidon keeps the reason to itself: binding once more tells it. */
    private String bindFault() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(context.address(), context.port()));
            return "it was in use a moment ago";
        } catch (final IOException e) {
            return OneLine.of(e.getMessage());
        }
    }
}
