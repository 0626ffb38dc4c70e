package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Decides about connection requests, in the standard's order of checks, and keeps what it read of the last one admitted.
 *
 * <p>One thread. Stricter than the standard where that is invisible to honest clients: what the history of tokens already condemns (used,
 * bound to another source, shown too often) is dropped before any decryption. Every refusal is silent, so the order cannot be observed.
 */
final class RequestGate {
    private final long protocolId;
    private final UnsafeBuffer privateKey;
    private final UnsafeBuffer[] ownAddresses;
    private final TokenCipher tokenCipher;
    private final PeerTable peers;
    private final TokenHistory history;
    private final NetcodeServerHandler handler;
    private final PrivateToken token = new PrivateToken();

    private long tagLow;
    private long tagHigh;
    private long expireS;
    private int historyIndex;

    RequestGate(
        final NetcodeServerContext context, final TokenCipher tokenCipher, final PeerTable peers, final TokenHistory history,
        final NetcodeServerHandler handler) {
        protocolId = context.protocolId();
        privateKey = OffHeap.copyOf(context.privateKey());
        ownAddresses = encode(context.publicAddresses());
        this.tokenCipher = tokenCipher;
        this.peers = peers;
        this.history = history;
        this.handler = handler;
    }

    /** Null if the request is good: its token is then open in {@link #token()} and in the history. Else why it is dropped. */
    RefusalReason check(
        final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length,
        final long nowNs, final long nowS) {
        final RefusalReason plainRefusal = checkPlain(buffer, offset, length, nowS);
        if (plainRefusal != null) {
            return plainRefusal;
        }
        tagLow = buffer.getLong(offset + ConnectionRequest.TAG_OFFSET, ByteOrder.LITTLE_ENDIAN);
        tagHigh = buffer.getLong(offset + ConnectionRequest.TAG_OFFSET + 8, ByteOrder.LITTLE_ENDIAN);
        historyIndex = history.find(tagLow, tagHigh);
        final RefusalReason knownRefusal = checkKnown(source, nowNs);
        if (knownRefusal != null) {
            return knownRefusal;
        }
        final int privateOffset = offset + ConnectionRequest.PRIVATE_OFFSET;
        if (!tokenCipher.openPrivate(
            privateKey, protocolId, expireS, buffer, offset + ConnectionRequest.NONCE_OFFSET, buffer, privateOffset)) {
            return RefusalReason.TOKEN_NOT_AUTHENTIC;
        }
        if (!token.wrap(buffer, privateOffset)) {
            return RefusalReason.TOKEN_MALFORMED;
        }
        if (!token.hasAnyOf(ownAddresses)) {
            return RefusalReason.TOKEN_OTHER_SERVER;
        }
        final RefusalReason refusal = checkWanted(source, buffer);
        final boolean mayGetSlot = refusal == null && peers.hasFreeSlot();
        final boolean isRemembered = remember(nowNs, mayGetSlot);
        if (refusal != null) {
            return refusal;
        }
        return mayGetSlot && !isRemembered ? RefusalReason.TOKEN_HISTORY_FULL : null;
    }

    PrivateToken token() {
        return token;
    }

    long tagLow() {
        return tagLow;
    }

    long tagHigh() {
        return tagHigh;
    }

    /** Binds the admitted token to its source; only now, so that a client that was denied may come back from elsewhere. */
    void bind(final InetSocketAddress source) {
        history.bind(historyIndex, source);
    }

    private RefusalReason checkPlain(final MutableDirectBuffer buffer, final int offset, final int length, final long nowS) {
        if (length != Netcode.REQUEST_LENGTH) {
            return RefusalReason.REQUEST_SIZE;
        }
        if (!Netcode.isVersion(buffer, offset + ConnectionRequest.VERSION_OFFSET)) {
            return RefusalReason.VERSION;
        }
        if (buffer.getLong(offset + ConnectionRequest.PROTOCOL_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) != protocolId) {
            return RefusalReason.PROTOCOL_ID;
        }
        expireS = buffer.getLong(offset + ConnectionRequest.EXPIRE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (Long.compareUnsigned(expireS, nowS) <= 0 || history.isForgotten(expireS)) {
            return RefusalReason.TOKEN_EXPIRED;
        }
        return null;
    }

    private RefusalReason checkKnown(final InetSocketAddress source, final long nowNs) {
        if (historyIndex == TokenHistory.ABSENT) {
            return null;
        }
        if (historyIndex == TokenHistory.COLLISION || history.isBoundElsewhere(historyIndex, source)) {
            return RefusalReason.TOKEN_OTHER_SOURCE;
        }
        if (history.isUsed(historyIndex)) {
            return RefusalReason.TOKEN_USED;
        }
        return history.isTooSoon(historyIndex, nowNs) ? RefusalReason.TOKEN_RATE : null;
    }

    private RefusalReason checkWanted(final InetSocketAddress source, final MutableDirectBuffer buffer) {
        final Peer peer = peers.find(source);
        if (peer != null && peer.isConnected()) {
            return RefusalReason.SOURCE_CONNECTED;
        }
        if (peers.isClientConnected(token.clientId())) {
            return RefusalReason.CLIENT_ID_CONNECTED;
        }
        return handler.onConnecting(token.clientId(), buffer, token.userDataOffset()) ? null : RefusalReason.APPLICATION_VETO;
    }

    /** Counts the showing. A token that gets no slot now is only worth a place while there are plenty. */
    private boolean remember(final long nowNs, final boolean mayGetSlot) {
        if (historyIndex == TokenHistory.ABSENT) {
            if (mayGetSlot ? history.isFull() : history.isHalfFull()) {
                return false;
            }
            historyIndex = history.add(tagLow, tagHigh, expireS, nowNs);
        }
        history.onShown(historyIndex, nowNs);
        return true;
    }

    private static UnsafeBuffer[] encode(final List<InetSocketAddress> addresses) {
        final UnsafeBuffer[] encoded = new UnsafeBuffer[addresses.size()];
        for (int i = 0; i < encoded.length; i++) {
            final UnsafeBuffer scratch = new UnsafeBuffer(new byte[AddressCodec.IPV6_LENGTH]);
            final int length = AddressCodec.write(addresses.get(i), scratch, 0);
            encoded[i] = new UnsafeBuffer(scratch, 0, length);
        }
        return encoded;
    }
}
