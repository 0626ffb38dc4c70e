/**
 * What becomes of telemetry samples: one bounded ring per producer, histograms with interval logs, live figures, metrics and their
 * endpoint.
 *
 * <p>Producers call sinks on their own threads; the {@code telemetry-0} agent owns everything behind the rings; scrapes run on virtual
 * threads and read published snapshots. May import {@code telemetry.record}, {@code platform}, the Disruptor, HdrHistogram and Prometheus.
 */
package io.orrery.telemetry.pipeline;
