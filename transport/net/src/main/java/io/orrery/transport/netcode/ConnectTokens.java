package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Mints connect tokens, as the backend that let a player in does. One thread; owns scratch memory of fixed size, not the cipher.
 *
 * <p>Public part: see {@link ConnectToken}; private part: client id, time-out, internal addresses, both keys, user data, sealed with
 * XChaCha20-Poly1305 under the key that backend and servers share.
 */
public final class ConnectTokens {
    private final TokenCipher tokenCipher;
    private final UnsafeBuffer token = OffHeap.allocate(Netcode.CONNECT_TOKEN_LENGTH);
    private final UnsafeBuffer privateKey = OffHeap.allocate(Netcode.KEY_LENGTH);
    private final byte[] nonceBytes = new byte[Netcode.TOKEN_NONCE_LENGTH];
    private final byte[] clientToServerKey = new byte[Netcode.KEY_LENGTH];
    private final byte[] serverToClientKey = new byte[Netcode.KEY_LENGTH];

    /**
     * Creates a mint.
     *
     * @param cipher of the calling thread.
     */
    public ConnectTokens(final PacketCipher cipher) {
        tokenCipher = new TokenCipher(cipher);
    }

    /**
     * Mints a token.
     *
     * @param context concluded.
     * @return 2,048 bytes for the client, to be sent over an encrypted way: they hold its keys.
     * @throws IllegalArgumentException if an address is not resolved.
     * @throws IllegalStateException if the context is not concluded.
     */
    public byte[] mint(final ConnectTokenContext context) {
        if (!context.isConcluded()) {
            throw new IllegalStateException("ConnectTokenContext is not concluded");
        }
        context.random().nextBytes(nonceBytes);
        context.random().nextBytes(clientToServerKey);
        context.random().nextBytes(serverToClientKey);
        privateKey.putBytes(0, context.privateKey());
        token.setMemory(0, Netcode.CONNECT_TOKEN_LENGTH, (byte) 0);

        writePublic(context);
        writePrivate(context);
        tokenCipher.sealPrivate(privateKey, context.protocolId(), context.expireS(), token, ConnectToken.NONCE_OFFSET,
            token, ConnectToken.PRIVATE_OFFSET);
        final byte[] minted = new byte[Netcode.CONNECT_TOKEN_LENGTH];
        token.getBytes(0, minted);
        return minted;
    }

    private void writePublic(final ConnectTokenContext context) {
        Netcode.putVersion(token, 0);
        token.putLong(ConnectToken.PROTOCOL_ID_OFFSET, context.protocolId(), ByteOrder.LITTLE_ENDIAN);
        token.putLong(ConnectToken.CREATE_OFFSET, context.createS(), ByteOrder.LITTLE_ENDIAN);
        token.putLong(ConnectToken.EXPIRE_OFFSET, context.expireS(), ByteOrder.LITTLE_ENDIAN);
        token.putBytes(ConnectToken.NONCE_OFFSET, nonceBytes);
        token.putInt(ConnectToken.TIMEOUT_OFFSET, context.timeoutS(), ByteOrder.LITTLE_ENDIAN);
        writeAddressesAndKeys(context.publicAddresses(), token, ConnectToken.TIMEOUT_OFFSET + 4);
    }

    private void writePrivate(final ConnectTokenContext context) {
        final int offset = ConnectToken.PRIVATE_OFFSET;
        token.putLong(offset + PrivateToken.CLIENT_ID_OFFSET, context.clientId(), ByteOrder.LITTLE_ENDIAN);
        token.putInt(offset + PrivateToken.TIMEOUT_OFFSET, context.timeoutS(), ByteOrder.LITTLE_ENDIAN);
        final int userDataOffset =
            writeAddressesAndKeys(context.internalAddresses(), token, offset + PrivateToken.ADDRESS_COUNT_OFFSET);
        token.putBytes(userDataOffset, context.userData());
    }

    private int writeAddressesAndKeys(
        final List<InetSocketAddress> addresses, final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, addresses.size(), ByteOrder.LITTLE_ENDIAN);
        int next = offset + 4;
        for (final InetSocketAddress address : addresses) {
            next += AddressCodec.write(address, buffer, next);
        }
        buffer.putBytes(next, clientToServerKey);
        buffer.putBytes(next + Netcode.KEY_LENGTH, serverToClientKey);
        return next + 2 * Netcode.KEY_LENGTH;
    }
}
