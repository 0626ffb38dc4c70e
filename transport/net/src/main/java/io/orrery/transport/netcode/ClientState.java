package io.orrery.transport.netcode;

/** States of a client, with the standard's numbers. Below 0: why there is no connection. */
public enum ClientState {
    /** The token's life ended before the connection was made. */
    TOKEN_EXPIRED(-6),
    /** The token is not one. */
    INVALID_TOKEN(-5),
    /** The server fell silent. */
    CONNECTION_TIMED_OUT(-4),
    /** No server answered the response. */
    RESPONSE_TIMED_OUT(-3),
    /** No server answered the request. */
    REQUEST_TIMED_OUT(-2),
    /** The last server tried is full. */
    CONNECTION_DENIED(-1),
    /** Not begun, or ended by one side's goodbye. */
    DISCONNECTED(0),
    /** Requests go out ten times a second. */
    SENDING_REQUEST(1),
    /** Responses to the challenge go out ten times a second. */
    SENDING_RESPONSE(2),
    /** Payloads flow. */
    CONNECTED(3);

    private final int code;

    ClientState(final int code) {
        this.code = code;
    }

    /**
     * The standard's number.
     *
     * @return -6 to 3.
     */
    public int code() {
        return code;
    }

    /**
     * Whether a connection exists or is being made.
     *
     * @return true for the numbers above 0.
     */
    public boolean isActive() {
        return code > 0;
    }
}
