package io.orrery.client;

import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandKind;
import io.orrery.transport.message.codec.FrameDecoder;
import io.orrery.transport.message.codec.HelloEncoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.message.codec.RefusedDecoder;
import io.orrery.transport.message.codec.WelcomeDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One player's end of the conversation with a game server: connects, greets, sends commands until frames acknowledge them, and keeps what
 * frames show in {@link #entities()}.
 *
 * <p>Writing thread: the one that first calls {@link #connect} or {@link #doWork()}, and no other. Life: until {@link #close()};
 * {@link #connect} may be called again after each end, with a fresh token. Memory: fixed, and that of {@link ReplicatedEntities}.
 */
public final class OrreryClient implements AutoCloseable {
    /** Returned for a command while {@link Protocol#COMMANDS_MAX} are pending: give it again once frames come. */
    public static final long COMMANDS_FULL = -1;
    /** Returned for a command while the client is not {@link ClientState#IN_WORLD}. */
    public static final long NOT_IN_WORLD = -2;

    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    private final NanoClock clock;
    private final ClientListener listener;
    private final ClientTransportFactory transportFactory;
    private final long schemaHash;
    private final long helloIntervalNs;
    private final long helloTimeoutNs;
    private final long resendIntervalNs;

    private final ReplicatedEntities entities;
    private final CommandWindow commands = new CommandWindow();
    private final FrameEnvelope envelope = new FrameEnvelope();
    private final ClientCounters counters = new ClientCounters();
    private final UnsafeBuffer sendBuffer = new UnsafeBuffer(new byte[Protocol.MESSAGE_LENGTH_MAX]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WelcomeDecoder welcome = new WelcomeDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final FrameDecoder frame = new FrameDecoder();

    private Thread owner;
    private ClientTransport transport;
    private Events events;
    private ClientState state = ClientState.IDLE;
    private int transportState;
    private WorldInfo world;
    private Refusal refusal;
    private long sendDueNs;
    private long helloDeadlineNs;

    /**
     * Creates a client that is not connected.
     *
     * @param context concluded; its values are copied.
     * @throws IllegalStateException if the context is open.
     */
    public OrreryClient(final ClientContext context) {
        if (!context.isConcluded()) {
            throw new IllegalStateException("ClientContext is not concluded");
        }
        clock = context.clock();
        listener = context.listener();
        transportFactory = context.transportFactory();
        schemaHash = context.schema().hash();
        helloIntervalNs = context.helloIntervalNs();
        helloTimeoutNs = context.helloTimeoutNs();
        resendIntervalNs = context.resendIntervalNs();
        entities = new ReplicatedEntities(context.schema(), listener);
    }

    /**
     * Starts to connect. What an earlier connection showed is forgotten, and commands count from 1 again.
     *
     * @param connectToken of 2,048 bytes, from a lobby, used once. If it is not valid, or if there is no room for another connection, the
     *     state is {@link ClientState#CONNECT_FAILED} on return.
     * @throws IllegalStateException while a connection stands or is being made, and once closed.
     */
    public void connect(final byte[] connectToken) {
        assertOwner();
        if (state != ClientState.IDLE && !state.isEnd() || state == ClientState.CLOSED) {
            throw new IllegalStateException("state=" + state + ", must be IDLE or an end other than CLOSED");
        }
        closeTransport();
        entities.clear();
        commands.clear();
        world = null;
        refusal = null;
        transportState = ClientTransport.STATE_DISCONNECTED;
        events = new Events();
        transport = transportFactory.create(events);
        if (transport == null) {
            enter(ClientState.CONNECT_FAILED);
            return;
        }
        enter(ClientState.CONNECTING);
        transport.connect(connectToken);
    }

    /** Ends the connection, telling the server. Idempotent; the client is of no use afterwards. */
    @Override
    public void close() {
        if (state != ClientState.CLOSED) {
            assertOwner();
            closeTransport();
            enter(ClientState.CLOSED);
        }
    }

    /** Ends the connection, telling the server; {@link #connect} may follow. Does nothing if there is none. */
    public void disconnect() {
        assertOwner();
        if (state != ClientState.IDLE && !state.isEnd()) {
            closeTransport();
            transportState = ClientTransport.STATE_DISCONNECTED;
            enter(ClientState.DISCONNECTED);
        }
    }

    /**
     * Does what is due: receives, greets, sends pending commands again.
     *
     * @return how much was done, 0 for nothing.
     */
    public int doWork() {
        return doWork(clock.nanoTime());
    }

    /**
     * As {@link #doWork()}, for callers that drive many clients with one look at the clock.
     *
     * @param nowNs of the client's clock.
     * @return how much was done, 0 for nothing.
     */
    public int doWork(final long nowNs) {
        assertOwner();
        if (transport == null) {
            return 0;
        }
        if (state.isEnd()) {
            closeTransport();
            return 1;
        }

        int workCount = transport.doWork();
        if (state == ClientState.GREETING) {
            workCount += greet(nowNs);
        } else if (state == ClientState.IN_WORLD && commands.pendingCount() > 0 && nowNs - sendDueNs >= 0) {
            workCount += sendCommands(nowNs);
        }
        return workCount;
    }

    /**
     * Asks the server to let the character walk.
     *
     * @param heading16 direction in 1/65,536 turn, 0 = +x, counter-clockwise; only the low 16 bits count.
     * @return sequence of the command, from 1; {@link #COMMANDS_FULL} or {@link #NOT_IN_WORLD} if it was not taken.
     */
    public long move(final int heading16) {
        return give(CommandKind.MOVE, heading16);
    }

    /**
     * Asks the server to let the character stand still.
     *
     * @return sequence of the command, from 1; {@link #COMMANDS_FULL} or {@link #NOT_IN_WORLD} if it was not taken.
     */
    public long stop() {
        return give(CommandKind.STOP, 0);
    }

    /**
     * Where the client stands.
     *
     * @return never null.
     */
    public ClientState state() {
        return state;
    }

    /**
     * Where its transport stands, or stood when it ended.
     *
     * @return number of the netcode standard, -6 to 3.
     */
    public int transportState() {
        return transportState;
    }

    /**
     * What Welcome said.
     *
     * @return null until it came.
     */
    public WorldInfo world() {
        return world;
    }

    /**
     * Why the conversation ended.
     *
     * @return null unless {@link ClientState#REFUSED}.
     */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * What is shown.
     *
     * @return the same object for the client's life.
     */
    public ReplicatedEntities entities() {
        return entities;
    }

    /**
     * Newest command that a frame acknowledged.
     *
     * @return sequence from 1, 0 for none.
     */
    public long acknowledgedCommand() {
        return commands.acknowledged();
    }

    /**
     * Commands that no frame acknowledged yet.
     *
     * @return 0 to {@link Protocol#COMMANDS_MAX}.
     */
    public int pendingCommandCount() {
        return commands.pendingCount();
    }

    /**
     * What was counted.
     *
     * @return the same object for the client's life.
     */
    public ClientCounters counters() {
        return counters;
    }

    private int greet(final long nowNs) {
        if (nowNs - helloDeadlineNs >= 0) {
            enter(ClientState.HELLO_UNANSWERED);
            return 1;
        }
        if (nowNs - sendDueNs < 0) {
            return 0;
        }
        sendDueNs = nowNs + helloIntervalNs;
        hello.wrapAndApplyHeader(sendBuffer, 0, headerEncoder).protocolVersion(Protocol.VERSION).schemaHash(schemaHash);
        send(HEADER_LENGTH + hello.encodedLength());
        return 1;
    }

    private long give(final CommandKind kind, final int heading16) {
        assertOwner();
        if (state != ClientState.IN_WORLD) {
            return NOT_IN_WORLD;
        }
        if (commands.isFull()) {
            return COMMANDS_FULL;
        }
        final long sequence = commands.add(kind, heading16);
        sendCommands(clock.nanoTime());
        return sequence;
    }

    private int sendCommands(final long nowNs) {
        sendDueNs = nowNs + resendIntervalNs;
        send(commands.encode(sendBuffer));
        return 1;
    }

    private void send(final int length) {
        if (transport.send(Protocol.CHANNEL_UNRELIABLE, sendBuffer, 0, length) < 0) {
            counters.sendsRefused++;
        }
    }

    private void onConnected() {
        if (state == ClientState.CONNECTING) {
            final long nowNs = clock.nanoTime();
            sendDueNs = nowNs;
            helloDeadlineNs = nowNs + helloTimeoutNs;
            enter(ClientState.GREETING);
        }
    }

    private void onTransportState(final int newState) {
        transportState = newState;
        if (newState > ClientTransport.STATE_DISCONNECTED || state.isEnd()) {
            return;
        }
        enter(state == ClientState.CONNECTING ? ClientState.CONNECT_FAILED : ClientState.DISCONNECTED);
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        counters.payloads++;
        counters.payloadBytes += length;
        if (state != ClientState.GREETING && state != ClientState.IN_WORLD) {
            return;
        }
        if (length < HEADER_LENGTH) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || header.version() == 0) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }
        switch (header.templateId()) {
            case FrameDecoder.TEMPLATE_ID -> onFrame(buffer, offset, length);
            case WelcomeDecoder.TEMPLATE_ID -> onWelcome(buffer, offset, length);
            case RefusedDecoder.TEMPLATE_ID -> onRefused(buffer, offset, length);
            default -> fault(ClientFault.UNKNOWN_MESSAGE);
        }
    }

    private void onWelcome(final DirectBuffer buffer, final int offset, final int length) {
        if (!hasBlock(length, WelcomeDecoder.BLOCK_LENGTH)) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }
        if (state == ClientState.IN_WORLD) {
            return;
        }

        welcome.wrap(buffer, offset + HEADER_LENGTH, header.blockLength(), header.version());
        if (welcome.protocolVersion() != Protocol.VERSION) {
            refuse(new Refusal(RefusalCode.PROTOCOL_VERSION.value(), welcome.protocolVersion(), Protocol.VERSION));
        } else if (welcome.schemaHash() != schemaHash) {
            refuse(new Refusal(RefusalCode.SCHEMA_HASH.value(), welcome.schemaHash(), schemaHash));
        } else if (welcome.tickPeriodNs() == 0 || welcome.worldWidthCm() == 0 || welcome.worldHeightCm() == 0) {
            fault(ClientFault.MALFORMED_MESSAGE);
        } else {
            world = new WorldInfo(
                welcome.entityId(), welcome.tickPeriodNs(), welcome.worldWidthCm(), welcome.worldHeightCm(),
                welcome.interestRadiusCm(), welcome.moveSpeedCmPerS(), welcome.nodeEpoch());
            enter(ClientState.IN_WORLD);
        }
    }

    private void onRefused(final DirectBuffer buffer, final int offset, final int length) {
        if (!hasBlock(length, RefusedDecoder.BLOCK_LENGTH)) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }
        refused.wrap(buffer, offset + HEADER_LENGTH, header.blockLength(), header.version());
        refuse(new Refusal(refused.codeRaw(), refused.expected(), refused.found()));
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        final int bodyLengthOffset = HEADER_LENGTH + header.blockLength();
        final int bodyOffset = bodyLengthOffset + FrameDecoder.bodyHeaderLength();
        if (!hasBlock(length, FrameDecoder.BLOCK_LENGTH) || length < bodyOffset) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }
        final int bodyLength = buffer.getShort(offset + bodyLengthOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final boolean mayBeLonger = header.version() > FrameDecoder.SCHEMA_VERSION;
        if (length < bodyOffset + bodyLength || length > bodyOffset + bodyLength && !mayBeLonger) {
            fault(ClientFault.MALFORMED_MESSAGE);
            return;
        }

        frame.wrap(buffer, offset + HEADER_LENGTH, header.blockLength(), header.version());
        final int result = entities.onFrame(frame.frameNumber(), frame.slot(), buffer, offset + bodyOffset, bodyLength);
        switch (result) {
            case ReplicatedEntities.NEWEST -> onNewestFrame(bodyLength);
            case ReplicatedEntities.NEWEST_LACKING -> {
                fault(ClientFault.UNKNOWN_BASELINE);
                onNewestFrame(bodyLength);
            }
            case ReplicatedEntities.LATE -> counters.framesLate++;
            case ReplicatedEntities.LATE_LACKING -> {
                counters.framesLate++;
                fault(ClientFault.UNKNOWN_BASELINE);
            }
            case ReplicatedEntities.IGNORED -> counters.framesIgnored++;
            default -> fault(ClientFault.MALFORMED_FRAME);
        }
    }

    private void onNewestFrame(final int bodyLength) {
        counters.framesShown++;
        final long lastCommand = commands.unwrap(frame.lastCommand());
        if (!commands.acknowledge(frame.lastCommand())) {
            fault(ClientFault.UNKNOWN_COMMAND);
        }
        envelope.numbers(entities.readFrame(), entities.readSlot(), bodyLength)
            .command(lastCommand, frame.commandAge())
            .time(frame.timeFactorPercent(), frame.lostSlotCount());
        listener.onFrame(envelope);
    }

    private boolean hasBlock(final int length, final int blockLengthMin) {
        return header.blockLength() >= blockLengthMin && length >= HEADER_LENGTH + header.blockLength();
    }

    private void refuse(final Refusal reason) {
        refusal = reason;
        enter(ClientState.REFUSED);
    }

    private void fault(final ClientFault fault) {
        counters.faults[fault.ordinal()]++;
        listener.onFault(fault);
    }

    private void enter(final ClientState newState) {
        if (state != newState) {
            state = newState;
            listener.onStateChange(newState);
        }
    }

    private void closeTransport() {
        if (transport != null) {
            final ClientTransport closing = transport;
            transport = null;
            events = null;
            closing.close();
        }
    }

    private void assertOwner() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        assert owner == Thread.currentThread()
            : "called on " + Thread.currentThread() + ", owned by " + owner + ": drive a client from one thread";
    }

    /** Ears for one transport's life: what an earlier one still says is not heard. */
    private final class Events implements ClientTransportEvents {
        @Override
        public void onConnected() {
            if (this == events) {
                OrreryClient.this.onConnected();
            }
        }

        @Override
        public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
            if (this == events) {
                onMessage(buffer, offset, length);
            }
        }

        @Override
        public void onStateChange(final int newState) {
            if (this == events) {
                onTransportState(newState);
            }
        }
    }
}
