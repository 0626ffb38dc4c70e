package io.orrery.transport.udp;

import io.orrery.transport.channel.ChannelHeader;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.Netcode;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.transport.reliable.AckHandler;
import io.orrery.transport.reliable.PacketHeader;
import io.orrery.transport.reliable.ReliableEndpoint;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What lies inside a netcode payload, at one end of one connection: acknowledgement header, channel byte, message.
 *
 * <p>Writing thread: the connection's owner. Memory: fixed.
 */
final class MessageLink {
    /** Most bytes of a message that fits a payload whatever its header costs. */
    static final int MESSAGE_LENGTH_MAX = Netcode.PAYLOAD_LENGTH_MAX - PacketHeader.LENGTH_MAX - ChannelHeader.LENGTH;
    /** Result of {@link #take}: there is no message in the payload, or it was refused and counted. */
    static final int NO_MESSAGE = -1;

    private final ReliableEndpoint endpoint = new ReliableEndpoint();
    private final NetCounters counters;

    MessageLink(final NetCounters counters) {
        this.counters = counters;
    }

    void reset() {
        endpoint.reset();
    }

    boolean isAckDue() {
        return endpoint.isAckDue();
    }

    /** Composes a payload with a message and returns its length. */
    int compose(
        final MutableDirectBuffer payload, final int payloadOffset, final int channel, final long tag,
        final DirectBuffer message, final int messageOffset, final int messageLength) {
        int length = endpoint.writeHeader(payload, payloadOffset, tag);
        length += ChannelHeader.encode(payload, payloadOffset + length, channel);
        payload.putBytes(payloadOffset + length, message, messageOffset, messageLength);
        return length + messageLength;
    }

    /** Composes a payload that only acknowledges and returns its length. */
    int composeAck(final MutableDirectBuffer payload, final int payloadOffset) {
        return endpoint.writeHeader(payload, payloadOffset, 0);
    }

    /** The payload composed last did not leave. */
    void onNotSent() {
        endpoint.onNotSent();
    }

    /** Takes a payload; returns where its message begins, in bytes from the payload's offset, or {@link #NO_MESSAGE}. */
    int take(final DirectBuffer payload, final int offset, final int length, final AckHandler ackHandler) {
        final int headerLength = endpoint.onHeader(payload, offset, length, ackHandler);
        if (headerLength < 0) {
            counters.onRefused(refusalReason(headerLength));
            return NO_MESSAGE;
        }
        if (headerLength == length) {
            return NO_MESSAGE;
        }
        if (!ChannelHeader.isKnown(ChannelHeader.decode(payload, offset + headerLength))) {
            counters.onRefused(RefusalReason.CHANNEL_UNKNOWN);
            return NO_MESSAGE;
        }
        return headerLength + ChannelHeader.LENGTH;
    }

    private static RefusalReason refusalReason(final int code) {
        return switch (code) {
            case PacketHeader.TRUNCATED -> RefusalReason.HEADER_TRUNCATED;
            case PacketHeader.FRAGMENT -> RefusalReason.HEADER_FRAGMENT;
            case ReliableEndpoint.DUPLICATE -> RefusalReason.MESSAGE_DUPLICATE;
            default -> RefusalReason.HEADER_NOT_CANONICAL;
        };
    }
}
