package io.orrery.client;

import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.udp.ClientEvents;
import io.orrery.transport.udp.UdpClient;
import org.agrona.DirectBuffer;

/** A {@link UdpClient}, alone or in a group, as a {@link ClientTransport}. Writing thread: the client's. */
final class UdpTransport implements ClientTransport {
    private static final long NO_TAG = 0;

    private final UdpClient client;
    private final boolean isStepped;

    /**
     * Wraps a client.
     *
     * @param client owned from now on.
     * @param isStepped whether somebody else steps it.
     */
    UdpTransport(final UdpClient client, final boolean isStepped) {
        this.client = client;
        this.isStepped = isStepped;
    }

    static ClientEvents eventsFor(final ClientTransportEvents events) {
        return new Adapter(events);
    }

    @Override
    public void connect(final byte[] connectToken) {
        client.connect(connectToken);
    }

    @Override
    public int send(final int channel, final DirectBuffer buffer, final int offset, final int length) {
        return client.send(channel, NO_TAG, buffer, offset, length);
    }

    @Override
    public int doWork() {
        return isStepped ? 0 : client.doWork();
    }

    @Override
    public void close() {
        client.close();
    }

    private record Adapter(ClientTransportEvents events) implements ClientEvents {
        @Override
        public void onConnected(final int clientIndex, final int clientCapacity) {
            events.onConnected();
        }

        @Override
        public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
            events.onPayload(buffer, offset, length);
        }

        @Override
        public void onAcked(final long tag) {
            assert tag == NO_TAG : "tag=" + tag + ", must be " + NO_TAG;
        }

        @Override
        public void onStateChange(final ClientState state) {
            events.onStateChange(state.code());
        }
    }
}
