package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Flyweight over the opened private part of a connect token: what the server alone believes.
 *
 * <pre>
 * offset  length   field
 * 0       8        client id
 * 8       4        timeout in seconds, i32
 * 12      4        number of addresses, 1..32
 * 16      7 or 19  each address the server must find itself in
 * then    32       client-to-server key
 * then    32       server-to-client key
 * then    256      user data
 * then    ..       zeros
 * </pre>
 */
final class PrivateToken {
    static final int CLIENT_ID_OFFSET = 0;
    static final int TIMEOUT_OFFSET = 8;
    static final int ADDRESS_COUNT_OFFSET = 12;
    static final int ADDRESSES_OFFSET = 16;
    static final int PLAIN_LENGTH = Netcode.PRIVATE_TOKEN_LENGTH - Netcode.TAG_LENGTH;

    private DirectBuffer buffer;
    private int offset;
    private int addressCount;
    private int keysOffset;

    /** Checks the fields and remembers where they lie; false if an address or their count is not valid. */
    boolean wrap(final DirectBuffer opened, final int openedOffset) {
        buffer = opened;
        offset = openedOffset;
        addressCount = opened.getInt(openedOffset + ADDRESS_COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (addressCount < 1 || addressCount > Netcode.ADDRESSES_MAX) {
            return false;
        }
        final int limit = openedOffset + PLAIN_LENGTH;
        int next = openedOffset + ADDRESSES_OFFSET;
        for (int i = 0; i < addressCount; i++) {
            final int length = AddressCodec.length(opened, next, limit);
            if (length == AddressCodec.INVALID) {
                return false;
            }
            next += length;
        }
        keysOffset = next;
        return true;
    }

    long clientId() {
        return buffer.getLong(offset + CLIENT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    int timeoutS() {
        return buffer.getInt(offset + TIMEOUT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    int userDataOffset() {
        return keysOffset + 2 * Netcode.KEY_LENGTH;
    }

    void copyKeys(final MutableDirectBuffer clientToServer, final MutableDirectBuffer serverToClient) {
        clientToServer.putBytes(0, buffer, keysOffset, Netcode.KEY_LENGTH);
        serverToClient.putBytes(0, buffer, keysOffset + Netcode.KEY_LENGTH, Netcode.KEY_LENGTH);
    }

    /** Whether one of the encoded addresses is among those of the token. */
    boolean hasAnyOf(final UnsafeBuffer[] encodedAddresses) {
        int next = offset + ADDRESSES_OFFSET;
        for (int i = 0; i < addressCount; i++) {
            final int length = AddressCodec.length(buffer, next, offset + PLAIN_LENGTH);
            for (final UnsafeBuffer address : encodedAddresses) {
                if (address.capacity() == length && isEqual(address, next, length)) {
                    return true;
                }
            }
            next += length;
        }
        return false;
    }

    private boolean isEqual(final DirectBuffer address, final int at, final int length) {
        for (int i = 0; i < length; i++) {
            if (address.getByte(i) != buffer.getByte(at + i)) {
                return false;
            }
        }
        return true;
    }
}
