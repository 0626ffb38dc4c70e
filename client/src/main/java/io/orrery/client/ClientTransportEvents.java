package io.orrery.client;

import org.agrona.DirectBuffer;

/** Receives what happens on a {@link ClientTransport}, inside its {@code connect} and {@code doWork}, or its group's. */
public interface ClientTransportEvents {
    /** The connection stands: messages may be sent. */
    void onConnected();

    /**
     * A message came.
     *
     * @param buffer source, valid inside this call only.
     * @param offset first byte.
     * @param length of the message, in bytes.
     */
    void onPayload(DirectBuffer buffer, int offset, int length);

    /**
     * The connection changed state.
     *
     * @param state number of the netcode standard: 0 and below are ends.
     */
    void onStateChange(int state);
}
