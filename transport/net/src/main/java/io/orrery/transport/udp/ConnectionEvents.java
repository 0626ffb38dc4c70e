package io.orrery.transport.udp;

import io.orrery.transport.netcode.DisconnectReason;

import org.agrona.DirectBuffer;

/**
 * What a {@link UdpServer} tells its owner, on the server's thread and inside its {@link UdpServer#doWork()}. Sending and disconnecting
 * from inside is allowed. Buffers are valid inside the call only.
 */
public interface ConnectionEvents {
    /**
     * Asks whether a client with a good token is wanted, for example not one whose token is of an earlier node epoch. May come several
     * times for one token and must change nothing.
     *
     * @param clientId of the token.
     * @param userData holds the token's 256 bytes.
     * @param offset of them.
     * @return false to drop the request without an answer; it is counted.
     */
    boolean onConnecting(long clientId, DirectBuffer userData, int offset);

    /**
     * A client is connected.
     *
     * @param connectionId never used again by this server.
     * @param clientId of the token.
     * @param userData holds the token's 256 bytes.
     * @param offset of them.
     */
    void onConnected(long connectionId, long clientId, DirectBuffer userData, int offset);

    /**
     * A message of the unreliable channel: once at most, in any order.
     *
     * @param connectionId whose.
     * @param buffer holds it.
     * @param offset of it.
     * @param length 0 to {@link UdpServer#MESSAGE_LENGTH_MAX} bytes.
     */
    void onPayload(long connectionId, DirectBuffer buffer, int offset, int length);

    /**
     * The packet that carried a message arrived at the client. Comes once at most; a lost packet's tag never comes.
     *
     * @param connectionId whose.
     * @param tag given to {@link UdpServer#send}.
     */
    void onAcked(long connectionId, long tag);

    /**
     * A connection ended.
     *
     * @param connectionId whose; unknown from now on.
     * @param reason why.
     */
    void onDisconnected(long connectionId, DisconnectReason reason);
}
