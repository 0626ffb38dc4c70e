package io.orrery.game.ingress;

import org.agrona.DirectBuffer;

/** The way back to a client, for answers that are not frames. Called on the network thread. */
public interface ClientSender {
    /**
     * Sends a message unreliably.
     *
     * @param connectionId of the transport.
     * @param message copied; starts at offset 0.
     * @param length in bytes.
     */
    void send(long connectionId, DirectBuffer message, int length);

    /**
     * Ends a connection.
     *
     * @param connectionId of the transport.
     */
    void disconnect(long connectionId);
}
