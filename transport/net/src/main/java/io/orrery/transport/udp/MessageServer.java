package io.orrery.transport.udp;

import io.orrery.transport.channel.ChannelHeader;
import io.orrery.transport.netcode.DatagramSender;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.NetcodeServer;
import io.orrery.transport.netcode.NetcodeServerContext;
import io.orrery.transport.netcode.NetcodeServerHandler;
import io.orrery.transport.netcode.SendResult;
import io.orrery.transport.reliable.AckHandler;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.net.InetSocketAddress;

/**
 * The whole server above any datagram port: netcode, acknowledgements, channels. Tests drive it without sockets.
 *
 * <p>Writing thread: the one that calls {@link #doWork()}. Memory: one {@link MessageLink} per slot, made when the slot is first used.
 */
final class MessageServer implements NetcodeServerHandler, AckHandler {
    private final NetcodeServer netcode;
    private final ConnectionEvents events;
    private final NetCounters counters;
    private final MessageLink[] links;
    private long ackingConnectionId;

    MessageServer(
        final NetcodeServerContext context, final int clientCapacity, final NetCounters counters,
        final DatagramSender sender, final ConnectionEvents events) {
        this.events = events;
        this.counters = counters;
        links = new MessageLink[clientCapacity];
        netcode = new NetcodeServer(context, sender, this);
    }

    int doWork() {
        return netcode.doWork();
    }

    void onDatagram(final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length) {
        counters.onDatagramReceived(length);
        netcode.onDatagram(source, buffer, offset, length);
    }

    int send(
        final long connectionId, final int channel, final long tag,
        final DirectBuffer buffer, final int offset, final int length) {
        if (!ChannelHeader.isKnown(channel)) {
            return SendResult.NO_SUCH_CHANNEL;
        }
        if (length < 0 || length > MessageLink.MESSAGE_LENGTH_MAX) {
            return SendResult.TOO_LONG;
        }
        if (!netcode.isConnected(connectionId)) {
            return SendResult.NOT_CONNECTED;
        }
        final MessageLink link = links[(int) connectionId];
        final int payloadLength =
            link.compose(netcode.payloadBuffer(), NetcodeServer.PAYLOAD_OFFSET, channel, tag, buffer, offset, length);
        final int result = netcode.sendPayload(connectionId, payloadLength);
        if (result < 0) {
            link.onNotSent();
        }
        return result;
    }

    boolean disconnect(final long connectionId) {
        return netcode.disconnect(connectionId);
    }

    void close() {
        netcode.close();
    }

    NetcodeServer netcode() {
        return netcode;
    }

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        return events.onConnecting(clientId, userData, offset);
    }

    @Override
    public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
        final int slot = (int) connectionId;
        if (links[slot] == null) {
            links[slot] = new MessageLink(counters);
        }
        links[slot].reset();
        events.onConnected(connectionId, clientId, userData, offset);
    }

    @Override
    public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
        ackingConnectionId = connectionId;
        final int messageAt = links[(int) connectionId].take(buffer, offset, length, this);
        // The owner may have closed the connection when told of an acknowledgement.
        if (messageAt != MessageLink.NO_MESSAGE && netcode.isConnected(connectionId)) {
            events.onPayload(connectionId, buffer, offset + messageAt, length - messageAt);
        }
    }

    @Override
    public void onAcked(final long tag) {
        if (netcode.isConnected(ackingConnectionId)) {
            events.onAcked(ackingConnectionId, tag);
        }
    }

    @Override
    public boolean onSendDue(final long connectionId) {
        final MessageLink link = links[(int) connectionId];
        if (!link.isAckDue()) {
            return false;
        }
        final int length = link.composeAck(netcode.payloadBuffer(), NetcodeServer.PAYLOAD_OFFSET);
        if (netcode.sendPayload(connectionId, length) < 0) {
            link.onNotSent();
        }
        return true;
    }

    @Override
    public void onDisconnected(final long connectionId, final DisconnectReason reason) {
        events.onDisconnected(connectionId, reason);
    }
}
