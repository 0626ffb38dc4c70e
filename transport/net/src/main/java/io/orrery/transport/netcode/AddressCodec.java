package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Addresses as connect tokens carry them.
 *
 * <pre>
 * offset  length  field
 * 0       1       1 = IPv4, 2 = IPv6
 * 1       4       IPv4: the four bytes as written a.b.c.d
 * 1       16      IPv6: eight groups, each a little-endian u16
 * 5, 17   2       port, u16 little-endian
 * </pre>
 */
final class AddressCodec {
    static final int IPV4_LENGTH = 7;
    static final int IPV6_LENGTH = 19;
    static final int INVALID = -1;

    private static final byte IPV4 = 1;
    private static final byte IPV6 = 2;
    private static final int IPV6_GROUPS = 8;

    private AddressCodec() {
    }

    /** Writes an address and returns its length in bytes. */
    static int write(final InetSocketAddress address, final MutableDirectBuffer buffer, final int offset) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address=" + address + ", must be resolved");
        }
        final byte[] raw = address.getAddress().getAddress();
        final int portOffset;
        if (address.getAddress() instanceof Inet4Address) {
            buffer.putByte(offset, IPV4);
            buffer.putBytes(offset + 1, raw);
            portOffset = offset + IPV4_LENGTH - 2;
        } else {
            buffer.putByte(offset, IPV6);
            for (int i = 0; i < IPV6_GROUPS; i++) {
                buffer.putByte(offset + 1 + 2 * i, raw[2 * i + 1]);
                buffer.putByte(offset + 2 + 2 * i, raw[2 * i]);
            }
            portOffset = offset + IPV6_LENGTH - 2;
        }
        buffer.putShort(portOffset, (short) address.getPort(), ByteOrder.LITTLE_ENDIAN);
        return portOffset + 2 - offset;
    }

    /** Length in bytes of the address at the offset, {@link #INVALID} if its type is unknown or it passes the limit. */
    static int length(final DirectBuffer buffer, final int offset, final int limit) {
        if (offset >= limit) {
            return INVALID;
        }
        final byte type = buffer.getByte(offset);
        final int length = type == IPV4 ? IPV4_LENGTH : type == IPV6 ? IPV6_LENGTH : INVALID;
        return length == INVALID || offset + length > limit ? INVALID : length;
    }

    /** Reads an address that {@link #length} accepted. */
    static InetSocketAddress read(final DirectBuffer buffer, final int offset) {
        final boolean isIpv4 = buffer.getByte(offset) == IPV4;
        final byte[] raw = new byte[isIpv4 ? 4 : 2 * IPV6_GROUPS];
        if (isIpv4) {
            buffer.getBytes(offset + 1, raw);
        } else {
            for (int i = 0; i < IPV6_GROUPS; i++) {
                raw[2 * i + 1] = buffer.getByte(offset + 1 + 2 * i);
                raw[2 * i] = buffer.getByte(offset + 2 + 2 * i);
            }
        }
        final int portOffset = offset + (isIpv4 ? IPV4_LENGTH : IPV6_LENGTH) - 2;
        final int port = buffer.getShort(portOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
