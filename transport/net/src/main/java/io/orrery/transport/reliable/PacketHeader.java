package io.orrery.transport.reliable;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * Flyweight codec of the packet header, 4 to 9 bytes, little-endian.
 *
 * <pre>
 * field      length  present
 * prefix     1       always; bit 0: 0 = packet, 1 = fragment; bits 1..4: byte 0..3 of the mask is present; bit 5: short ack; 6, 7: 0
 * sequence   2       always
 * ack        1 or 2  1 (sequence - ack, modulo 65,536) exactly when that is 255 or less, else the ack itself
 * mask byte  1 each  exactly when it is not 0xFF; low byte first
 * </pre>
 *
 * <p>{@code ack} is the newest sequence received from the other side; bit n of the mask says that {@code ack - n} was received, so that
 * bit 0 is the ack itself, clear only while nothing was received. Each header has one legal form; {@link #decode} refuses every other.
 */
public final class PacketHeader {
    /** Shortest header, in bytes. */
    public static final int LENGTH_MIN = 4;
    /** Longest header, in bytes. */
    public static final int LENGTH_MAX = 9;
    /** Refused: shorter than its header. */
    public static final int TRUNCATED = -1;
    /** Refused: a fragment, or a prefix bit that must be 0. */
    public static final int FRAGMENT = -2;
    /** Refused: a longer form than necessary, or unused prefix bits set. */
    public static final int NOT_CANONICAL = -3;

    private static final int FRAGMENT_BIT = 1;
    private static final int SHORT_ACK_BIT = 1 << 5;
    private static final int UNUSED_BITS = 1 << 6 | 1 << 7;
    private static final int MASK_BYTES = 4;
    private static final int BYTE_FULL = 0xFF;
    private static final int SHORT_ACK_MAX = 0xFF;
    private static final int SEQUENCE_MASK = 0xFFFF;
    private static final int ACK_OFFSET = 3;

    private int sequence;
    private int ack;
    private int ackMask;

    /** Creates a flyweight that has decoded nothing. */
    public PacketHeader() {
    }

    /**
     * Writes a header.
     *
     * @param buffer to write to.
     * @param offset of the header, in bytes.
     * @param sequence of the packet, 0..65535.
     * @param ack newest sequence received, 0..65535.
     * @param ackMask bit n: ack - n was received.
     * @return its length, 4 to 9 bytes.
     */
    public static int encode(final MutableDirectBuffer buffer, final int offset, final int sequence, final int ack, final int ackMask) {
        int prefix = 0;
        int next = offset + ACK_OFFSET;
        final int behind = sequence - ack & SEQUENCE_MASK;
        if (behind <= SHORT_ACK_MAX) {
            prefix |= SHORT_ACK_BIT;
            buffer.putByte(next, (byte) behind);
            next++;
        } else {
            buffer.putShort(next, (short) ack, ByteOrder.LITTLE_ENDIAN);
            next += 2;
        }
        for (int i = 0; i < MASK_BYTES; i++) {
            final int maskByte = ackMask >>> Byte.SIZE * i & BYTE_FULL;
            if (maskByte != BYTE_FULL) {
                prefix |= 1 << 1 + i;
                buffer.putByte(next, (byte) maskByte);
                next++;
            }
        }
        buffer.putByte(offset, (byte) prefix);
        buffer.putShort(offset + 1, (short) sequence, ByteOrder.LITTLE_ENDIAN);
        return next - offset;
    }

    /**
     * Reads a header; its fields are then in {@link #sequence()}, {@link #ack()}, {@link #ackMask()}.
     *
     * @param buffer to read from.
     * @param offset of the header, in bytes.
     * @param length of the packet from the offset on, in bytes.
     * @return length of the header, or below 0: {@link #TRUNCATED}, {@link #FRAGMENT}, {@link #NOT_CANONICAL}; the fields are
     *     then unspecified.
     */
    public int decode(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1) {
            return TRUNCATED;
        }
        final int prefix = buffer.getByte(offset) & 0xFF;
        if ((prefix & FRAGMENT_BIT) != 0) {
            return FRAGMENT;
        }
        if ((prefix & UNUSED_BITS) != 0) {
            return NOT_CANONICAL;
        }
        final boolean isShortAck = (prefix & SHORT_ACK_BIT) != 0;
        final int ackLength = isShortAck ? 1 : 2;
        final int headerLength = ACK_OFFSET + ackLength + Integer.bitCount(prefix >>> 1 & 0xF);
        if (length < headerLength) {
            return TRUNCATED;
        }
        sequence = buffer.getShort(offset + 1, ByteOrder.LITTLE_ENDIAN) & SEQUENCE_MASK;
        if (isShortAck) {
            ack = sequence - (buffer.getByte(offset + ACK_OFFSET) & 0xFF) & SEQUENCE_MASK;
        } else {
            ack = buffer.getShort(offset + ACK_OFFSET, ByteOrder.LITTLE_ENDIAN) & SEQUENCE_MASK;
            if ((sequence - ack & SEQUENCE_MASK) <= SHORT_ACK_MAX) {
                return NOT_CANONICAL;
            }
        }
        return decodeMask(buffer, offset + ACK_OFFSET + ackLength, prefix) ? headerLength : NOT_CANONICAL;
    }

    /**
     * Sequence of the packet.
     *
     * @return 0..65535.
     */
    public int sequence() {
        return sequence;
    }

    /**
     * Newest sequence that the other side received.
     *
     * @return 0..65535; says nothing while bit 0 of the mask is clear.
     */
    public int ack() {
        return ack;
    }

    /**
     * What the other side received.
     *
     * @return bit n: ack - n was received.
     */
    public int ackMask() {
        return ackMask;
    }

    private boolean decodeMask(final DirectBuffer buffer, final int offset, final int prefix) {
        int mask = 0;
        int next = offset;
        for (int i = 0; i < MASK_BYTES; i++) {
            int maskByte = BYTE_FULL;
            if ((prefix & 1 << 1 + i) != 0) {
                maskByte = buffer.getByte(next) & 0xFF;
                next++;
                if (maskByte == BYTE_FULL) {
                    return false;
                }
            }
            mask |= maskByte << Byte.SIZE * i;
        }
        ackMask = mask;
        return true;
    }
}
