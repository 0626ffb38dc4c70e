package io.orrery.transport.http;

/** What a connection is doing; each phase but {@link #HANDLING} has a deadline. */
enum ConnectionPhase {
    /** TLS is being agreed on. */
    HANDSHAKE(HttpEvent.HANDSHAKE_OVERDUE),
    /** Nothing was asked yet, or everything was answered. */
    IDLE(HttpEvent.IDLE_CLOSED),
    /** The first byte of a request is here, its headers are not complete. */
    HEADERS(HttpEvent.HEADERS_OVERDUE),
    /** The headers are complete, the body is not. */
    BODY(HttpEvent.BODY_OVERDUE),
    /** The request is with its handler. */
    HANDLING(null),
    /** The response is being written. */
    RESPONDING(HttpEvent.RESPONSE_OVERDUE),
    /** The response is written; what the client still sends is thrown away, so that closing does not destroy the response. */
    LINGERING(null),
    /** A deadline passed: 408 is being sent, then the connection is closed. */
    EXPIRED(null),
    /** Over. */
    CLOSED(null);

    private final HttpEvent overdue;

    ConnectionPhase(final HttpEvent overdue) {
        this.overdue = overdue;
    }

    /** What to count when the deadline passes; null for nothing. */
    HttpEvent overdue() {
        return overdue;
    }

    boolean isAnswerable() {
        return this == HEADERS || this == BODY;
    }
}
