package io.orrery.transport.http;

import io.orrery.platform.config.Ranges;

/**
 * Limits of a server; every one has a default and bounds. Part of {@link HttpServerContext}, checked and frozen with it.
 *
 * <p>Bodies in memory are at most {@code connectionsMax x bodyBytesMax}; that product may not pass {@link #BODIES_BYTES_MAX}.
 */
public final class HttpLimits {
    /** Most bytes that all bodies together may take: 1 GiB. */
    public static final long BODIES_BYTES_MAX = 1L << 30;
    private static final long MS_MAX = 600_000;

    private int bodyBytesMax = 65_536;
    private int headerBytesMax = 16_384;
    private int targetBytesMax = 4_096;
    private int connectionsMax = 4_096;
    private int connectionsPerAddressMax = 1_024;
    private int requestsInFlightMax = 512;
    private long handshakeLimitMs = 10_000;
    private long headersLimitMs = 10_000;
    private long bodyLimitMs = 15_000;
    private long responseLimitMs = 30_000;
    private long idleLimitMs = 60_000;
    private long drainLimitMs = 10_000;
    private long readinessLeadMs;
    private boolean isConcluded;

    /**
     * Sets how long a body may be; routes may ask for less.
     *
     * @param bytes 0 to 1,048,576; default 65,536.
     * @return this, for chaining.
     */
    public HttpLimits bodyBytesMax(final int bytes) {
        checkOpen();
        bodyBytesMax = bytes;
        return this;
    }

    /**
     * Sets how long all headers of a request together may be.
     *
     * @param bytes 1,024 to 65,536; default 16,384.
     * @return this, for chaining.
     */
    public HttpLimits headerBytesMax(final int bytes) {
        checkOpen();
        headerBytesMax = bytes;
        return this;
    }

    /**
     * Sets how long the first line of a request may be.
     *
     * @param bytes 256 to 16,384; default 4,096.
     * @return this, for chaining.
     */
    public HttpLimits targetBytesMax(final int bytes) {
        checkOpen();
        targetBytesMax = bytes;
        return this;
    }

    /**
     * Sets how many connections may be open; further ones wait in the system's queue.
     *
     * @param count 1 to 65,536; default 4,096.
     * @return this, for chaining.
     */
    public HttpLimits connectionsMax(final int count) {
        checkOpen();
        connectionsMax = count;
        return this;
    }

    /**
     * Sets how many connections one address (IPv6: one /64) may have; further ones are closed at once.
     *
     * @param count 1 to 65,536; default 1,024.
     * @return this, for chaining.
     */
    public HttpLimits connectionsPerAddressMax(final int count) {
        checkOpen();
        connectionsPerAddressMax = count;
        return this;
    }

    /**
     * Sets how many complete requests may be with their handlers; further ones are refused with 503.
     *
     * @param count 1 to 65,536; default 512.
     * @return this, for chaining.
     */
    public HttpLimits requestsInFlightMax(final int count) {
        checkOpen();
        requestsInFlightMax = count;
        return this;
    }

    /**
     * Sets the time for a TLS handshake.
     *
     * @param ms milliseconds, 100 to 600,000; default 10,000.
     * @return this, for chaining.
     */
    public HttpLimits handshakeLimitMs(final long ms) {
        checkOpen();
        handshakeLimitMs = ms;
        return this;
    }

    /**
     * Sets the time from the first byte of a request to the end of its headers.
     *
     * @param ms milliseconds, 100 to 600,000; default 10,000.
     * @return this, for chaining.
     */
    public HttpLimits headersLimitMs(final long ms) {
        checkOpen();
        headersLimitMs = ms;
        return this;
    }

    /**
     * Sets the time for a body.
     *
     * @param ms milliseconds, 100 to 600,000; default 15,000.
     * @return this, for chaining.
     */
    public HttpLimits bodyLimitMs(final long ms) {
        checkOpen();
        bodyLimitMs = ms;
        return this;
    }

    /**
     * Sets the time in which a client must take its response.
     *
     * @param ms milliseconds, 100 to 600,000; default 30,000.
     * @return this, for chaining.
     */
    public HttpLimits responseLimitMs(final long ms) {
        checkOpen();
        responseLimitMs = ms;
        return this;
    }

    /**
     * Sets how long a connection may stay open without a request.
     *
     * @param ms milliseconds, 100 to 600,000; default 60,000.
     * @return this, for chaining.
     */
    public HttpLimits idleLimitMs(final long ms) {
        checkOpen();
        idleLimitMs = ms;
        return this;
    }

    /**
     * Sets how long requests in flight may take to finish when the server drains.
     *
     * @param ms milliseconds, 0 to 600,000; default 10,000.
     * @return this, for chaining.
     */
    public HttpLimits drainLimitMs(final long ms) {
        checkOpen();
        drainLimitMs = ms;
        return this;
    }

    /**
     * Sets for how long readiness is down before requests are refused, so that a load balancer notices.
     *
     * @param ms milliseconds, 0 to 600,000; default 0.
     * @return this, for chaining.
     */
    public HttpLimits readinessLeadMs(final long ms) {
        checkOpen();
        readinessLeadMs = ms;
        return this;
    }

    void conclude() {
        checkOpen();
        Ranges.check("bodyBytesMax", bodyBytesMax, 0, 1 << 20);
        Ranges.check("headerBytesMax", headerBytesMax, 1024, 65_536);
        Ranges.check("targetBytesMax", targetBytesMax, 256, 16_384);
        Ranges.check("connectionsMax", connectionsMax, 1, 65_536);
        Ranges.check("connectionsPerAddressMax", connectionsPerAddressMax, 1, 65_536);
        Ranges.check("requestsInFlightMax", requestsInFlightMax, 1, 65_536);
        Ranges.check("connectionsMax x bodyBytesMax", (long) connectionsMax * bodyBytesMax, 0, BODIES_BYTES_MAX);
        Ranges.check("handshakeLimitMs", handshakeLimitMs, 100, MS_MAX);
        Ranges.check("headersLimitMs", headersLimitMs, 100, MS_MAX);
        Ranges.check("bodyLimitMs", bodyLimitMs, 100, MS_MAX);
        Ranges.check("responseLimitMs", responseLimitMs, 100, MS_MAX);
        Ranges.check("idleLimitMs", idleLimitMs, 100, MS_MAX);
        Ranges.check("drainLimitMs", drainLimitMs, 0, MS_MAX);
        Ranges.check("readinessLeadMs", readinessLeadMs, 0, MS_MAX);
        isConcluded = true;
    }

    int bodyBytesMax() {
        return bodyBytesMax;
    }

    int headerBytesMax() {
        return headerBytesMax;
    }

    int targetBytesMax() {
        return targetBytesMax;
    }

    int connectionsMax() {
        return connectionsMax;
    }

    int connectionsPerAddressMax() {
        return connectionsPerAddressMax;
    }

    int requestsInFlightMax() {
        return requestsInFlightMax;
    }

    long handshakeLimitMs() {
        return handshakeLimitMs;
    }

    long headersLimitMs() {
        return headersLimitMs;
    }

    long bodyLimitMs() {
        return bodyLimitMs;
    }

    long responseLimitMs() {
        return responseLimitMs;
    }

    long idleLimitMs() {
        return idleLimitMs;
    }

    long drainLimitMs() {
        return drainLimitMs;
    }

    long readinessLeadMs() {
        return readinessLeadMs;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("HttpLimits are concluded");
        }
    }
}
