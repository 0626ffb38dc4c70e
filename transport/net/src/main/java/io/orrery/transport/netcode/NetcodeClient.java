package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The client's side of netcode 1.02: tries the token's addresses in order, answers the challenge, keeps the connection. Knows no socket.
 *
 * <p>Writing thread: the one that calls {@link #onTimer} and {@link #onDatagram}, and no other. Time comes with each call, monotonic
 * nanoseconds. Memory: fixed. No allocation per packet once connected (with a cipher that makes none).
 *
 * <p>Guarantees (G1) no answer to a packet that fails; (G2) the response leaves at once when the challenge comes, not at the next tenth of
 * a second; (G3) the connect phase lasts (expire - create) seconds at most, over all addresses together, by the client's monotonic clock.
 */
public final class NetcodeClient {
    /** Where {@link #payloadBuffer()} takes the payload. */
    public static final int PAYLOAD_OFFSET = Netcode.HEADER_LENGTH_MAX;
    /** Nothing is due. */
    public static final long NEVER_NS = Long.MAX_VALUE;

    private static final int ALLOWED_TYPES = 1 << Netcode.DENIED | 1 << Netcode.CHALLENGE
        | 1 << Netcode.KEEP_ALIVE | 1 << Netcode.PAYLOAD | 1 << Netcode.DISCONNECT;
    private static final long NANOS_PER_S = 1_000_000_000L;
    private static final long LIFETIME_MAX_S = Long.MAX_VALUE / NANOS_PER_S;

    private final DatagramSender sender;
    private final NetcodeClientHandler handler;
    private final NetCounters counters;
    private final PacketCodec codec;
    private final UnsafeBuffer control;
    private final UnsafeBuffer payload;
    private final UnsafeBuffer clientToServerKey = OffHeap.allocate(Netcode.KEY_LENGTH);
    private final UnsafeBuffer serverToClientKey = OffHeap.allocate(Netcode.KEY_LENGTH);
    private final UnsafeBuffer request = OffHeap.allocate(Netcode.REQUEST_LENGTH);
    private final UnsafeBuffer challenge = OffHeap.allocate(Netcode.CHALLENGE_BODY_LENGTH);
    private final ReplayWindow replayWindow = new ReplayWindow();

    private ClientState state = ClientState.DISCONNECTED;
    private List<InetSocketAddress> addresses = List.of();
    private int addressIndex;
    private InetSocketAddress server;
    private long timeoutNs;
    private long connectStartNs;
    private long lifetimeNs;
    private long sendSequence;
    private long lastSendNs;
    private long lastReceiveNs;
    private int clientIndex;
    private int clientCapacity;

    /**
     * Creates a client that is not connected.
     *
     * @param shared of the calling thread.
     * @param sender the way out.
     * @param handler told of state and payloads.
     */
    public NetcodeClient(final ClientShared shared, final DatagramSender sender, final NetcodeClientHandler handler) {
        this.sender = sender;
        this.handler = handler;
        counters = shared.counters();
        codec = new PacketCodec(shared.cipher(), 0);
        control = shared.control();
        payload = shared.payload();
    }

    /**
     * Begins to connect; the first request leaves inside the call. A connection there was ends first.
     *
     * @param connectToken 2,048 bytes as received, copied.
     * @param nowNs monotonic nanoseconds.
     * @return false if the token is not valid: the state is then {@link ClientState#INVALID_TOKEN}.
     */
    public boolean connect(final byte[] connectToken, final long nowNs) {
        disconnect(nowNs);
        final ConnectToken token;
        try {
            token = ConnectToken.parse(connectToken);
        } catch (final IllegalArgumentException e) {
            enter(ClientState.INVALID_TOKEN);
            return false;
        }
        addresses = token.addresses();
        codec.protocolId(token.protocolId());
        token.copyKeys(clientToServerKey, serverToClientKey);
        token.writeRequest(request);
        timeoutNs = Math.max(0, token.timeoutS()) * NANOS_PER_S;
        final long lifetimeS = token.expireS() - token.createS();
        lifetimeNs = lifetimeS < 0 || lifetimeS > LIFETIME_MAX_S ? Long.MAX_VALUE : lifetimeS * NANOS_PER_S;
        connectStartNs = nowNs;
        sendSequence = 0;
        dial(0, nowNs);
        return true;
    }

    /**
     * Does what is due.
     *
     * @param nowNs monotonic nanoseconds.
     * @return when to call again, monotonic nanoseconds; {@link #NEVER_NS} if nothing can become due by itself.
     *     Calling earlier is harmless.
     */
    public long onTimer(final long nowNs) {
        switch (state) {
            case SENDING_REQUEST, SENDING_RESPONSE -> onConnectTimer(nowNs);
            case CONNECTED -> onSessionTimer(nowNs);
            default -> {
                return NEVER_NS;
            }
        }
        return state.isActive() ? lastSendNs + Netcode.SEND_PERIOD_NS : NEVER_NS;
    }

    /**
     * Takes one datagram, whatever it holds; its bytes are overwritten.
     *
     * @param source where it came from.
     * @param buffer off-heap; not kept.
     * @param offset of the datagram, in bytes.
     * @param length of the datagram, in bytes.
     * @param nowNs monotonic nanoseconds.
     */
    public void onDatagram(
        final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final RefusalReason malformed = codec.parse(buffer, offset, length, ALLOWED_TYPES);
        if (malformed != null) {
            counters.onRefused(malformed);
            return;
        }
        if (!state.isActive() || !source.equals(server)) {
            counters.onRefused(RefusalReason.UNKNOWN_SOURCE);
            return;
        }
        final boolean isGuarded = codec.isReplayProtected();
        if (isGuarded && replayWindow.isReplayed(codec.sequence())) {
            counters.onRefused(RefusalReason.REPLAYED);
            return;
        }
        if (!codec.open(serverToClientKey, buffer)) {
            counters.onRefused(RefusalReason.NOT_AUTHENTIC);
            return;
        }
        if (isGuarded) {
            replayWindow.advance(codec.sequence());
        }
        if (!codec.isBodyLengthValid()) {
            counters.onRefused(RefusalReason.BODY_SIZE);
            return;
        }
        process(buffer, nowNs);
    }

    /**
     * Where to compose the payload that {@link #sendPayload} sends.
     *
     * @return off-heap, shared with other clients of the thread; the payload goes to {@link #PAYLOAD_OFFSET}, at most 1,200 bytes.
     */
    public MutableDirectBuffer payloadBuffer() {
        return payload;
    }

    /**
     * Sends the payload composed in {@link #payloadBuffer()}, which is overwritten.
     *
     * @param length 1 to 1,200 bytes.
     * @param nowNs monotonic nanoseconds.
     * @return {@link SendResult#SENT}, or below 0: {@link SendResult#NOT_CONNECTED}, {@link SendResult#TOO_LONG},
     *     {@link SendResult#BACK_PRESSURED}.
     */
    public int sendPayload(final int length, final long nowNs) {
        if (state != ClientState.CONNECTED) {
            return SendResult.NOT_CONNECTED;
        }
        if (length < 1 || length > Netcode.PAYLOAD_LENGTH_MAX) {
            return SendResult.TOO_LONG;
        }
        if (!send(Netcode.PAYLOAD, payload, length, nowNs)) {
            return SendResult.BACK_PRESSURED;
        }
        counters.onPayloadSent();
        return SendResult.SENT;
    }

    /**
     * Says goodbye ten times if there was anything to leave; an error state stays.
     *
     * @param nowNs monotonic nanoseconds.
     */
    public void disconnect(final long nowNs) {
        if (!state.isActive()) {
            return;
        }
        for (int i = 0; i < Netcode.DISCONNECT_REPEATS; i++) {
            send(Netcode.DISCONNECT, control, 0, nowNs);
        }
        leave(ClientState.DISCONNECTED);
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
     * Address being dialled or connected to.
     *
     * @return null before the first connect.
     */
    public InetSocketAddress server() {
        return server;
    }

    /**
     * Slot that the server gave.
     *
     * @return from 0; meaningful once connected.
     */
    public int clientIndex() {
        return clientIndex;
    }

    /**
     * Slots that the server has.
     *
     * @return count; meaningful once connected.
     */
    public int clientCapacity() {
        return clientCapacity;
    }

    private void process(final DirectBuffer buffer, final long nowNs) {
        final int type = codec.type();
        if (type == Netcode.CHALLENGE && state == ClientState.SENDING_REQUEST) {
            lastReceiveNs = nowNs;
            challenge.putBytes(0, buffer, codec.bodyOffset(), Netcode.CHALLENGE_BODY_LENGTH);
            enter(ClientState.SENDING_RESPONSE);
            if (state == ClientState.SENDING_RESPONSE) {
                sendResponse(nowNs);
            }
        } else if (type == Netcode.DENIED && state != ClientState.CONNECTED) {
            tryNextOr(ClientState.CONNECTION_DENIED, nowNs);
        } else if (type == Netcode.KEEP_ALIVE && state != ClientState.SENDING_REQUEST) {
            lastReceiveNs = nowNs;
            if (state == ClientState.SENDING_RESPONSE) {
                clientIndex = buffer.getInt(codec.bodyOffset(), ByteOrder.LITTLE_ENDIAN);
                clientCapacity = buffer.getInt(codec.bodyOffset() + 4, ByteOrder.LITTLE_ENDIAN);
                enter(ClientState.CONNECTED);
            }
        } else if (type == Netcode.PAYLOAD && state == ClientState.CONNECTED) {
            lastReceiveNs = nowNs;
            counters.onPayloadReceived();
            handler.onPayload(buffer, codec.bodyOffset(), codec.bodyLength());
        } else if (type == Netcode.DISCONNECT && state == ClientState.CONNECTED) {
            leave(ClientState.DISCONNECTED);
        } else {
            counters.onRefused(RefusalReason.UNEXPECTED);
        }
    }

    private void onConnectTimer(final long nowNs) {
        if (nowNs - connectStartNs >= lifetimeNs) {
            leave(ClientState.TOKEN_EXPIRED);
            return;
        }
        if (isSilent(nowNs)) {
            tryNextOr(state == ClientState.SENDING_REQUEST
                ? ClientState.REQUEST_TIMED_OUT : ClientState.RESPONSE_TIMED_OUT, nowNs);
            return;
        }
        if (nowNs - lastSendNs >= Netcode.SEND_PERIOD_NS) {
            if (state == ClientState.SENDING_REQUEST) {
                sendRequest(nowNs);
            } else {
                sendResponse(nowNs);
            }
        }
    }

    private void onSessionTimer(final long nowNs) {
        if (isSilent(nowNs)) {
            leave(ClientState.CONNECTION_TIMED_OUT);
            return;
        }
        if (nowNs - lastSendNs >= Netcode.SEND_PERIOD_NS && !handler.onSendDue() && state == ClientState.CONNECTED) {
            control.putLong(Netcode.HEADER_LENGTH_MAX, 0);
            send(Netcode.KEEP_ALIVE, control, Netcode.KEEP_ALIVE_BODY_LENGTH, nowNs);
        }
    }

    private boolean isSilent(final long nowNs) {
        return timeoutNs > 0 && nowNs - lastReceiveNs >= timeoutNs;
    }

    private void tryNextOr(final ClientState failure, final long nowNs) {
        if (addressIndex + 1 < addresses.size()) {
            dial(addressIndex + 1, nowNs);
        } else {
            leave(failure);
        }
    }

    /** Sequences go on counting over all addresses: the keys stay the same. */
    private void dial(final int index, final long nowNs) {
        addressIndex = index;
        server = addresses.get(index);
        lastReceiveNs = nowNs;
        replayWindow.reset();
        enter(ClientState.SENDING_REQUEST);
        if (state == ClientState.SENDING_REQUEST) {
            sendRequest(nowNs);
        }
    }

    private void sendRequest(final long nowNs) {
        lastSendNs = nowNs;
        if (sender.send(server, request, 0, Netcode.REQUEST_LENGTH)) {
            counters.onDatagramSent(Netcode.REQUEST_LENGTH);
        } else {
            counters.onSendFailed();
        }
    }

    private void sendResponse(final long nowNs) {
        control.putBytes(Netcode.HEADER_LENGTH_MAX, challenge, 0, Netcode.CHALLENGE_BODY_LENGTH);
        send(Netcode.RESPONSE, control, Netcode.CHALLENGE_BODY_LENGTH, nowNs);
    }

    /** The sequence is spent even if the socket does not take the packet: a nonce is never used for two. */
    private boolean send(final int type, final MutableDirectBuffer buffer, final int bodyLength, final long nowNs) {
        final long sequence = sendSequence++;
        final int length = codec.seal(clientToServerKey, sequence, type, buffer, bodyLength);
        lastSendNs = nowNs;
        if (!sender.send(server, buffer, PacketCodec.packetOffset(sequence), length)) {
            counters.onSendFailed();
            return false;
        }
        counters.onDatagramSent(length);
        return true;
    }

    private void leave(final ClientState last) {
        clientToServerKey.setMemory(0, Netcode.KEY_LENGTH, (byte) 0);
        serverToClientKey.setMemory(0, Netcode.KEY_LENGTH, (byte) 0);
        enter(last);
    }

    private void enter(final ClientState next) {
        state = next;
        handler.onStateChange(next);
    }
}
