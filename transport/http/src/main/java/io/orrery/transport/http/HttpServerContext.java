package io.orrery.transport.http;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import io.orrery.platform.config.Ranges;
import io.orrery.transport.http.tls.TlsMaterial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of an {@link HttpServer}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class HttpServerContext {
    /** Most routes of a server. */
    public static final int ROUTE_COUNT_MAX = 256;
    /** Role that may read metrics and details of readiness from afar, when nothing is said. */
    public static final String METRICS_ROLE_DEFAULT = "metrics";

    private final HttpLimits limits = new HttpLimits();
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, HealthCheck> readinessChecks = new LinkedHashMap<>();
    private String name = "http";
    private String host = "127.0.0.1";
    private int port;
    private TlsMaterial tls;
    private boolean isPlainLoopback;
    private RoleVerifier roleVerifier = token -> null;
    private MetricsSource metricsSource;
    private String metricsRole = METRICS_ROLE_DEFAULT;
    private HttpObserver observer = HttpObserver.NONE;
    private ErrorHandler errorHandler;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private InetAddress address;
    private boolean isConcluded;

    /**
     * Sets what the server is called in thread names and messages.
     *
     * @param serverName such as {@code auth}.
     * @return this, for chaining.
     */
    public HttpServerContext name(final String serverName) {
        checkOpen();
        name = serverName;
        return this;
    }

    /**
     * Sets where to listen.
     *
     * @param hostName name or address of an interface; default 127.0.0.1.
     * @return this, for chaining.
     */
    public HttpServerContext host(final String hostName) {
        checkOpen();
        host = hostName;
        return this;
    }

    /**
     * Sets the port to listen on.
     *
     * @param portNumber 0 (any free one) to 65,535.
     * @return this, for chaining.
     */
    public HttpServerContext port(final int portNumber) {
        checkOpen();
        port = portNumber;
        return this;
    }

    /**
     * Sets certificate and key.
     *
     * @param material checked.
     * @return this, for chaining.
     */
    public HttpServerContext tls(final TlsMaterial material) {
        checkOpen();
        tls = material;
        return this;
    }

    /**
     * Serves plain HTTP without TLS: a profile for development, refused for any but a loopback address.
     *
     * @param isPlain whether to.
     * @return this, for chaining.
     */
    public HttpServerContext plainLoopback(final boolean isPlain) {
        checkOpen();
        isPlainLoopback = isPlain;
        return this;
    }

    /**
     * The limits, to be changed in place.
     *
     * @return frozen by {@link #conclude()}.
     */
    public HttpLimits limits() {
        return limits;
    }

    /**
     * Adds a route.
     *
     * @param route literal paths outrank parameters, else the first that fits wins.
     * @return this, for chaining.
     */
    public HttpServerContext route(final Route route) {
        checkOpen();
        routes.add(route);
        return this;
    }

    /**
     * Adds a check to readiness.
     *
     * @param checkName of the part, shown to everybody.
     * @param check must not block.
     * @return this, for chaining.
     */
    public HttpServerContext readinessCheck(final String checkName, final HealthCheck check) {
        checkOpen();
        if (readinessChecks.putIfAbsent(checkName, check) != null) {
            throw new IllegalArgumentException("readinessCheck=" + checkName + ", must be added once only");
        }
        return this;
    }

    /**
     * Sets who bearer tokens belong to; until then no token is valid.
     *
     * @param verifier for any thread.
     * @return this, for chaining.
     */
    public HttpServerContext roleVerifier(final RoleVerifier verifier) {
        checkOpen();
        roleVerifier = verifier;
        return this;
    }

    /**
     * Sets what {@code /metrics} answers; until then it is not there.
     *
     * @param source for any thread.
     * @return this, for chaining.
     */
    public HttpServerContext metricsSource(final MetricsSource source) {
        checkOpen();
        metricsSource = source;
        return this;
    }

    /**
     * Sets which role may read metrics and details of readiness from afar.
     *
     * @param role not empty; default {@link #METRICS_ROLE_DEFAULT}.
     * @return this, for chaining.
     */
    public HttpServerContext metricsRole(final String role) {
        checkOpen();
        metricsRole = role;
        return this;
    }

    /**
     * Sets who hears of responses.
     *
     * @param httpObserver for any thread.
     * @return this, for chaining.
     */
    public HttpServerContext observer(final HttpObserver httpObserver) {
        checkOpen();
        observer = httpObserver;
        return this;
    }

    /**
     * Sets who takes faults of handlers and of the server itself.
     *
     * @param handler for any thread; never throws.
     * @return this, for chaining.
     */
    public HttpServerContext errorHandler(final ErrorHandler handler) {
        checkOpen();
        errorHandler = handler;
        return this;
    }

    /**
     * Sets the clock of deadlines and latencies.
     *
     * @param nanoClock monotonic, nanoseconds, for any thread.
     * @return this, for chaining.
     */
    public HttpServerContext clock(final NanoClock nanoClock) {
        checkOpen();
        clock = nanoClock;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context and its limits.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     */
    public HttpServerContext conclude() {
        checkOpen();
        Ranges.check("port", port, 0, 65_535);
        Ranges.required("errorHandler", errorHandler);
        Ranges.required("clock", clock);
        Ranges.required("observer", observer);
        Ranges.required("roleVerifier", roleVerifier);
        Ranges.check("routes.count", routes.size(), 0, ROUTE_COUNT_MAX);
        try {
            address = InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            throw new ConfigurationException("host=" + OneLine.of(host) + ", must be a name or address of this machine");
        }
        if (isPlainLoopback && tls != null) {
            throw new ConfigurationException("plainLoopback=true, must be false when a certificate is set");
        }
        if (isPlainLoopback && !address.isLoopbackAddress()) {
            throw new ConfigurationException(
                "host=" + OneLine.of(host) + ", must be a loopback address for plain HTTP; set a certificate to listen on others");
        }
        if (!isPlainLoopback && tls == null) {
            throw new ConfigurationException("tls=null, must be set, or plainLoopback for development on a loopback address");
        }
        for (final Route route : routes) {
            Ranges.check(HttpCounters.name(route) + " bodyBytesMax", route.needs().bodyBytesMax(), -1, limits.bodyBytesMax());
        }
        limits.conclude();
        isConcluded = true;
        return this;
    }

    String name() {
        return name;
    }

    InetAddress address() {
        return address;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    TlsMaterial tls() {
        return tls;
    }

    /** Routes in the order in which they are tried: the fewer parameters the earlier. */
    List<Route> routes() {
        final List<Route> ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.comparingInt(route -> (int) route.pattern().chars().filter(c -> c == '{').count()));
        return ordered;
    }

    Map<String, HealthCheck> readinessChecks() {
        return new LinkedHashMap<>(readinessChecks);
    }

    RoleVerifier roleVerifier() {
        return roleVerifier;
    }

    MetricsSource metricsSource() {
        return metricsSource;
    }

    String metricsRole() {
        return metricsRole;
    }

    HttpObserver observer() {
        return observer;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }

    NanoClock clock() {
        return clock;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("HttpServerContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("HttpServerContext is concluded");
        }
    }
}
