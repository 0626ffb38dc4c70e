package io.orrery.perf.bot;

import io.orrery.client.ClientTransportGroup;

/** Sums up a swarm once a second. Writing thread: the swarm's. Memory: one record for each snapshot. */
final class SnapshotTaker {
    private static final double SECOND_NS = 1e9;

    private final SwarmTotals totals;
    private final ViolationLog violations;
    private final ClientTransportGroup traffic;
    private final long startNs;
    private long lastNs;
    private long lastFrames;
    private long lastBytesIn;
    private long lastBytesOut;
    private long lastPacketsIn;
    private long lastPacketsOut;
    private long reanchorCount;
    private int connectedCount;
    private int inWorldCount;

    SnapshotTaker(
        final SwarmTotals totals, final ViolationLog violations, final ClientTransportGroup traffic, final long startNs) {
        this.totals = totals;
        this.violations = violations;
        this.traffic = traffic;
        this.startNs = startNs;
        lastNs = startNs;
    }

    BotSwarmSnapshot take(final Bot[] bots, final long nowNs) {
        sum(bots);
        final long bytesIn = traffic.bytesReceived();
        final long bytesOut = traffic.bytesSent();
        final long packetsIn = traffic.packetsReceived();
        final long packetsOut = traffic.packetsSent();
        final double botSeconds = Math.max(inWorldCount, 1) * (Math.max(nowNs - lastNs, 1) / SECOND_NS);
        final boolean hasLatency = totals.lastSecond.getTotalCount() > 0;
        final BotSwarmSnapshot snapshot = new BotSwarmSnapshot(
            nowNs - startNs, bots.length, connectedCount, inWorldCount,
            totals.framesReceived, (totals.framesReceived - lastFrames) / botSeconds,
            violations.count(), totals.commandsSent, totals.commandsRefused, totals.commandsAbandoned,
            hasLatency ? totals.lastSecond.getValueAtPercentile(50) : 0,
            hasLatency ? totals.lastSecond.getValueAtPercentile(99) : 0,
            (bytesIn - lastBytesIn) / botSeconds, (bytesOut - lastBytesOut) / botSeconds,
            (packetsIn - lastPacketsIn) / botSeconds, (packetsOut - lastPacketsOut) / botSeconds,
            bytesIn, bytesOut, packetsIn, packetsOut,
            totals.connectCount, totals.connectFailureCount, totals.disconnectCount, totals.refusalCount, totals.tokenRefusalCount,
            reanchorCount, totals.stallCount, totals.lastRefusal);
        totals.lastSecond.reset();
        lastNs = nowNs;
        lastFrames = totals.framesReceived;
        lastBytesIn = bytesIn;
        lastBytesOut = bytesOut;
        lastPacketsIn = packetsIn;
        lastPacketsOut = packetsOut;
        return snapshot;
    }

    private void sum(final Bot[] bots) {
        reanchorCount = 0;
        connectedCount = 0;
        inWorldCount = 0;
        for (final Bot bot : bots) {
            reanchorCount += bot.reanchorCount();
            connectedCount += bot.isConnected() ? 1 : 0;
            inWorldCount += bot.isInWorld() ? 1 : 0;
        }
    }
}
