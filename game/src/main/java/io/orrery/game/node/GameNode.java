package io.orrery.game.node;

import io.orrery.game.egress.EgressInbox;
import io.orrery.game.ingress.ClientIngress;
import io.orrery.game.ingress.IngressContext;
import io.orrery.game.replication.ReplicationAgent;
import io.orrery.game.replication.ReplicationContext;
import io.orrery.game.replication.ReplicationInbox;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.udp.UdpServer;
import io.orrery.world.World;
import io.orrery.world.view.ViewReader;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.Agent;

/**
 * A game server: world, network, replication, wired together. It starts no thread; its agents run where an arrangement says.
 *
 * <p>Writing thread: the launcher's. Life: from construction, which binds the socket, to the close of its agents.
 */
public final class GameNode implements AutoCloseable {
    private static final int INBOX_BYTES_PER_CLIENT = 256;
    private static final int EGRESS_BYTES_PER_CLIENT = 4_096;
    private static final int INBOX_BYTES_MIN = 1 << 16;

    private final World world;
    private final UdpServer server;
    private final ClientIngress ingress;
    private final NetworkAgent network;
    private final List<Agent> worldAgents;
    private final ReplicationAgent[] replicationAgents;

    /**
     * Builds a server and binds its socket.
     *
     * @param context concluded.
     */
    public GameNode(final GameContext context) {
        world = new World(context.worldContext());
        final int replicationCount = context.replicationThreadCount();
        final ReplicationInbox[] replicationInboxes = new ReplicationInbox[replicationCount];
        final EgressInbox[] egressInboxes = new EgressInbox[replicationCount];
        replicationAgents = new ReplicationAgent[replicationCount];
        for (int i = 0; i < replicationCount; i++) {
            replicationInboxes[i] = new ReplicationInbox(ringBytes(context, INBOX_BYTES_PER_CLIENT));
            egressInboxes[i] = new EgressInbox(ringBytes(context, EGRESS_BYTES_PER_CLIENT));
            replicationAgents[i] = replicationAgent(context, i, replicationInboxes[i], egressInboxes[i]);
        }

        final TelemetrySink networkSink = context.sinks().apply("net-io-0");
        ingress = new ClientIngress(new IngressContext()
            .telemetry(networkSink, context.nanoClock())
            .world(world, context.widthMetres(), context.heightMetres())
            .rules(context.interestRadiusMetres(), context.moveSpeedMetresPerSecond(), context.tickPeriodNs())
            .replicationInboxes(replicationInboxes)
            .nodeEpoch(context.nodeEpoch())
            .random(new SplittableRandom(context.seed()))
            .conclude());
        server = new UdpServer(context.serverContext(ingress));
        network = new NetworkAgent(context, networkSink, this, egressInboxes);
        worldAgents = world.agents(context.worldThreadCount());
    }

    /**
     * Runs sockets, ingress and egress.
     *
     * @return one agent; the others depend on nothing of it.
     */
    public Agent networkAgent() {
        return network;
    }

    /**
     * Run the partitions.
     *
     * @return one agent for each world thread.
     */
    public List<Agent> worldAgents() {
        return worldAgents;
    }

    /**
     * Make the frames.
     *
     * @return one agent for each replication thread.
     */
    public List<ReplicationAgent> replicationAgents() {
        return List.of(replicationAgents);
    }

    /**
     * The simulation.
     *
     * @return for its counters and checks.
     */
    public World world() {
        return world;
    }

    /**
     * The transport.
     *
     * @return for its counters.
     */
    public UdpServer server() {
        return server;
    }

    /**
     * The ingress.
     *
     * @return for its counters.
     */
    public ClientIngress ingress() {
        return ingress;
    }

    /**
     * Where clients connect.
     *
     * @return address and port that were bound.
     */
    public InetSocketAddress address() {
        return server.localAddress();
    }

    /** Lets nobody in any more; who is in stays until the network agent closes. Any thread. */
    public void drain() {
        ingress.drain();
    }

    /** Ends all ticks, and closes the socket if no thread ever ran its agent. Idempotent; after the agents' close. */
    @Override
    public void close() {
        try {
            network.closeIfNeverStarted();
        } finally {
            world.close();
        }
    }

    private ReplicationAgent replicationAgent(
        final GameContext context, final int index, final ReplicationInbox inbox, final EgressInbox egress) {
        final ViewReader[] readers = new ViewReader[world.partitionCount()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = world.newViewReader(i);
        }
        return new ReplicationAgent(new ReplicationContext()
            .agentIndex(index)
            .clientCapacity(context.clientCapacity())
            .interest(context.interestRadiusMetres(), context.interestHysteresisMetres())
            .interestCapacity(context.interestCapacity())
            .frameLengthMax(context.frameLengthMax())
            .viewCapacity(context.viewCapacity())
            .viewReaders(readers)
            .inboxes(inbox, egress)
            .telemetry(context.sinks().apply("replication-" + index))
            .clock(context.nanoClock())
            .conclude());
    }

    private static int ringBytes(final GameContext context, final int bytesPerClient) {
        final long wanted = Math.max(INBOX_BYTES_MIN, (long) context.clientCapacity() * bytesPerClient);
        return (int) Math.min(Long.highestOneBit(wanted - 1) << 1, 1 << 28);
    }
}
