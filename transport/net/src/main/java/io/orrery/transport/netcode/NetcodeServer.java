package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * The server's side of netcode 1.02: handshakes, sessions, replay protection, keep-alives, time-outs. Knows no socket.
 *
 * <p>Writing thread: the one that calls {@link #doWork()} and {@link #onDatagram}, and no other. Memory: fixed by the context's capacities.
 * No allocation per packet once connected (with a cipher that makes none).
 *
 * <p>Guarantees (G1) no answer to a packet that fails; (G2) no more bytes to an address than it sent until it is connected; (G3) a connect
 * token gets one slot in its life; (G4) the replay window moves only for authentic packets; (G5) no scan over clients for a packet.
 */
public final class NetcodeServer {
    /** Where {@link #payloadBuffer()} takes the payload. */
    public static final int PAYLOAD_OFFSET = Netcode.HEADER_LENGTH_MAX;

    private static final int ALLOWED_TYPES =
        1 << Netcode.RESPONSE | 1 << Netcode.KEEP_ALIVE | 1 << Netcode.PAYLOAD | 1 << Netcode.DISCONNECT;
    /** Denied and challenge packets count from here, so that they never share a nonce with a session's packets. */
    private static final long GLOBAL_SEQUENCE_START = 1L << 63;
    private static final long NANOS_PER_S = 1_000_000_000L;
    private static final long MILLIS_PER_S = 1_000L;
    /** How long a handshake is kept whose token switches time-outs off. */
    private static final long HANDSHAKE_DEFAULT_NS = 5 * NANOS_PER_S;
    /** Timers called and tokens forgotten per {@link #doWork()} at most; the rest waits for the next call. */
    private static final int TIMER_LIMIT = 512;
    private static final int FORGET_LIMIT = 64;

    private static final int CHALLENGE_USER_DATA_OFFSET = 8;
    private static final int CHALLENGE_TAG_OFFSET = CHALLENGE_USER_DATA_OFFSET + Netcode.USER_DATA_LENGTH;

    private final NanoClock nanoClock;
    private final EpochClock epochClock;
    private final DatagramSender sender;
    private final NetcodeServerHandler handler;
    private final NetCounters counters;
    private final PacketCodec codec;
    private final TokenCipher tokenCipher;
    private final PeerTable peers;
    private final TokenHistory history;
    private final RequestGate gate;
    private final TimerWheel wheel;
    private final UnsafeBuffer challengeKey;
    private final UnsafeBuffer deniedKey = OffHeap.allocate(Netcode.KEY_LENGTH);
    private final UnsafeBuffer unusedKey = OffHeap.allocate(Netcode.KEY_LENGTH);
    private final UnsafeBuffer control = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);
    private final UnsafeBuffer payload = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);

    private long nowNs;
    private long nowS;
    private long globalSequence = GLOBAL_SEQUENCE_START;
    private long challengeSequence;

    /**
     * Creates a server without clients.
     *
     * @param context concluded; its values are copied.
     * @param sender the way out.
     * @param handler told of connections and payloads.
     */
    public NetcodeServer(final NetcodeServerContext context, final DatagramSender sender, final NetcodeServerHandler handler) {
        nanoClock = context.nanoClock();
        epochClock = context.epochClock();
        this.sender = sender;
        this.handler = handler;
        counters = context.counters();
        codec = new PacketCodec(context.cipher(), context.protocolId());
        tokenCipher = new TokenCipher(context.cipher());
        peers = new PeerTable(context.clientCapacity(), context.handshakeCapacity(), this::onPeerTimer);
        history = new TokenHistory(context.tokenHistoryCapacity());
        gate = new RequestGate(context, tokenCipher, peers, history, handler);
        final byte[] key = new byte[Netcode.KEY_LENGTH];
        context.random().nextBytes(key);
        challengeKey = OffHeap.copyOf(key);
        sampleClocks();
        wheel = new TimerWheel(nowNs);
    }

    /**
     * Samples the clocks and does what is due: time-outs, keep-alives, forgetting of expired tokens. Call before a batch of datagrams.
     *
     * @return how much was done; bounded per call.
     */
    public int doWork() {
        sampleClocks();
        return wheel.poll(nowNs, TIMER_LIMIT) + history.forgetExpired(nowS, FORGET_LIMIT);
    }

    /**
     * Takes one datagram, whatever it holds; its bytes are overwritten.
     *
     * @param source where it came from.
     * @param buffer off-heap; not kept.
     * @param offset of the datagram, in bytes.
     * @param length of the datagram, in bytes.
     */
    public void onDatagram(final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (length > 0 && buffer.getByte(offset) == Netcode.REQUEST) {
            onRequest(source, buffer, offset, length);
            return;
        }
        final RefusalReason malformed = codec.parse(buffer, offset, length, ALLOWED_TYPES);
        if (malformed != null) {
            counters.onRefused(malformed);
            return;
        }
        final Peer peer = peers.find(source);
        if (peer == null) {
            counters.onRefused(RefusalReason.UNKNOWN_SOURCE);
            return;
        }
        final boolean isGuarded = peer.isConnected() && codec.isReplayProtected();
        if (isGuarded && peer.replayWindow.isReplayed(codec.sequence())) {
            counters.onRefused(RefusalReason.REPLAYED);
            return;
        }
        if (!codec.open(peer.clientToServerKey, buffer)) {
            counters.onRefused(RefusalReason.NOT_AUTHENTIC);
            return;
        }
        if (isGuarded) {
            peer.replayWindow.advance(codec.sequence());
        }
        if (!codec.isBodyLengthValid()) {
            counters.onRefused(RefusalReason.BODY_SIZE);
            return;
        }
        if (peer.isConnected()) {
            onSessionPacket(peer, buffer);
        } else {
            onHandshakePacket(peer, buffer);
        }
    }

    /**
     * Where to compose the payload that {@link #sendPayload} sends.
     *
     * @return off-heap; the payload goes to {@link #PAYLOAD_OFFSET}, at most 1,200 bytes.
     */
    public MutableDirectBuffer payloadBuffer() {
        return payload;
    }

    /**
     * Sends the payload composed in {@link #payloadBuffer()}, which is overwritten.
     *
     * @param connectionId to whom.
     * @param length 1 to 1,200 bytes.
     * @return {@link SendResult#SENT}, or below 0: {@link SendResult#NOT_CONNECTED}, {@link SendResult#TOO_LONG},
     *     {@link SendResult#BACK_PRESSURED}.
     */
    public int sendPayload(final long connectionId, final int length) {
        final Peer peer = peers.connected(connectionId);
        if (peer == null) {
            return SendResult.NOT_CONNECTED;
        }
        if (length < 1 || length > Netcode.PAYLOAD_LENGTH_MAX) {
            return SendResult.TOO_LONG;
        }
        if (!peer.isConfirmed) {
            sendKeepAlive(peer);
        }
        if (!send(peer, Netcode.PAYLOAD, payload, length)) {
            return SendResult.BACK_PRESSURED;
        }
        counters.onPayloadSent();
        return SendResult.SENT;
    }

    /**
     * Ends a connection: ten disconnect packets, then the slot is free. {@link NetcodeServerHandler#onDisconnected} comes inside the call.
     *
     * @param connectionId whose.
     * @return false if there is no such connection.
     */
    public boolean disconnect(final long connectionId) {
        final Peer peer = peers.connected(connectionId);
        if (peer == null) {
            return false;
        }
        sayGoodbye(peer);
        end(peer, DisconnectReason.CLOSED_BY_SERVER);
        return true;
    }

    /** Ends every connection as {@link #disconnect} does, with {@link DisconnectReason#SERVER_CLOSING}. */
    public void close() {
        for (int slot = 0; slot < peers.clientCapacity(); slot++) {
            final Peer peer = peers.atSlot(slot);
            if (peer != null) {
                sayGoodbye(peer);
                end(peer, DisconnectReason.SERVER_CLOSING);
            }
        }
    }

    /**
     * Whether a connection exists.
     *
     * @param connectionId whose.
     * @return false from its end on, for ever.
     */
    public boolean isConnected(final long connectionId) {
        return peers.connected(connectionId) != null;
    }

    /**
     * Connected clients.
     *
     * @return count now.
     */
    public int connectedCount() {
        return peers.connectedCount();
    }

    /**
     * Unfinished handshakes.
     *
     * @return count now.
     */
    public int handshakeCount() {
        return peers.handshakeCount();
    }

    /**
     * Connect tokens that were shown and have not expired.
     *
     * @return count now.
     */
    public int liveTokenCount() {
        return history.count();
    }

    private void sampleClocks() {
        nowNs = nanoClock.nanoTime();
        nowS = epochClock.time() / MILLIS_PER_S;
    }

    private void onRequest(final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length) {
        final RefusalReason refusal = gate.check(source, buffer, offset, length, nowNs, nowS);
        if (refusal != null) {
            counters.onRefused(refusal);
            return;
        }
        final PrivateToken token = gate.token();
        if (!peers.hasFreeSlot()) {
            token.copyKeys(unusedKey, deniedKey);
            sendDenied(source, deniedKey);
            return;
        }
        final Peer peer = handshake(source, token);
        if (peer == null) {
            return;
        }
        gate.bind(source);
        peer.handshakeDeadlineNs = nowNs + (peer.timeoutNs == 0 ? HANDSHAKE_DEFAULT_NS : peer.timeoutNs);
        wheel.schedule(peer, peer.handshakeDeadlineNs);
        sendChallenge(peer, buffer, token.userDataOffset());
    }

    /** The source's handshake with this token: the one under way or a new one; null if it must not have one, which is counted. */
    private Peer handshake(final InetSocketAddress source, final PrivateToken token) {
        final Peer underWay = peers.find(source);
        if (underWay != null && underWay.hasTag(gate.tagLow(), gate.tagHigh())) {
            underWay.isDenied = false;
            return underWay;
        }
        if (underWay != null) {
            if (!underWay.isDenied) {
                counters.onRefused(RefusalReason.SOURCE_IN_HANDSHAKE);
                return null;
            }
            drop(underWay);
        }
        final Peer peer = peers.add(source);
        if (peer == null) {
            counters.onRefused(RefusalReason.HANDSHAKES_FULL);
            return null;
        }
        token.copyKeys(peer.clientToServerKey, peer.serverToClientKey);
        peer.tagLow = gate.tagLow();
        peer.tagHigh = gate.tagHigh();
        peer.clientId = token.clientId();
        peer.timeoutNs = Math.max(0, token.timeoutS()) * NANOS_PER_S;
        return peer;
    }

    private void onHandshakePacket(final Peer peer, final MutableDirectBuffer buffer) {
        switch (codec.type()) {
            case Netcode.RESPONSE -> onResponse(peer, buffer);
            case Netcode.DISCONNECT -> drop(peer);
            default -> counters.onRefused(RefusalReason.UNEXPECTED);
        }
    }

    private void onResponse(final Peer peer, final MutableDirectBuffer buffer) {
        final int tokenOffset = codec.bodyOffset() + 8;
        final long sequence = buffer.getLong(codec.bodyOffset(), ByteOrder.LITTLE_ENDIAN);
        if (!tokenCipher.openChallenge(challengeKey, sequence, buffer, tokenOffset)) {
            counters.onRefused(RefusalReason.CHALLENGE_NOT_AUTHENTIC);
            return;
        }
        if (!peer.hasTag(
            buffer.getLong(tokenOffset + CHALLENGE_TAG_OFFSET, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(tokenOffset + CHALLENGE_TAG_OFFSET + 8, ByteOrder.LITTLE_ENDIAN))) {
            counters.onRefused(RefusalReason.CHALLENGE_OTHER_TOKEN);
            return;
        }
        final long clientId = buffer.getLong(tokenOffset, ByteOrder.LITTLE_ENDIAN);
        if (peers.isClientConnected(clientId)) {
            counters.onRefused(RefusalReason.CLIENT_ID_CONNECTED);
            return;
        }
        final int historyIndex = history.find(peer.tagLow, peer.tagHigh);
        if (historyIndex >= 0 && history.isUsed(historyIndex)) {
            counters.onRefused(RefusalReason.TOKEN_USED);
            return;
        }
        if (!peers.hasFreeSlot()) {
            peer.isDenied = true;
            sendDenied(peer.source, peer.serverToClientKey);
            return;
        }
        if (historyIndex >= 0) {
            history.markUsed(historyIndex);
        }
        connect(peer, clientId, buffer, tokenOffset + CHALLENGE_USER_DATA_OFFSET);
    }

    private void connect(final Peer peer, final long clientId, final DirectBuffer userData, final int userDataOffset) {
        peers.connect(peer, clientId);
        peer.isConfirmed = false;
        peer.sendSequence = 0;
        peer.lastReceiveNs = nowNs;
        peer.replayWindow.reset();
        counters.onConnected();
        sendKeepAlive(peer);
        wheel.schedule(peer, nowNs + Netcode.SEND_PERIOD_NS);
        handler.onConnected(peer.connectionId, clientId, userData, userDataOffset);
    }

    private void onSessionPacket(final Peer peer, final DirectBuffer buffer) {
        switch (codec.type()) {
            case Netcode.KEEP_ALIVE -> onHeard(peer);
            case Netcode.PAYLOAD -> {
                onHeard(peer);
                counters.onPayloadReceived();
                handler.onPayload(peer.connectionId, buffer, codec.bodyOffset(), codec.bodyLength());
            }
            case Netcode.DISCONNECT -> end(peer, DisconnectReason.CLIENT_LEFT);
            // A response that crossed our first keep-alive.
            default -> counters.onRefused(RefusalReason.SOURCE_CONNECTED);
        }
    }

    private void onHeard(final Peer peer) {
        peer.isConfirmed = true;
        peer.lastReceiveNs = nowNs;
    }

    private void onPeerTimer(final Peer peer, final long timerNs) {
        if (!peer.isConnected()) {
            if (timerNs - peer.handshakeDeadlineNs >= 0) {
                peers.remove(peer);
            } else {
                wheel.schedule(peer, peer.handshakeDeadlineNs);
            }
            return;
        }
        if (peer.timeoutNs > 0 && timerNs - peer.lastReceiveNs >= peer.timeoutNs) {
            end(peer, DisconnectReason.TIMED_OUT);
            return;
        }
        final long connectionId = peer.connectionId;
        if (timerNs - peer.lastSendNs >= Netcode.SEND_PERIOD_NS) {
            final boolean isSent = handler.onSendDue(connectionId);
            if (peer.connectionId != connectionId) {
                return;
            }
            if (!isSent) {
                sendKeepAlive(peer);
            }
        }
        wheel.schedule(peer, peer.lastSendNs + Netcode.SEND_PERIOD_NS);
    }

    private void sendDenied(final InetSocketAddress target, final DirectBuffer key) {
        counters.onRefused(RefusalReason.SERVER_FULL);
        sendSealed(target, key, globalSequence++, Netcode.DENIED, control, 0);
    }

    /** The token's tag goes into the part of the challenge that the standard leaves zero, so that it answers for no other token. */
    private void sendChallenge(final Peer peer, final DirectBuffer userData, final int userDataOffset) {
        final long sequence = challengeSequence++;
        final int tokenOffset = Netcode.HEADER_LENGTH_MAX + 8;
        control.putLong(Netcode.HEADER_LENGTH_MAX, sequence, ByteOrder.LITTLE_ENDIAN);
        control.setMemory(tokenOffset, Netcode.CHALLENGE_TOKEN_LENGTH, (byte) 0);
        control.putLong(tokenOffset, peer.clientId, ByteOrder.LITTLE_ENDIAN);
        control.putBytes(tokenOffset + CHALLENGE_USER_DATA_OFFSET, userData, userDataOffset, Netcode.USER_DATA_LENGTH);
        control.putLong(tokenOffset + CHALLENGE_TAG_OFFSET, peer.tagLow, ByteOrder.LITTLE_ENDIAN);
        control.putLong(tokenOffset + CHALLENGE_TAG_OFFSET + 8, peer.tagHigh, ByteOrder.LITTLE_ENDIAN);
        tokenCipher.sealChallenge(challengeKey, sequence, control, tokenOffset);
        sendSealed(peer.source, peer.serverToClientKey, globalSequence++, Netcode.CHALLENGE, control, Netcode.CHALLENGE_BODY_LENGTH);
    }

    private void sendKeepAlive(final Peer peer) {
        control.putInt(Netcode.HEADER_LENGTH_MAX, peer.slot, ByteOrder.LITTLE_ENDIAN);
        control.putInt(Netcode.HEADER_LENGTH_MAX + 4, peers.clientCapacity(), ByteOrder.LITTLE_ENDIAN);
        send(peer, Netcode.KEEP_ALIVE, control, Netcode.KEEP_ALIVE_BODY_LENGTH);
    }

    private void sayGoodbye(final Peer peer) {
        for (int i = 0; i < Netcode.DISCONNECT_REPEATS; i++) {
            send(peer, Netcode.DISCONNECT, control, 0);
        }
    }

    /** The sequence is spent even if the socket does not take the packet: a nonce is never used for two. */
    private boolean send(final Peer peer, final int type, final MutableDirectBuffer buffer, final int bodyLength) {
        peer.lastSendNs = nowNs;
        return sendSealed(peer.source, peer.serverToClientKey, peer.sendSequence++, type, buffer, bodyLength);
    }

    private boolean sendSealed(
        final InetSocketAddress target, final DirectBuffer key, final long sequence, final int type,
        final MutableDirectBuffer buffer, final int bodyLength) {
        final int length = codec.seal(key, sequence, type, buffer, bodyLength);
        if (!sender.send(target, buffer, PacketCodec.packetOffset(sequence), length)) {
            counters.onSendFailed();
            return false;
        }
        counters.onDatagramSent(length);
        return true;
    }

    private void end(final Peer peer, final DisconnectReason reason) {
        final long connectionId = peer.connectionId;
        drop(peer);
        counters.onDisconnected(reason);
        handler.onDisconnected(connectionId, reason);
    }

    private void drop(final Peer peer) {
        wheel.cancel(peer);
        peers.remove(peer);
    }
}
