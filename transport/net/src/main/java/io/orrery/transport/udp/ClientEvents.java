package io.orrery.transport.udp;

import io.orrery.transport.netcode.ClientState;

import org.agrona.DirectBuffer;

/** What a {@link UdpClient} tells its owner, on the thread that steps it. Buffers are valid inside the call only. */
public interface ClientEvents {
    /**
     * The server gave a slot.
     *
     * @param clientIndex slot, from 0.
     * @param clientCapacity slots that the server has.
     */
    void onConnected(int clientIndex, int clientCapacity);

    /**
     * A message of the unreliable channel: once at most, in any order.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length 0 to {@link UdpServer#MESSAGE_LENGTH_MAX} bytes.
     */
    void onPayload(DirectBuffer buffer, int offset, int length);

    /**
     * The packet that carried a message arrived at the server. Comes once at most; a lost packet's tag never comes.
     *
     * @param tag given to {@link UdpClient#send}.
     */
    void onAcked(long tag);

    /**
     * The client is in another state. {@link ClientState#CONNECTED} comes just before {@link #onConnected}.
     *
     * @param state now.
     */
    void onStateChange(ClientState state);
}
