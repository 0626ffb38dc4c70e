package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Seals and opens packets of types 1 to 6 in place; keeps what {@link #parse} read until the next call. One thread.
 *
 * <p>Additional data: version 13 bytes, protocol id u64, prefix byte.
 */
final class PacketCodec {
    private static final int PROTOCOL_ID_OFFSET = Netcode.VERSION_LENGTH;
    private static final int PREFIX_OFFSET = PROTOCOL_ID_OFFSET + 8;
    private static final int ADDITIONAL_LENGTH = PREFIX_OFFSET + 1;
    private static final int TYPE_BITS = 4;
    private static final int TYPE_MASK = 0xF;
    private static final int SEQUENCE_LENGTH_MAX = 8;

    private final PacketCipher cipher;
    private final UnsafeBuffer additional = OffHeap.allocate(ADDITIONAL_LENGTH);

    private byte prefix;
    private int type;
    private long sequence;
    private int bodyOffset;
    private int sealedLength;

    PacketCodec(final PacketCipher cipher, final long protocolId) {
        this.cipher = cipher;
        Netcode.putVersion(additional, 0);
        protocolId(protocolId);
    }

    void protocolId(final long id) {
        additional.putLong(PROTOCOL_ID_OFFSET, id, ByteOrder.LITTLE_ENDIAN);
    }

    /** Offset at which {@link #seal} lets the packet begin, so that its body begins at {@link Netcode#HEADER_LENGTH_MAX}. */
    static int packetOffset(final long sequence) {
        return Netcode.HEADER_LENGTH_MAX - 1 - sequenceLength(sequence);
    }

    /**
     * Seals a body that lies at {@link Netcode#HEADER_LENGTH_MAX} and writes the header in front of it.
     *
     * @return length of the packet, which begins at {@link #packetOffset}.
     */
    int seal(
        final DirectBuffer key, final long packetSequence, final int packetType,
        final MutableDirectBuffer buffer, final int bodyLength) {
        final int sequenceLength = sequenceLength(packetSequence);
        final int offset = Netcode.HEADER_LENGTH_MAX - 1 - sequenceLength;
        final byte packetPrefix = (byte) (packetType | sequenceLength << TYPE_BITS);
        buffer.putByte(offset, packetPrefix);
        for (int i = 0; i < sequenceLength; i++) {
            buffer.putByte(offset + 1 + i, (byte) (packetSequence >>> Byte.SIZE * i));
        }
        additional.putByte(PREFIX_OFFSET, packetPrefix);
        cipher.seal(key, packetSequence, additional, buffer, Netcode.HEADER_LENGTH_MAX, bodyLength);
        return 1 + sequenceLength + bodyLength + Netcode.TAG_LENGTH;
    }

    /**
     * Reads the header, in the standard's order of checks.
     *
     * @param allowedTypes bit n set: type n is received by this side.
     * @return null if the packet may be opened, else why it is dropped.
     */
    RefusalReason parse(final DirectBuffer buffer, final int offset, final int length, final int allowedTypes) {
        if (length < Netcode.PACKET_LENGTH_MIN || length > Netcode.PACKET_LENGTH_MAX) {
            return RefusalReason.SIZE;
        }
        prefix = buffer.getByte(offset);
        type = prefix & TYPE_MASK;
        if (type >= Netcode.TYPE_COUNT) {
            return RefusalReason.TYPE_UNKNOWN;
        }
        if ((allowedTypes & 1 << type) == 0) {
            return RefusalReason.TYPE_NOT_ALLOWED;
        }
        final int sequenceLength = (prefix & 0xFF) >>> TYPE_BITS;
        if (sequenceLength < 1 || sequenceLength > SEQUENCE_LENGTH_MAX) {
            return RefusalReason.SEQUENCE_LENGTH;
        }
        if (length < 1 + sequenceLength + Netcode.TAG_LENGTH) {
            return RefusalReason.TRUNCATED;
        }
        sequence = 0;
        for (int i = 0; i < sequenceLength; i++) {
            sequence |= (buffer.getByte(offset + 1 + i) & 0xFFL) << Byte.SIZE * i;
        }
        bodyOffset = offset + 1 + sequenceLength;
        sealedLength = length - 1 - sequenceLength;
        return null;
    }

    /** Opens in place the packet that {@link #parse} read last. */
    boolean open(final DirectBuffer key, final MutableDirectBuffer buffer) {
        additional.putByte(PREFIX_OFFSET, prefix);
        return cipher.open(key, sequence, additional, buffer, bodyOffset, sealedLength);
    }

    /** Whether the type is one that the replay window guards. */
    boolean isReplayProtected() {
        return type >= Netcode.KEEP_ALIVE;
    }

    /** Whether the body's length fits the type. */
    boolean isBodyLengthValid() {
        final int length = bodyLength();
        return switch (type) {
            case Netcode.DENIED, Netcode.DISCONNECT -> length == 0;
            case Netcode.CHALLENGE, Netcode.RESPONSE -> length == Netcode.CHALLENGE_BODY_LENGTH;
            case Netcode.KEEP_ALIVE -> length == Netcode.KEEP_ALIVE_BODY_LENGTH;
            case Netcode.PAYLOAD -> length >= 1 && length <= Netcode.PAYLOAD_LENGTH_MAX;
            default -> false;
        };
    }

    int type() {
        return type;
    }

    long sequence() {
        return sequence;
    }

    int bodyOffset() {
        return bodyOffset;
    }

    int bodyLength() {
        return sealedLength - Netcode.TAG_LENGTH;
    }

    private static int sequenceLength(final long sequence) {
        final int bits = Long.SIZE - Long.numberOfLeadingZeros(sequence);
        return Math.max(1, (bits + Byte.SIZE - 1) / Byte.SIZE);
    }
}
