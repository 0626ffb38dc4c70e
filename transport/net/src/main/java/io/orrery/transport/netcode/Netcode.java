package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Numbers of the netcode 1.02 standard. Every integer on the wire is little-endian.
 *
 * <p>Packet of type 1 to 6: prefix (low nibble type, high nibble count of sequence bytes), sequence 1 to 8 bytes, sealed body, tag 16.
 */
public final class Netcode {
    /** Length of the version string, its terminating zero included, in bytes. */
    public static final int VERSION_LENGTH = 13;
    /** Length of a connect token, in bytes. */
    public static final int CONNECT_TOKEN_LENGTH = 2048;
    /** Length of the sealed private part of a connect token, tag included, in bytes. */
    public static final int PRIVATE_TOKEN_LENGTH = 1024;
    /** Length of a sealed challenge token, tag included, in bytes. */
    public static final int CHALLENGE_TOKEN_LENGTH = 300;
    /** Length of the application's data in a connect token, in bytes. */
    public static final int USER_DATA_LENGTH = 256;
    /** Most addresses in a connect token. */
    public static final int ADDRESSES_MAX = 32;
    /** Length of a connection request, in bytes. */
    public static final int REQUEST_LENGTH = 1078;
    /** Most bytes of a payload. */
    public static final int PAYLOAD_LENGTH_MAX = 1200;
    /** Longest packet header: prefix and eight sequence bytes. Bodies are composed at this offset of a send buffer. */
    public static final int HEADER_LENGTH_MAX = 9;
    /** Shortest sealed packet, in bytes. */
    public static final int PACKET_LENGTH_MIN = 18;
    /** Longest packet, in bytes; anything above is refused before it is looked at. */
    public static final int PACKET_LENGTH_MAX = HEADER_LENGTH_MAX + PAYLOAD_LENGTH_MAX + 16;
    /** Time between requests, responses and keep-alives, in nanoseconds. */
    public static final long SEND_PERIOD_NS = 100_000_000L;
    /** How many disconnect packets are sent back to back, because none of them is answered. */
    public static final int DISCONNECT_REPEATS = 10;
    /** Most clients that one server may be configured for. */
    public static final int CLIENT_CAPACITY_MAX = 20_000;

    static final int REQUEST = 0;
    static final int DENIED = 1;
    static final int CHALLENGE = 2;
    static final int RESPONSE = 3;
    static final int KEEP_ALIVE = 4;
    static final int PAYLOAD = 5;
    static final int DISCONNECT = 6;
    static final int TYPE_COUNT = 7;

    static final int TAG_LENGTH = 16;
    static final int KEY_LENGTH = 32;
    static final int TOKEN_NONCE_LENGTH = 24;
    /** Challenge sequence and challenge token, as they travel to the client and back. */
    static final int CHALLENGE_BODY_LENGTH = 8 + CHALLENGE_TOKEN_LENGTH;
    static final int KEEP_ALIVE_BODY_LENGTH = 8;
    static final int SEND_BUFFER_LENGTH = PACKET_LENGTH_MAX;

    private static final byte[] VERSION = "NETCODE 1.02\0".getBytes(StandardCharsets.US_ASCII);

    private Netcode() {
    }

    static void putVersion(final MutableDirectBuffer buffer, final int offset) {
        buffer.putBytes(offset, VERSION);
    }

    static boolean isVersion(final DirectBuffer buffer, final int offset) {
        for (int i = 0; i < VERSION_LENGTH; i++) {
            if (buffer.getByte(offset + i) != VERSION[i]) {
                return false;
            }
        }
        return true;
    }
}
