package io.orrery.transport.http;

/** Port: what {@code GET /metrics} answers. The mains wire it to the telemetry pipeline; called by virtual threads. */
public interface MetricsSource {
    /**
     * Writes all metrics.
     *
     * @return the exposition text, not kept.
     */
    byte[] metrics();

    /**
     * Which format the metrics have.
     *
     * @return media type for the response's header.
     */
    String mediaType();
}
