package io.orrery.client;

/** Makes the transports of clients: one for each attempt to connect. */
@FunctionalInterface
public interface ClientTransportFactory {
    /**
     * Makes an unconnected transport.
     *
     * @param events receives what happens on it; kept for its life.
     * @return owned by the caller, who closes it; null if there is no room for another one.
     */
    ClientTransport create(ClientTransportEvents events);
}
