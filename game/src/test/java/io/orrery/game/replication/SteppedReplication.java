package io.orrery.game.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.game.SteppedWorld;
import io.orrery.game.egress.EgressInbox;
import io.orrery.game.egress.EgressTap;
import io.orrery.transport.message.codec.FrameDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.world.WorldContext;
import io.orrery.world.command.CommandProxy;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.view.TickView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/** World, replication agent and clients on the thread of a test. */
final class SteppedReplication implements EgressTap.Receiver {
    static final double RADIUS_METRES = 50;
    static final double HYSTERESIS_METRES = 10;
    private static final int VIEWS_KEPT = 32;

    final SteppedWorld stepped;
    final CommandProxy commands;
    final EntityIdAllocator ids;
    final ReplicationInbox inbox;
    final EgressInbox egress = new EgressInbox(1 << 22);
    final ReplicationAgent agent;
    final Map<Long, TestClient> clients = new HashMap<>();
    /** Commands given to players that are no client's, by entity. */
    final Map<Long, Long> sequences = new HashMap<>();
    private final EgressTap tap = new EgressTap(egress, this);
    private final List<Map<Long, TickView>> views = new ArrayList<>();
    private long nextConnectionId = 100;
    private final long[] newestSlots;

    SteppedReplication(final UnaryOperator<WorldContext> worldSettings, final UnaryOperator<ReplicationContext> settings) {
        this(worldSettings, settings, 1 << 20);
    }

    SteppedReplication(
        final UnaryOperator<WorldContext> worldSettings, final UnaryOperator<ReplicationContext> settings, final int inboxBytes) {
        stepped = new SteppedWorld(context -> worldSettings.apply(context.commandProducerCount(1).viewReaderCount(2)
            .interestRadiusMetres(RADIUS_METRES).interestHysteresisMetres(HYSTERESIS_METRES).cellSizeMetres(16)
            .entityCapacity(1_024).ghostCapacity(1_024)));
        commands = stepped.world.newCommandProxy();
        ids = stepped.world.newIdAllocator();
        inbox = new ReplicationInbox(inboxBytes);
        agent = new ReplicationAgent(settings.apply(new ReplicationContext()
            .interest(RADIUS_METRES, HYSTERESIS_METRES).viewCapacity(2_048).interestCapacity(512)
            .viewReaders(stepped.newReaders()).inboxes(inbox, egress).clock(stepped.clock)).conclude());
        newestSlots = new long[stepped.world.partitionCount()];
        Arrays.fill(newestSlots, -1);
        for (int i = 0; i < newestSlots.length; i++) {
            views.add(new HashMap<>());
        }
    }

    /** A map of one partition. */
    static UnaryOperator<WorldContext> singlePartition(final double edgeMetres) {
        return context -> context.widthMetres(edgeMetres).heightMetres(edgeMetres).partitionColumns(1).partitionRows(1);
    }

    long spawn(final double x, final double y) {
        final long id = ids.next();
        assertThat(commands.offerSpawnPlayer(stepped.world.partitionAt((float) x, (float) y), id, (float) x, (float) y)).isTrue();
        return id;
    }

    TestClient join(final double x, final double y) {
        return joinAs(spawn(x, y), stepped.world.partitionAt((float) x, (float) y));
    }

    TestClient joinAs(final long entityId, final int partition) {
        final TestClient client = new TestClient(this, nextConnectionId++, entityId);
        client.model = new InterestModel(RADIUS_METRES, HYSTERESIS_METRES, entityId);
        clients.put(client.connectionId, client);
        assertThat(inbox.offerJoined(client.connectionId, entityId, partition)).isTrue();
        return client;
    }

    /** A command of a client's player, so that the client knows its sequence; left out if too many are not acknowledged. */
    void move(final TestClient client, final int heading) {
        final long sequence = client.client.move(heading);
        if (sequence > 0) {
            assertThat(commands.offerMove(stepped.ownerOf(client.entityId), client.entityId, sequence, heading)).isTrue();
        }
    }

    void stop(final TestClient client) {
        final long sequence = client.client.stop();
        if (sequence > 0) {
            assertThat(commands.offerStop(stepped.ownerOf(client.entityId), client.entityId, sequence)).isTrue();
        }
    }

    void move(final long entityId, final int heading) {
        assertThat(commands.offerMove(stepped.ownerOf(entityId), entityId, sequences.merge(entityId, 1L, Long::sum), heading)).isTrue();
    }

    void stop(final long entityId) {
        assertThat(commands.offerStop(stepped.ownerOf(entityId), entityId, sequences.merge(entityId, 1L, Long::sum))).isTrue();
    }

    void teleport(final long entityId, final double x, final double y) {
        assertThat(commands.offerTeleport(stepped.ownerOf(entityId), entityId, (float) x, (float) y)).isTrue();
    }

    /** One slot of the whole world, then the agent. */
    void step() {
        stepWorld();
        work();
    }

    void stepWorld() {
        stepped.beginSlot();
        while (tickPartition()) {
            Thread.onSpinWait();
        }
    }

    /** One partition's tick, and a copy of what it published. */
    boolean tickPartition() {
        final boolean isTicked = stepped.tickPartition();
        for (int i = 0; isTicked && i < views.size(); i++) {
            final TickView view = stepped.viewAfter(i, newestSlots[i]);
            if (view != null) {
                newestSlots[i] = view.slot();
                views.get(i).put(view.slot(), view);
                views.get(i).remove(view.slot() - VIEWS_KEPT);
            }
        }
        return isTicked;
    }

    void work() {
        agent.doWork();
        tap.drain();
    }

    /** One slot with a perfect network: every frame arrives and is acknowledged at once. */
    void stepAndDeliver() {
        step();
        for (final TestClient client : clients.values()) {
            for (final TestClient.SentFrame frame : client.outbox) {
                assertThat(client.deliver(frame)).isTrue();
                ack(client, frame);
            }
            client.outbox.clear();
        }
    }

    void stepsAndDeliver(final int count) {
        for (int i = 0; i < count; i++) {
            stepAndDeliver();
        }
    }

    /** One slot whose frames are all lost. */
    void stepAndLose() {
        step();
        clients.values().forEach(client -> client.outbox.clear());
    }

    boolean ack(final TestClient client, final TestClient.SentFrame frame) {
        return inbox.offerAcked(client.connectionId, frame.number());
    }

    TickView view(final int partition, final long slot) {
        return views.get(partition).get(slot);
    }

    @Override
    public void onFrame(final long connectionId, final long frameNumber, final int partition, final byte[] message) {
        final TestClient client = clients.get(connectionId);
        final FrameDecoder frame = new FrameDecoder().wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
        assertThat(frame.frameNumber()).isEqualTo(frameNumber);
        final TickView view = view(partition, frame.slot());
        final TestClient.SentFrame sent =
            new TestClient.SentFrame(client.frames.size(), frameNumber, frame.slot(), partition, message, client.model.onFrame(view));
        client.frames.add(sent);
        client.outbox.add(sent);
    }

    @Override
    public void onGone(final long connectionId, final int refusalCode) {
        clients.get(connectionId).goneCode = refusalCode;
        clients.get(connectionId).goneCount++;
    }
}
