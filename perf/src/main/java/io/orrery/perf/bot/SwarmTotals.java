package io.orrery.perf.bot;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What all bots of a swarm add up to. Writing thread: the swarm's; other threads read snapshots and take interval histograms from the
 * recorders. Memory: fixed, about 1 MiB.
 */
final class SwarmTotals {
    static final long LATENCY_MAX_NS = 60_000_000_000L;

    private static final int RUN_DIGITS = 3;
    private static final int SECOND_DIGITS = 2;

    final SingleWriterRecorder commandToFrame = new SingleWriterRecorder(1, LATENCY_MAX_NS, RUN_DIGITS);
    final SingleWriterRecorder commandLateness = new SingleWriterRecorder(1, LATENCY_MAX_NS, RUN_DIGITS);
    final Histogram lastSecond = new Histogram(1, LATENCY_MAX_NS, SECOND_DIGITS);
    long framesReceived;
    long commandsSent;
    long commandsRefused;
    long commandsAbandoned;
    long connectCount;
    long connectFailureCount;
    long disconnectCount;
    long refusalCount;
    long tokenRefusalCount;
    long stallCount;
    String lastRefusal = "";

    void onCommandSent(final long latenessNs) {
        commandsSent++;
        commandLateness.recordValue(Math.clamp(latenessNs, 0, LATENCY_MAX_NS));
    }

    void onCommandShown(final long latencyNs) {
        final long valueNs = Math.clamp(latencyNs, 0, LATENCY_MAX_NS);
        commandToFrame.recordValue(valueNs);
        lastSecond.recordValue(valueNs);
    }
}
