package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;

/** What a {@link NetcodeServer} tells the layer above; on its thread, inside its calls. Buffers are valid inside the call only. */
public interface NetcodeServerHandler {
    /**
     * Asks whether a client with a good token is wanted. May come several times for one token and must change nothing.
     *
     * @param clientId of the token.
     * @param userData holds the token's 256 bytes.
     * @param offset of them.
     * @return false to drop the request without an answer.
     */
    boolean onConnecting(long clientId, DirectBuffer userData, int offset);

    /**
     * A client has a slot.
     *
     * @param connectionId generation and slot, never used again.
     * @param clientId of the token.
     * @param userData holds the token's 256 bytes.
     * @param offset of them.
     */
    void onConnected(long connectionId, long clientId, DirectBuffer userData, int offset);

    /**
     * A payload that is authentic and new.
     *
     * @param connectionId whose.
     * @param buffer holds it.
     * @param offset of it.
     * @param length 1 to 1,200 bytes.
     */
    void onPayload(long connectionId, DirectBuffer buffer, int offset, int length);

    /**
     * Nothing was sent to a client for 100 ms: a chance to send a payload instead of an empty keep-alive.
     *
     * @param connectionId whose.
     * @return true if a payload was sent.
     */
    boolean onSendDue(long connectionId);

    /**
     * A connection ended.
     *
     * @param connectionId whose; unknown from now on.
     * @param reason why.
     */
    void onDisconnected(long connectionId, DisconnectReason reason);
}
