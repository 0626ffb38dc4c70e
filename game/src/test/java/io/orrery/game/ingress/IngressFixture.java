package io.orrery.game.ingress;

import io.orrery.game.SteppedWorld;
import io.orrery.game.replication.ReplicationInbox;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandKind;
import io.orrery.transport.message.codec.CommandsEncoder;
import io.orrery.transport.message.codec.HelloEncoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusedDecoder;
import io.orrery.transport.message.codec.WelcomeDecoder;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.token.ConnectTokenUserData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An ingress with a real world behind it and a sender that remembers. */
final class IngressFixture implements ClientSender {
    static final long NODE_EPOCH = 7;

    final SteppedWorld stepped;
    final ReplicationInbox inbox = new ReplicationInbox(1 << 10);
    final ClientIngress ingress;
    /** What was sent, as text, in order. */
    final List<String> sent = new ArrayList<>();
    private boolean isRecording = true;
    private long nextConnectionId = 1;

    IngressFixture(final int commandRingCapacity) {
        stepped = new SteppedWorld(context -> context.widthMetres(1_024).heightMetres(512).partitionColumns(2).partitionRows(1)
            .commandProducerCount(1).commandRingCapacity(commandRingCapacity).entityCapacity(64).ghostCapacity(64).viewReaderCount(1));
        ingress = new ClientIngress(new IngressContext()
            .world(stepped.world, 1_024, 512).rules(100, 6, SteppedWorld.PERIOD_NS)
            .replicationInboxes(new ReplicationInbox[] {inbox}).nodeEpoch(NODE_EPOCH).random(new SplittableRandom(1)).conclude());
        ingress.sender(this);
    }

    long connect() {
        return connect(10_000, 20_000);
    }

    long connect(final int startXCm, final int startYCm) {
        final long connectionId = nextConnectionId++;
        ingress.onConnected(connectionId, 1_000 + connectionId, userData(NODE_EPOCH, startXCm, startYCm), 0);
        return connectionId;
    }

    /** A client in the world. */
    long enter() {
        final long connectionId = connect();
        give(connectionId, hello());
        return connectionId;
    }

    void give(final long connectionId, final byte[] message) {
        final UnsafeBuffer around = new UnsafeBuffer(new byte[message.length + 64]);
        around.setMemory(0, around.capacity(), (byte) 0x5A);
        around.putBytes(32, message);
        ingress.onPayload(connectionId, around, 32, message.length);
    }

    void pauseRecording() {
        isRecording = false;
    }

    static UnsafeBuffer userData(final long nodeEpoch, final int startXCm, final int startYCm) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ConnectTokenUserData.LENGTH]);
        ConnectTokenUserData.write(buffer, 0,
            new ConnectTokenUserData.Fields(ConnectTokenUserData.ROLE_PLAYER, nodeEpoch, 1, 2, 3, 4, 5, startXCm, startYCm));
        return buffer;
    }

    static byte[] hello() {
        return hello(Protocol.VERSION, ReplicationSchema.STANDARD.hash());
    }

    static byte[] hello(final int protocolVersion, final long schemaHash) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .protocolVersion(protocolVersion).schemaHash(schemaHash);
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength());
    }

    /** So many commands to walk east, then one to stand if asked for. */
    static byte[] commands(final long firstSequence, final int moveCount, final boolean isStopped) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        final CommandsEncoder commands = new CommandsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .firstSequence(firstSequence);
        final CommandsEncoder.EntriesEncoder entries = commands.entriesCount(moveCount + (isStopped ? 1 : 0));
        for (int i = 0; i < moveCount; i++) {
            entries.next().kind(CommandKind.MOVE).heading(0);
        }
        if (isStopped) {
            entries.next().kind(CommandKind.STOP).heading(0);
        }
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + commands.encodedLength());
    }

    @Override
    public void send(final long connectionId, final DirectBuffer message, final int length) {
        if (isRecording) {
            sent.add(connectionId + " " + describe(message, length));
        }
    }

    @Override
    public void disconnect(final long connectionId) {
        sent.add(connectionId + " disconnect");
        ingress.onDisconnected(connectionId, DisconnectReason.values()[0]);
    }

    private static String describe(final DirectBuffer message, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, 0);
        if (header.templateId() == RefusedDecoder.TEMPLATE_ID) {
            final RefusedDecoder refused = new RefusedDecoder().wrapAndApplyHeader(message, 0, header);
            return "refused " + refused.code() + " " + refused.expected() + " " + refused.found();
        }
        final WelcomeDecoder welcome = new WelcomeDecoder().wrapAndApplyHeader(message, 0, header);
        return "welcome v" + welcome.protocolVersion() + " " + Long.toHexString(welcome.schemaHash())
            + " entity " + welcome.entityId() + " " + welcome.tickPeriodNs() + " ns "
            + welcome.worldWidthCm() + "x" + welcome.worldHeightCm()
            + " cm radius " + welcome.interestRadiusCm() + " speed " + welcome.moveSpeedCmPerS() + " epoch " + welcome.nodeEpoch()
            + " length " + length;
    }
}
