package io.orrery.transport.http;

/** What happens to connections and requests besides being answered by a route; each is counted by {@link HttpCounters}. */
public enum HttpEvent {
    /** A connection came in and was let in. */
    CONNECTION_OPENED,
    /** A connection was closed at once: its address has too many. */
    CONNECTION_REFUSED,
    /** A TLS handshake was not complete in time. */
    HANDSHAKE_OVERDUE,
    /** The headers of a request were not complete in time. */
    HEADERS_OVERDUE,
    /** The body of a request was not complete in time. */
    BODY_OVERDUE,
    /** The client did not take its response in time. */
    RESPONSE_OVERDUE,
    /** A connection was closed because nothing was asked for long. */
    IDLE_CLOSED,
    /** What came in was no request: answered with 4xx, the connection closed. */
    MALFORMED,
    /** The client went away before its request was complete or its response was taken. */
    CLIENT_GONE,
    /** Refused with 503: too many requests in flight. */
    OVERLOADED,
    /** Refused with 503: the server is draining. */
    DRAINING,
    /** A handler or a part of the server threw; answered with 500. */
    FAULT
}
