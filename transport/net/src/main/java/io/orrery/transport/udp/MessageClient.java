package io.orrery.transport.udp;

import io.orrery.transport.channel.ChannelHeader;
import io.orrery.transport.netcode.ClientShared;
import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.DatagramSender;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.NetcodeClient;
import io.orrery.transport.netcode.NetcodeClientHandler;
import io.orrery.transport.netcode.SendResult;
import io.orrery.transport.reliable.AckHandler;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.net.InetSocketAddress;

/**
 * The whole client above any datagram port: netcode, acknowledgements, channels. Tests drive it without sockets.
 *
 * <p>Writing thread: the one that calls it. Memory: fixed.
 */
final class MessageClient implements NetcodeClientHandler {
    private final NetcodeClient netcode;
    private final MessageLink link;
    private final NetCounters counters;
    private final ClientEvents events;
    private final NanoClock nanoClock;
    private final AckHandler ackHandler;

    MessageClient(final ClientShared shared, final NanoClock nanoClock, final DatagramSender sender, final ClientEvents events) {
        this.nanoClock = nanoClock;
        this.events = events;
        ackHandler = events::onAcked;
        counters = shared.counters();
        link = new MessageLink(counters);
        netcode = new NetcodeClient(shared, sender, this);
    }

    boolean connect(final byte[] connectToken) {
        return netcode.connect(connectToken, nanoClock.nanoTime());
    }

    long onTimer(final long nowNs) {
        return netcode.onTimer(nowNs);
    }

    void onDatagram(
        final InetSocketAddress source, final MutableDirectBuffer buffer, final int offset, final int length, final long nowNs) {
        counters.onDatagramReceived(length);
        netcode.onDatagram(source, buffer, offset, length, nowNs);
    }

    int send(final int channel, final long tag, final DirectBuffer buffer, final int offset, final int length) {
        if (!ChannelHeader.isKnown(channel)) {
            return SendResult.NO_SUCH_CHANNEL;
        }
        if (length < 0 || length > MessageLink.MESSAGE_LENGTH_MAX) {
            return SendResult.TOO_LONG;
        }
        if (netcode.state() != ClientState.CONNECTED) {
            return SendResult.NOT_CONNECTED;
        }
        final int payloadLength =
            link.compose(netcode.payloadBuffer(), NetcodeClient.PAYLOAD_OFFSET, channel, tag, buffer, offset, length);
        return sendPayload(payloadLength);
    }

    void disconnect() {
        netcode.disconnect(nanoClock.nanoTime());
    }

    NetcodeClient netcode() {
        return netcode;
    }

    @Override
    public void onStateChange(final ClientState state) {
        if (state == ClientState.CONNECTED) {
            link.reset();
        }
        events.onStateChange(state);
        if (state == ClientState.CONNECTED && netcode.state() == ClientState.CONNECTED) {
            events.onConnected(netcode.clientIndex(), netcode.clientCapacity());
        }
    }

    @Override
    public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
        final int messageAt = link.take(buffer, offset, length, ackHandler);
        if (messageAt != MessageLink.NO_MESSAGE && netcode.state() == ClientState.CONNECTED) {
            events.onPayload(buffer, offset + messageAt, length - messageAt);
        }
    }

    @Override
    public boolean onSendDue() {
        if (!link.isAckDue()) {
            return false;
        }
        sendPayload(link.composeAck(netcode.payloadBuffer(), NetcodeClient.PAYLOAD_OFFSET));
        return true;
    }

    private int sendPayload(final int length) {
        final int result = netcode.sendPayload(length, nanoClock.nanoTime());
        if (result < 0) {
            link.onNotSent();
        }
        return result;
    }
}
