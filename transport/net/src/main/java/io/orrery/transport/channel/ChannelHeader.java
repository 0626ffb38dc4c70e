package io.orrery.transport.channel;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One byte in front of every message: its channel number. A packet that ends with the acknowledgement header carries no message and no
 * channel byte.
 *
 * <pre>
 * number  channel
 * 0       unreliable: each message once at most, in any order
 * other   refused and counted
 * </pre>
 */
public final class ChannelHeader {
    /** Length of the header, in bytes. */
    public static final int LENGTH = 1;
    /** Each message once at most, in any order. */
    public static final int UNRELIABLE = 0;

    private ChannelHeader() {
    }

    /**
     * Whether messages of this channel are taken.
     *
     * @param channel number, 0..255.
     * @return true for {@link #UNRELIABLE}.
     */
    public static boolean isKnown(final int channel) {
        return channel == UNRELIABLE;
    }

    /**
     * Writes the header.
     *
     * @param buffer to write to.
     * @param offset of the header, in bytes.
     * @param channel number, 0..255.
     * @return its length in bytes.
     */
    public static int encode(final MutableDirectBuffer buffer, final int offset, final int channel) {
        buffer.putByte(offset, (byte) channel);
        return LENGTH;
    }

    /**
     * Reads the header.
     *
     * @param buffer to read from.
     * @param offset of the header, in bytes.
     * @return the channel number, 0..255.
     */
    public static int decode(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset) & 0xFF;
    }
}
