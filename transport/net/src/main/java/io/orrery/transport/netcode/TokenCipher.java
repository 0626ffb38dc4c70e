package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Seals and opens the private part of connect tokens and challenge tokens. One thread.
 *
 * <p>Additional data of the private part: version 13 bytes, protocol id u64, expire time u64. A challenge token has none.
 */
final class TokenCipher {
    private static final int PROTOCOL_ID_OFFSET = Netcode.VERSION_LENGTH;
    private static final int EXPIRE_OFFSET = PROTOCOL_ID_OFFSET + 8;
    private static final int ADDITIONAL_LENGTH = EXPIRE_OFFSET + 8;

    private final PacketCipher cipher;
    private final UnsafeBuffer additional = OffHeap.allocate(ADDITIONAL_LENGTH);
    private final UnsafeBuffer nonce = OffHeap.allocate(Netcode.TOKEN_NONCE_LENGTH);
    private final UnsafeBuffer nothing = OffHeap.allocate(0);

    TokenCipher(final PacketCipher cipher) {
        this.cipher = cipher;
        Netcode.putVersion(additional, 0);
    }

    void sealPrivate(
        final DirectBuffer key, final long protocolId, final long expireS, final DirectBuffer nonceBuffer, final int nonceOffset,
        final MutableDirectBuffer data, final int offset) {
        prepare(protocolId, expireS, nonceBuffer, nonceOffset);
        cipher.sealToken(key, nonce, additional, data, offset, PrivateToken.PLAIN_LENGTH);
    }

    boolean openPrivate(
        final DirectBuffer key, final long protocolId, final long expireS, final DirectBuffer nonceBuffer, final int nonceOffset,
        final MutableDirectBuffer data, final int offset) {
        prepare(protocolId, expireS, nonceBuffer, nonceOffset);
        return cipher.openToken(key, nonce, additional, data, offset, Netcode.PRIVATE_TOKEN_LENGTH);
    }

    void sealChallenge(final DirectBuffer key, final long challengeSequence, final MutableDirectBuffer data, final int offset) {
        cipher.seal(key, challengeSequence, nothing, data, offset, Netcode.CHALLENGE_TOKEN_LENGTH - Netcode.TAG_LENGTH);
    }

    boolean openChallenge(final DirectBuffer key, final long challengeSequence, final MutableDirectBuffer data, final int offset) {
        return cipher.open(key, challengeSequence, nothing, data, offset, Netcode.CHALLENGE_TOKEN_LENGTH);
    }

    private void prepare(final long protocolId, final long expireS, final DirectBuffer nonceBuffer, final int nonceOffset) {
        additional.putLong(PROTOCOL_ID_OFFSET, protocolId, ByteOrder.LITTLE_ENDIAN);
        additional.putLong(EXPIRE_OFFSET, expireS, ByteOrder.LITTLE_ENDIAN);
        nonce.putBytes(0, nonceBuffer, nonceOffset, Netcode.TOKEN_NONCE_LENGTH);
    }
}
