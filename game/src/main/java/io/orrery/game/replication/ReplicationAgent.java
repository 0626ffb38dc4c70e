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
 * <p>Writing thread: {@code replication-*}, one agent for a group of clients. It follows the ticks; where it falls behind
 * it skips views and nobody waits. A client whose character crosses into another partition keeps its replica and its frame numbers.
 *
 * <p>Memory: a {@link PartitionHistory} for each partition, a {@link ClientReplica} for each client; nothing is allocated for a frame.
 */
public final class ReplicationAgent implements Agent {
    private static final int INBOX_LIMIT = 4_096;
    private static final int NOT_OWNED = -1;

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
        if (isOwned(view, row)) {
            return send(client, view, row, nowNs);
        }
        client.missedViewCount++;
        return follow(client, nowNs);
    }

    /**
     * The character has left the partition, or is on its way: looks for it in the others' newest views, which is rare.
     * Where it is, its client is served from now on, at once if that view's turn is over already.
     */
    private boolean follow(final ClientReplica client, final long nowNs) {
        final int from = client.partition;
        int newestEpoch = NOT_OWNED;
        for (int partition = 0; partition < viewReaders.length; partition++) {
            final int ownerEpoch = partition == from ? NOT_OWNED : ownerEpoch(client.entityId, partition);
            if (ownerEpoch > newestEpoch) {
                newestEpoch = ownerEpoch;
                client.partition = partition;
            }
        }
        return newestEpoch != NOT_OWNED && sendFrom(client, client.partition, nowNs);
    }

    /** Owner epoch of an entity in a partition's newest view, which may lag behind a handoff: of two owners the higher is newer. */
    private int ownerEpoch(final long entityId, final int partition) {
        final TickView view = viewReaders[partition].acquire();
        if (view == null) {
            return NOT_OWNED;
        }
        try {
            final int row = view.rowOf(entityId);
            return isOwned(view, row) ? view.ownerEpochs()[row] : NOT_OWNED;
        } finally {
            viewReaders[partition].release();
        }
    }

    private boolean sendFrom(final ClientReplica client, final int partition, final long nowNs) {
        final TickView view = viewReaders[partition].acquire();
        try {
            final int row = view.slot() == histories[partition].slot() ? view.rowOf(client.entityId) : TickView.MISSING;
            return isOwned(view, row) && send(client, view, row, nowNs);
        } finally {
            viewReaders[partition].release();
        }
    }

    private static boolean isOwned(final TickView view, final int row) {
        return row >= 0 && (view.flags()[row] & TickView.FLAG_GHOST) == 0;
    }

    private boolean send(final ClientReplica client, final TickView view, final int row, final long nowNs) {
        client.seenNs = nowNs;
        client.missedViewCount = 0;
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
            final boolean isLost = client.missedViewCount >= ReplicationContext.LOST_CHARACTER_VIEWS
                && nowNs - client.seenNs > ReplicationContext.LOST_CHARACTER_NS;
            if (isLost && !client.isGone) {
                client.isGone = egress.offerGone(client.connectionId, RefusalCode.NOT_IN_WORLD.value());
            }
        }
    }
}
