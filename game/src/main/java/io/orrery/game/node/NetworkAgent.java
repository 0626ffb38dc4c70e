package io.orrery.game.node;

import io.orrery.game.egress.EgressAgent;
import io.orrery.game.egress.EgressInbox;
import io.orrery.game.egress.EgressListener;
import io.orrery.game.ingress.ClientIngress;
import io.orrery.game.ingress.ClientSender;
import io.orrery.game.replication.ReplicationAgent;
import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.transport.udp.UdpServer;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The network thread's work: receive, let the ingress offer again what was not taken, send frames, and tell telemetry once a second.
 *
 * <p>Writing thread: {@code net-io-0}. Memory: none of its own.
 */
final class NetworkAgent implements Agent, ClientSender, EgressListener {
    private static final long GAUGE_PERIOD_NS = 1_000_000_000L;
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final UdpServer server;
    private final ClientIngress ingress;
    private final EgressAgent egress;
    private final TelemetrySink telemetry;
    private final NanoClock clock;
    private final List<ReplicationAgent> replicationAgents;
    private volatile boolean isStarted;
    private long nextGaugeNs;

    NetworkAgent(
        final GameContext context, final TelemetrySink telemetry, final GameNode node, final EgressInbox[] egressInboxes) {
        this.telemetry = telemetry;
        server = node.server();
        ingress = node.ingress();
        replicationAgents = node.replicationAgents();
        egress = new EgressAgent(egressInboxes, server, this);
        clock = context.nanoClock();
        nextGaugeNs = clock.nanoTime();
        ingress.sender(this);
    }

    @Override
    public void onStart() {
        isStarted = true;
        server.onStart();
    }

    @Override
    public int doWork() throws Exception {
        int work = server.doWork();
        work += ingress.doWork();
        work += egress.doWork();
        offerGauges();
        return work;
    }

    @Override
    public void onClose() {
        server.onClose();
    }

    @Override
    public String roleName() {
        return server.roleName();
    }

    @Override
    public void send(final long connectionId, final DirectBuffer message, final int length) {
        server.send(connectionId, Protocol.CHANNEL_UNRELIABLE, 0, message, 0, length);
    }

    @Override
    public void disconnect(final long connectionId) {
        server.disconnect(connectionId);
    }

    @Override
    public void onFrame(final long connectionId, final int partition, final long appliedSequence) {
        ingress.onFrame(connectionId, partition, appliedSequence);
    }

    @Override
    public void onGone(final long connectionId, final RefusalCode code) {
        ingress.refuse(connectionId, code);
    }

    /** Closes the socket of a server that was built and never run. */
    void closeIfNeverStarted() {
        if (!isStarted) {
            server.onClose();
        }
    }

    private static long refusedCount(final NetCounters net) {
        long count = 0;
        for (int i = 0; i < REASONS.length; i++) {
            count += net.refused(REASONS[i]);
        }
        return count;
    }

    private long queueFullCount() {
        long count = ingress.counters().commandFullCount() + ingress.counters().ackLostCount();
        for (int i = 0; i < replicationAgents.size(); i++) {
            count += replicationAgents.get(i).counters().frameLostCount();
        }
        return count;
    }

    private void offerGauges() {
        final long nowNs = clock.nanoTime();
        if (nowNs - nextGaugeNs < 0) {
            return;
        }
        nextGaugeNs = nowNs + GAUGE_PERIOD_NS;
        final NetCounters net = server.counters();
        telemetry.offerGauge(Gauge.USERS, ingress.counters().clientCount());
        telemetry.offerGauge(Gauge.PACKETS_IN, net.datagramsReceived());
        telemetry.offerGauge(Gauge.PACKETS_OUT, net.datagramsSent());
        telemetry.offerGauge(Gauge.BYTES_IN, net.bytesReceived());
        telemetry.offerGauge(Gauge.BYTES_OUT, net.bytesSent());
        telemetry.offerGauge(Gauge.COMMANDS_REFUSED, ingress.counters().malformedCount());
        telemetry.offerGauge(Gauge.PACKETS_REFUSED, refusedCount(net));
        telemetry.offerGauge(Gauge.QUEUE_FULL, queueFullCount());
    }
}
