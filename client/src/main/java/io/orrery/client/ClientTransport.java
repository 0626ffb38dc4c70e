package io.orrery.client;

import org.agrona.DirectBuffer;

/**
 * One connection to a game server, as the client library needs it: a port, so that tests run without sockets.
 *
 * <p>Calling thread: the client's, and no other. What arrives is handed to the {@link ClientTransportEvents} that it was made with.
 */
public interface ClientTransport extends AutoCloseable {
    /** State number of the netcode standard: not connected, or disconnected by either side. Negative numbers are errors. */
    int STATE_DISCONNECTED = 0;
    /** State number of the netcode standard: connected. */
    int STATE_CONNECTED = 3;

    /**
     * Starts to connect. Called once in a life; a new attempt uses a new transport.
     *
     * @param connectToken of 2,048 bytes, from a lobby; not kept. What is wrong with it shows as a negative state.
     */
    void connect(byte[] connectToken);

    /**
     * Sends one message.
     *
     * @param channel number of the channel.
     * @param buffer source, copied before this returns.
     * @param offset first byte.
     * @param length of the message, in bytes.
     * @return 1 if it was handed to the network; a negative number if not: the caller goes on and sends again later.
     */
    int send(int channel, DirectBuffer buffer, int offset, int length);

    /**
     * Receives and keeps the connection alive. Does nothing where a {@link ClientTransportGroup} does this for all its members.
     *
     * @return how much was done, 0 for nothing.
     */
    int doWork();

    /** Tells the server, redundantly, that the connection ends, and frees what it holds. Idempotent; no events follow. */
    @Override
    void close();
}
