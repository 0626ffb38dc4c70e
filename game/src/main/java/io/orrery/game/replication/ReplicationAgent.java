package io.orrery.game.replication;

import io.orrery.game.egress.EgressInbox;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewReader;
import java.util.ArrayList;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.NanoClock;

/**
 * Turns each new tick view into one frame for each client whose character its partition owns.
 *
 * <p>Writing thread: {@code replication-*}, one agent for a group of clients. It follows the ticks; where it falls behind it skips views
 * and nobody waits. A client whose character crosses into another partition keeps its replica and its frame numbers.
 *
 * <p>Memory: a {@link PartitionHistory} for each partition, a {@link ClientReplica} for each client; nothing is allocated for a frame.
 */
public final class ReplicationAgent implements Agent {
    private static final int INBOX_LIMIT = 4_096;

    private final ReplicationContext context;
    private final ViewReader[] viewReaders;
    private final PartitionHistory[] histories;
    private final FrameBuilder builder;
    private final ReplicationInbox inbox;
    private final EgressInbox egress;
    private final TelemetrySink telemetry;
    private final NanoClock clock;
    private final Long2ObjectHashMap<ClientReplica> clientByConnection;
    private final ArrayList<ClientReplica> clients;
    private final ReplicationCounters counters = new ReplicationCounters();
    private final MessageHandler messageHandler = this::onMessage;
    private long nextLookNs;

    /**
     * Creates an agent without clients.
     *
     * @param context concluded.
     */
    public ReplicationAgent(final ReplicationContext context) {
        this.context = context;
        viewReaders = context.viewReaders();
        histories = new PartitionHistory[viewReaders.length];
        for (int i = 0; i < histories.length; i++) {
            histories[i] = new PartitionHistory(context.viewCapacity(), context.viewCapacity());
        }
        builder = new FrameBuilder(context);
        inbox = context.inbox();
        egress = context.egress();
        telemetry = context.telemetry();
        clock = context.clock();
        clientByConnection = new Long2ObjectHashMap<>(context.clientCapacity() * 2, 0.6f);
        clients = new ArrayList<>(context.clientCapacity());
    }

    @Override
    public int doWork() {
        int work = inbox.drain(messageHandler, INBOX_LIMIT);
        for (int partition = 0; partition < viewReaders.length; partition++) {
            work += followPartition(partition);
        }
        if (work > 0) {
            lookForLostCharacters();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "replication-" + context.agentIndex();
    }

    /**
     * Counts since start.
     *
     * @return may be read by any thread.
     */
    public ReplicationCounters counters() {
        return counters;
    }

    private int followPartition(final int partition) {
        final TickView view = viewReaders[partition].acquire();
        if (view == null) {
            return 0;
        }
        try {
            if (view.slot() <= histories[partition].slot()) {
                return 0;
            }
            onView(partition, view);
            return 1;
        } finally {
            viewReaders[partition].release();
        }
    }

    private void onView(final int partition, final TickView view) {
        final long startNs = clock.nanoTime();
        histories[partition].onView(view);
        boolean hasFrames = false;
        for (int i = 0; i < clients.size(); i++) {
            final ClientReplica client = clients.get(i);
            if (client.partition == partition) {
                hasFrames |= replicate(client, view, startNs);
            }
        }
        final long endNs = clock.nanoTime();
        counters.onPass(builder.budgetOverflowCount(), builder.interestOverflowCount(), historyOverflowCount(), clients.size());
        telemetry.offerLatency(Measure.REPLICATION_PASS, endNs - startNs);
        if (hasFrames) {
            telemetry.offerLatency(Measure.VIEW_TO_FRAME, Math.max(0, endNs - view.publishedNs()));
        }
    }

    private long historyOverflowCount() {
        long count = 0;
        for (final PartitionHistory history : histories) {
            count += history.overflowCount();
        }
        return count;
    }

    private boolean replicate(final ClientReplica client, final TickView view, final long nowNs) {
        final int row = view.rowOf(client.entityId);
        if (row < 0) {
            return false;
        }
        if ((view.flags()[row] & TickView.FLAG_GHOST) != 0) {
            // While it is on its way its former owner, this partition, stands as its owner: wait for the next view.
            final int owner = view.ownerPartitions()[row];
            return owner != client.partition && follow(client, owner, nowNs);
        }
        return send(client, view, row, nowNs);
    }

    /** The character has moved to a neighbour: so does its client, at once if the neighbour's newest view has it already. */
    private boolean follow(final ClientReplica client, final int partition, final long nowNs) {
        client.partition = partition;
        final PartitionHistory history = histories[partition];
        final TickView view = viewReaders[partition].acquire();
        if (view == null) {
            return false;
        }
        try {
            if (view.slot() > history.slot()) {
                return false;
            }
            final int row = view.rowOf(client.entityId);
            final boolean isOwned = row >= 0 && (view.flags()[row] & TickView.FLAG_GHOST) == 0;
            return isOwned && send(client, view, row, nowNs);
        } finally {
            viewReaders[partition].release();
        }
    }

    private boolean send(final ClientReplica client, final TickView view, final int row, final long nowNs) {
        client.seenNs = nowNs;
        if (view.slot() <= client.sentSlot) {
            return false;
        }

        final int length = builder.build(client, view, histories[client.partition], row);
        final DirectBuffer message = builder.message();
        final boolean isTaken =
            egress.offerFrame(client.connectionId, client.frameNumber & 0xFFFF_FFFFL, client.partition, message, length);
        counters.onFrame(isTaken, length);
        return isTaken;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long connectionId = buffer.getLong(index + ReplicationInbox.CONNECTION_OFFSET);
        switch (type) {
            case ReplicationInbox.JOINED -> onJoined(
                connectionId,
                buffer.getLong(index + ReplicationInbox.ENTITY_OFFSET),
                buffer.getInt(index + ReplicationInbox.PARTITION_OFFSET));
            case ReplicationInbox.LEFT -> onLeft(connectionId);
            default -> {
                final ClientReplica client = clientByConnection.get(connectionId);
                if (client != null) {
                    client.onAcked((int) buffer.getLong(index + ReplicationInbox.FRAME_OFFSET));
                }
            }
        }
    }

    private void onJoined(final long connectionId, final long entityId, final int partition) {
        final ClientReplica client = new ClientReplica(connectionId, entityId, partition, context.interestCapacity());
        client.frameNumber = context.frameNumberStart();
        client.seenNs = clock.nanoTime();
        client.listIndex = clients.size();
        clientByConnection.put(connectionId, client);
        clients.add(client);
    }

    private void onLeft(final long connectionId) {
        final ClientReplica client = clientByConnection.remove(connectionId);
        if (client != null) {
            final ClientReplica last = clients.removeLast();
            if (last != client) {
                clients.set(client.listIndex, last);
                last.listIndex = client.listIndex;
            }
        }
    }

    private void lookForLostCharacters() {
        final long nowNs = clock.nanoTime();
        if (nowNs - nextLookNs < 0) {
            return;
        }
        nextLookNs = nowNs + ReplicationContext.LOST_CHARACTER_NS / 10;
        for (int i = 0; i < clients.size(); i++) {
            final ClientReplica client = clients.get(i);
            if (!client.isGone && nowNs - client.seenNs > ReplicationContext.LOST_CHARACTER_NS) {
                client.isGone = egress.offerGone(client.connectionId, RefusalCode.WORLD_FULL.value());
            }
        }
    }
}
