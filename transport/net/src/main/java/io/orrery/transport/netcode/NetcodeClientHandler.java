package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;

/** What a {@link NetcodeClient} tells the layer above; on its thread, inside its calls. Buffers are valid inside the call only. */
public interface NetcodeClientHandler {
    /**
     * The client is in another state.
     *
     * @param state now.
     */
    void onStateChange(ClientState state);

    /**
     * A payload that is authentic and new.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length 1 to 1,200 bytes.
     */
    void onPayload(DirectBuffer buffer, int offset, int length);

    /**
     * Nothing was sent for 100 ms: a chance to send a payload instead of an empty keep-alive.
     *
     * @return true if a payload was sent.
     */
    boolean onSendDue();
}
