package io.orrery.client;

import io.orrery.transport.udp.UdpClient;
import io.orrery.transport.udp.UdpClientContext;
import io.orrery.transport.udp.UdpClientGroup;

/** Many clients' UDP connections on one thread. Writing thread: the one that calls {@link #doWork()}, and no other. */
public final class UdpTransportGroup implements ClientTransportGroup {
    private static final int HEADER_BYTES = 28;

    private final UdpClientGroup group;

    /**
     * Creates a group without members.
     *
     * @param context concluded; serves this group alone. Its capacity must hold all clients that are to be connected at once.
     */
    public UdpTransportGroup(final UdpClientContext context) {
        group = new UdpClientGroup(context);
    }

    @Override
    public ClientTransport create(final ClientTransportEvents events) {
        final UdpClient client = group.newClient(UdpTransport.eventsFor(events));
        return client == null ? null : new UdpTransport(client, true);
    }

    @Override
    public int doWork() {
        return group.doWork();
    }

    @Override
    public long bytesReceived() {
        return group.counters().bytesReceived() + HEADER_BYTES * packetsReceived();
    }

    @Override
    public long bytesSent() {
        return group.counters().bytesSent() + HEADER_BYTES * packetsSent();
    }

    @Override
    public long packetsReceived() {
        return group.counters().datagramsReceived();
    }

    @Override
    public long packetsSent() {
        return group.counters().datagramsSent();
    }

    @Override
    public void close() {
        group.close();
    }
}
