package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The public part of a connect token, as the client that received it reads and checks it. Immutable.
 *
 * <pre>
 * offset  length   field
 * 0       13       version
 * 13      8        protocol id
 * 21      8        create time, unix seconds
 * 29      8        expire time, unix seconds
 * 37      24       nonce of the private part
 * 61      1024     sealed private part
 * 1085    4        timeout in seconds, i32
 * 1089    4        number of addresses, 1..32
 * 1093    7 or 19  each address to dial
 * then    32       client-to-server key
 * then    32       server-to-client key
 * then    ..       zeros to 2048
 * </pre>
 */
public final class ConnectToken {
    static final int PROTOCOL_ID_OFFSET = 13;
    static final int CREATE_OFFSET = 21;
    static final int EXPIRE_OFFSET = 29;
    static final int NONCE_OFFSET = 37;
    static final int PRIVATE_OFFSET = 61;
    static final int TIMEOUT_OFFSET = 1085;
    static final int ADDRESS_COUNT_OFFSET = 1089;
    static final int ADDRESSES_OFFSET = 1093;

    private final DirectBuffer token;
    private final List<InetSocketAddress> addresses;
    private final int keysOffset;

    private ConnectToken(final DirectBuffer token, final List<InetSocketAddress> addresses, final int keysOffset) {
        this.token = token;
        this.addresses = addresses;
        this.keysOffset = keysOffset;
    }

    /**
     * Checks and reads a token.
     *
     * @param bytes as received; copied.
     * @return the token.
     * @throws IllegalArgumentException naming the field, its value and what is allowed.
     */
    public static ConnectToken parse(final byte[] bytes) {
        if (bytes.length != Netcode.CONNECT_TOKEN_LENGTH) {
            throw new IllegalArgumentException("connectToken.length=" + bytes.length + ", must be " + Netcode.CONNECT_TOKEN_LENGTH);
        }
        final UnsafeBuffer token = new UnsafeBuffer(bytes.clone());
        if (!Netcode.isVersion(token, 0)) {
            throw new IllegalArgumentException("connectToken.version is not NETCODE 1.02");
        }
        final long createS = token.getLong(CREATE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final long expireS = token.getLong(EXPIRE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (Long.compareUnsigned(createS, expireS) > 0) {
            throw new IllegalArgumentException("connectToken.create=" + Long.toUnsignedString(createS)
                + ", must be <= expire=" + Long.toUnsignedString(expireS));
        }
        final int addressCount = token.getInt(ADDRESS_COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (addressCount < 1 || addressCount > Netcode.ADDRESSES_MAX) {
            throw new IllegalArgumentException("connectToken.addressCount=" + Integer.toUnsignedString(addressCount)
                + ", must be in 1.." + Netcode.ADDRESSES_MAX);
        }
        final List<InetSocketAddress> addresses = new ArrayList<>(addressCount);
        int next = ADDRESSES_OFFSET;
        for (int i = 0; i < addressCount; i++) {
            final int length = AddressCodec.length(token, next, Netcode.CONNECT_TOKEN_LENGTH);
            if (length == AddressCodec.INVALID) {
                throw new IllegalArgumentException("connectToken.address[" + i + "].type=" + token.getByte(next) + ", must be 1 or 2");
            }
            addresses.add(AddressCodec.read(token, next));
            next += length;
        }
        return new ConnectToken(token, List.copyOf(addresses), next);
    }

    /**
     * Protocol id that the client must speak.
     *
     * @return unsigned, 64 bits.
     */
    public long protocolId() {
        return token.getLong(PROTOCOL_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * When the token was made.
     *
     * @return seconds since 1970, unsigned.
     */
    public long createS() {
        return token.getLong(CREATE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * From when on servers refuse it.
     *
     * @return seconds since 1970, unsigned.
     */
    public long expireS() {
        return token.getLong(EXPIRE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * After how long a silence either side gives up.
     *
     * @return seconds; 0 or less: never.
     */
    public int timeoutS() {
        return token.getInt(TIMEOUT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Addresses to dial, in order of trying.
     *
     * @return 1 to 32, unmodifiable.
     */
    public List<InetSocketAddress> addresses() {
        return addresses;
    }

    void copyKeys(final MutableDirectBuffer clientToServer, final MutableDirectBuffer serverToClient) {
        clientToServer.putBytes(0, token, keysOffset, Netcode.KEY_LENGTH);
        serverToClient.putBytes(0, token, keysOffset + Netcode.KEY_LENGTH, Netcode.KEY_LENGTH);
    }

    /** Writes the connection request that carries this token: type 0, version, protocol id, expire, nonce, sealed private part. */
    void writeRequest(final MutableDirectBuffer request) {
        request.putByte(0, (byte) Netcode.REQUEST);
        Netcode.putVersion(request, ConnectionRequest.VERSION_OFFSET);
        request.putBytes(ConnectionRequest.PROTOCOL_ID_OFFSET, token, PROTOCOL_ID_OFFSET, 8);
        request.putBytes(ConnectionRequest.EXPIRE_OFFSET, token, EXPIRE_OFFSET, 8);
        request.putBytes(ConnectionRequest.NONCE_OFFSET, token, NONCE_OFFSET, Netcode.TOKEN_NONCE_LENGTH);
        request.putBytes(ConnectionRequest.PRIVATE_OFFSET, token, PRIVATE_OFFSET, Netcode.PRIVATE_TOKEN_LENGTH);
    }
}
