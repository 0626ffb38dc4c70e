package io.orrery.transport.netcode;

/** Why a connection ended, seen from the server. */
public enum DisconnectReason {
    /** The client said goodbye. */
    CLIENT_LEFT,
    /** Nothing came for the token's time-out. */
    TIMED_OUT,
    /** The application closed it. */
    CLOSED_BY_SERVER,
    /** The server is closing. */
    SERVER_CLOSING
}
