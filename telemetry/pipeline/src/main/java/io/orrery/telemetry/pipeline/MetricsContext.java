package io.orrery.telemetry.pipeline;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.orrery.platform.config.Ranges;

/**
 * Configuration of a {@link MetricsEndpoint}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class MetricsContext {
    /** Address when nothing is said: only this machine can scrape. */
    public static final String HOST_DEFAULT = "127.0.0.1";
    /** Port when nothing is said. */
    public static final int PORT_DEFAULT = 9464;
    /** Highest port. */
    public static final int PORT_MAX = 65_535;

    private String host = HOST_DEFAULT;
    private int port = PORT_DEFAULT;
    private InetAddress address;
    private boolean isConcluded;

    /**
     * Sets the address to listen on. Metrics are served without a password: anything but loopback belongs behind a firewall.
     *
     * @param name address or name of a local interface.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public MetricsContext host(final String name) {
        checkOpen();
        host = name;
        return this;
    }

    /**
     * Sets the port to listen on.
     *
     * @param number 0 to {@link #PORT_MAX}; 0 for any free one.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public MetricsContext port(final int number) {
        checkOpen();
        port = number;
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public MetricsContext conclude() {
        checkOpen();
        Ranges.check("orrery.telemetry.metrics-port", port, 0, PORT_MAX);
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("metrics.host=" + host + ", must be an address or name of this machine");
        }
        try {
            address = InetAddress.getByName(host);
        } catch (final UnknownHostException unknown) {
            throw new IllegalArgumentException("metrics.host=" + host + ", must be an address or name of this machine", unknown);
        }
        isConcluded = true;
        return this;
    }

    InetAddress address() {
        return address;
    }

    int port() {
        return port;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("MetricsContext is not concluded: call conclude() first");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("MetricsContext is concluded");
        }
    }
}
