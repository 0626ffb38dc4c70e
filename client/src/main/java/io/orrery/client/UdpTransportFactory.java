package io.orrery.client;

import io.orrery.transport.udp.UdpClient;
import io.orrery.transport.udp.UdpClientContext;
import org.agrona.concurrent.NanoClock;

/** Makes UDP connections that their clients step themselves, with a socket and a cipher each. Immutable. */
public final class UdpTransportFactory implements ClientTransportFactory {
    private final NanoClock clock;

    /**
     * Creates a factory.
     *
     * @param clock monotonic, of all timers.
     */
    public UdpTransportFactory(final NanoClock clock) {
        this.clock = clock;
    }

    @Override
    public ClientTransport create(final ClientTransportEvents events) {
        final UdpClientContext context = new UdpClientContext().nanoClock(clock).conclude();
        return new UdpTransport(new UdpClient(context, UdpTransport.eventsFor(events)), false);
    }
}
