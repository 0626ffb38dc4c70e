package io.orrery.game.ingress;

import io.orrery.game.replication.ReplicationInbox;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandKind;
import io.orrery.transport.message.codec.CommandsDecoder;
import io.orrery.transport.message.codec.HelloDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.message.codec.RefusedEncoder;
import io.orrery.transport.message.codec.WelcomeEncoder;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.token.ConnectTokenUserData;
import io.orrery.transport.udp.ConnectionEvents;
import io.orrery.world.command.CommandProxy;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.World;
import java.util.ArrayList;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Takes what clients say: lets them into the world, routes their commands to the partition that owns their character, and takes them out.
 *
 * <p>Writing thread: {@code net-io}. Memory: one {@link ConnectedClient} for each connection, which the transport bounds.
 *
 * <p>Guarantees (G1) a character is asked into the world once for a connection, and out of it once, however full the inboxes are: what was
 * not taken is offered again by {@link #doWork()}; (G2) a command reaches the character of its own connection only; (G3) a message that
 * cannot be read changes nothing but a count, and {@value #MALFORMED_MAX} of them end the connection.
 */
public final class ClientIngress implements ConnectionEvents {
    /** Messages that cannot be read, after which a connection is ended. */
    public static final int MALFORMED_MAX = 16;
    private static final double START_MARGIN_METRES = 20;
    private static final double CM_PER_METRE = 100;

    private final World world;
    private final CommandProxy commands;
    private final EntityIdAllocator entityIds;
    private final IngressContext context;
    private final ReplicationInbox[] replicationInboxes;
    private final TelemetrySink telemetry;
    private final IngressCounters counters = new IngressCounters();
    private final Long2ObjectHashMap<ConnectedClient> clientByConnection = new Long2ObjectHashMap<>();
    private final ArrayList<ConnectedClient> pending = new ArrayList<>();
    private final ConnectTokenUserData userDataFlyweight = new ConnectTokenUserData();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final CommandsDecoder commandsMessage = new CommandsDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final ExpandableArrayBuffer answer = new ExpandableArrayBuffer(128);
    private ClientSender sender;
    private int nextReplicationIndex;
    private volatile boolean isDraining;

    /**
     * Creates an ingress without clients.
     *
     * @param context concluded.
     */
    public ClientIngress(final IngressContext context) {
        this.context = context;
        world = context.world();
        commands = world.newCommandProxy();
        entityIds = world.newIdAllocator();
        replicationInboxes = context.replicationInboxes();
        telemetry = context.telemetry();
    }

    /**
     * Sets the way back, once, before the first event; the transport needs its events' receiver before it can exist itself.
     *
     * @param clientSender used on the network thread only.
     */
    public void sender(final ClientSender clientSender) {
        sender = clientSender;
    }

    /**
     * Offers again what an inbox did not take.
     *
     * @return how much was done.
     */
    public int doWork() {
        int work = 0;
        for (int i = pending.size() - 1; i >= 0; i--) {
            final ConnectedClient client = pending.get(i);
            work += settle(client) ? 1 : 0;
            if (!client.hasPendingWork()) {
                pending.set(i, pending.getLast());
                pending.removeLast();
            }
        }
        return work;
    }

    /** Lets nobody in any more: connection attempts are vetoed, and who says hello is told that the server is draining. Any thread. */
    public void drain() {
        isDraining = true;
    }

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        userDataFlyweight.wrap(userData, offset);
        final boolean isOurs = userDataFlyweight.layoutVersion() == ConnectTokenUserData.LAYOUT_VERSION
            && userDataFlyweight.nodeEpoch() == context.nodeEpoch();
        if (!isOurs) {
            counters.add(IngressCounters.STALE_EPOCH, 1);
        }
        return isOurs && !isDraining;
    }

    @Override
    public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
        userDataFlyweight.wrap(userData, offset);
        clientByConnection.put(connectionId, new ConnectedClient(
            connectionId,
            userDataFlyweight.characterId(),
            userDataFlyweight.roles(),
            userDataFlyweight.startXCm(),
            userDataFlyweight.startYCm(),
            context.clock().nanoTime()));
        counters.add(IngressCounters.CLIENTS, 1);
    }

    @Override
    public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
        final ConnectedClient client = clientByConnection.get(connectionId);
        if (client == null) {
            return;
        }
        if (!isRead(client, buffer, offset, length)) {
            counters.add(IngressCounters.MALFORMED, 1);
            client.malformedCount++;
            if (client.malformedCount == MALFORMED_MAX) {
                refuse(client, RefusalCode.MALFORMED, MALFORMED_MAX - 1, client.malformedCount);
            }
        }
    }

    @Override
    public void onAcked(final long connectionId, final long tag) {
        final ConnectedClient client = clientByConnection.get(connectionId);
        if (client != null && client.isInWorld() && !replicationInboxes[client.replicationIndex].offerAcked(connectionId, tag)) {
            counters.add(IngressCounters.ACKS_LOST, 1);
        }
    }

    @Override
    public void onDisconnected(final long connectionId, final DisconnectReason reason) {
        final ConnectedClient client = clientByConnection.remove(connectionId);
        if (client == null) {
            return;
        }
        counters.add(IngressCounters.CLIENTS, -1);
        if (client.isInWorld()) {
            client.isDespawnPending = true;
            client.isLeavePending = !client.isJoinPending;
            client.isJoinPending = false;
            settleOrKeep(client);
        }
    }

    /**
     * Tells where a client's character is and what it has done, as its newest frame says.
     *
     * @param connectionId of the transport; unknown ones are ignored.
     * @param partition that owned the character.
     * @param appliedSequence newest command applied.
     */
    public void onFrame(final long connectionId, final int partition, final long appliedSequence) {
        final ConnectedClient client = clientByConnection.get(connectionId);
        if (client != null) {
            client.partition = partition;
            client.appliedSequence = Math.max(client.appliedSequence, appliedSequence);
        }
    }

    /**
     * Ends a client's conversation with a reason.
     *
     * @param connectionId of the transport; unknown ones are ignored.
     * @param code why.
     */
    public void refuse(final long connectionId, final RefusalCode code) {
        final ConnectedClient client = clientByConnection.get(connectionId);
        if (client != null) {
            refuse(client, code, 0, 0);
        }
    }

    /**
     * Counts since start.
     *
     * @return may be read by any thread.
     */
    public IngressCounters counters() {
        return counters;
    }

    private boolean isRead(final ConnectedClient client, final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != HelloDecoder.SCHEMA_ID) {
            return false;
        }
        final int bodyLength = length - MessageHeaderDecoder.ENCODED_LENGTH;
        return switch (header.templateId()) {
            case HelloDecoder.TEMPLATE_ID -> readHello(client, buffer, offset, bodyLength);
            case CommandsDecoder.TEMPLATE_ID -> readCommands(client, buffer, offset, bodyLength);
            default -> false;
        };
    }

    private boolean readHello(final ConnectedClient client, final DirectBuffer buffer, final int offset, final int bodyLength) {
        if (header.blockLength() < HelloDecoder.BLOCK_LENGTH || header.blockLength() > bodyLength) {
            return false;
        }
        hello.wrapAndApplyHeader(buffer, offset, header);
        if (hello.protocolVersion() != Protocol.VERSION) {
            refuse(client, RefusalCode.PROTOCOL_VERSION, Protocol.VERSION, hello.protocolVersion());
        } else if (hello.schemaHash() != ReplicationSchema.STANDARD.hash()) {
            refuse(client, RefusalCode.SCHEMA_HASH, ReplicationSchema.STANDARD.hash(), hello.schemaHash());
        } else if (isDraining && !client.isInWorld()) {
            refuse(client, RefusalCode.DRAINING, 0, 0);
        } else if (client.isInWorld() || enterWorld(client)) {
            sendWelcome(client);
        }
        return true;
    }

    private boolean readCommands(final ConnectedClient client, final DirectBuffer buffer, final int offset, final int bodyLength) {
        final int groupOffset = header.blockLength();
        if (groupOffset < CommandsDecoder.BLOCK_LENGTH
            || groupOffset + CommandsDecoder.EntriesDecoder.sbeHeaderSize() > bodyLength) {
            return false;
        }
        commandsMessage.wrapAndApplyHeader(buffer, offset, header);
        final long firstSequence = commandsMessage.firstSequence();
        final CommandsDecoder.EntriesDecoder entries = commandsMessage.entries();
        final int entriesLength = entries.count() * entries.actingBlockLength();
        if (firstSequence == 0
            || entries.count() == 0 || entries.count() > Protocol.COMMANDS_MAX
            || entries.actingBlockLength() < CommandsDecoder.EntriesDecoder.sbeBlockLength()
            || groupOffset + CommandsDecoder.EntriesDecoder.sbeHeaderSize() + entriesLength > bodyLength) {
            return false;
        }

        boolean isWhole = true;
        long sequence = firstSequence;
        while (entries.hasNext()) {
            entries.next();
            isWhole &= route(client, sequence, entries.kindRaw(), entries.heading());
            sequence++;
        }
        return isWhole;
    }

    /** Hands a command to the world; one that is applied already, or finds no room, is left out: the client repeats what is not applied. */
    private boolean route(final ConnectedClient client, final long sequence, final int kind, final int heading) {
        if (kind != CommandKind.MOVE.value() && kind != CommandKind.STOP.value()) {
            return false;
        }
        if (!client.isInWorld() || sequence <= client.appliedSequence) {
            return true;
        }

        final boolean isTaken = kind == CommandKind.MOVE.value()
            ? commands.offerMove(client.partition, client.entityId, sequence, heading)
            : commands.offerStop(client.partition, client.entityId, sequence);
        counters.add(isTaken ? IngressCounters.COMMANDS : IngressCounters.COMMANDS_FULL, 1);
        return true;
    }

    private boolean enterWorld(final ConnectedClient client) {
        final float x = startMetres(client.startXCm, context.widthMetres());
        final float y = startMetres(client.startYCm, context.heightMetres());
        final int partition = world.partitionAt(x, y);
        final long entityId = entityIds.next();
        if (!commands.offerSpawnPlayer(partition, entityId, x, y)) {
            counters.add(IngressCounters.COMMANDS_FULL, 1);
            return false;
        }

        client.entityId = entityId;
        client.partition = partition;
        client.replicationIndex = nextReplicationIndex;
        nextReplicationIndex = (nextReplicationIndex + 1) % replicationInboxes.length;
        client.isJoinPending = true;
        settleOrKeep(client);
        telemetry.offerLatency(Measure.CONNECT, context.clock().nanoTime() - client.connectedNs);
        return true;
    }

    private float startMetres(final int startCm, final double extentMetres) {
        if (startCm == ConnectTokenUserData.POSITION_ANY) {
            return (float) context.random().nextDouble(START_MARGIN_METRES, extentMetres - START_MARGIN_METRES);
        }
        return (float) Math.clamp(startCm / CM_PER_METRE, 0, extentMetres);
    }

    private void settleOrKeep(final ConnectedClient client) {
        settle(client);
        if (client.hasPendingWork() && !pending.contains(client)) {
            pending.add(client);
        }
    }

    private boolean settle(final ConnectedClient client) {
        final ReplicationInbox inbox = replicationInboxes[client.replicationIndex];
        boolean isProgress = false;
        if (client.isJoinPending && inbox.offerJoined(client.connectionId, client.entityId, client.partition)) {
            client.isJoinPending = false;
            isProgress = true;
        }
        if (client.isDespawnPending && commands.offerDespawn(client.partition, client.entityId)) {
            client.isDespawnPending = false;
            isProgress = true;
        }
        if (client.isLeavePending && inbox.offerLeft(client.connectionId)) {
            client.isLeavePending = false;
            isProgress = true;
        }
        return isProgress;
    }

    private void sendWelcome(final ConnectedClient client) {
        welcome.wrapAndApplyHeader(answer, 0, headerEncoder)
            .protocolVersion(Protocol.VERSION)
            .schemaHash(ReplicationSchema.STANDARD.hash())
            .entityId(client.entityId)
            .tickPeriodNs(context.tickPeriodNs())
            .worldWidthCm(Math.round(context.widthMetres() * CM_PER_METRE))
            .worldHeightCm(Math.round(context.heightMetres() * CM_PER_METRE))
            .interestRadiusCm(Math.round(context.interestRadiusMetres() * CM_PER_METRE))
            .moveSpeedCmPerS(Math.round(context.moveSpeedMetresPerSecond() * CM_PER_METRE))
            .nodeEpoch(context.nodeEpoch());
        sender.send(client.connectionId, answer, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength());
    }

    private void refuse(final ConnectedClient client, final RefusalCode code, final long expected, final long found) {
        refused.wrapAndApplyHeader(answer, 0, headerEncoder).code(code).expected(expected).found(found);
        sender.send(client.connectionId, answer, MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength());
        counters.add(IngressCounters.REFUSED, 1);
        sender.disconnect(client.connectionId);
    }
}
