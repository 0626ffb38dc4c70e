package io.orrery.transport.netcode;

/** Why a datagram, or what was in it, was dropped. Nothing is ever sent in answer; these are counted. */
public enum RefusalReason {
    /** Shorter than any packet or longer than every packet. */
    SIZE,
    /** Type nibble above 6. */
    TYPE_UNKNOWN,
    /** A type that this side never receives. */
    TYPE_NOT_ALLOWED,
    /** Sequence byte count not in 1..8. */
    SEQUENCE_LENGTH,
    /** Too short for its sequence and a tag. */
    TRUNCATED,
    /** Sequence received before, or too old to know. */
    REPLAYED,
    /** No session and no handshake with the source address. */
    UNKNOWN_SOURCE,
    /** Not sealed with the key of its source. */
    NOT_AUTHENTIC,
    /** Authentic, but the body's length does not fit the type. */
    BODY_SIZE,
    /** Authentic, but not of this state of the connection. */
    UNEXPECTED,
    /** A connection request of the wrong length. */
    REQUEST_SIZE,
    /** Not version 1.02. */
    VERSION,
    /** Another protocol id. */
    PROTOCOL_ID,
    /** Connect token expired by the server's wall clock. */
    TOKEN_EXPIRED,
    /** Private part not sealed with the shared key. */
    TOKEN_NOT_AUTHENTIC,
    /** Private part sealed well, filled badly. */
    TOKEN_MALFORMED,
    /** The server is not among the token's internal addresses. */
    TOKEN_OTHER_SERVER,
    /** The source address has a connection. */
    SOURCE_CONNECTED,
    /** The client id has a connection. */
    CLIENT_ID_CONNECTED,
    /** The token had a slot already; it never gets a second one. */
    TOKEN_USED,
    /** The token belongs to the source address that showed it first. */
    TOKEN_OTHER_SOURCE,
    /** The token was shown more often than ten times a second and some slack. */
    TOKEN_RATE,
    /** The bounded list of live tokens is full. */
    TOKEN_HISTORY_FULL,
    /** No free slot: one denied packet went out. */
    SERVER_FULL,
    /** The application does not want this client. */
    APPLICATION_VETO,
    /** The source address is in a handshake with another token. */
    SOURCE_IN_HANDSHAKE,
    /** Too many handshakes at once. */
    HANDSHAKES_FULL,
    /** A challenge token that this server did not make. */
    CHALLENGE_NOT_AUTHENTIC,
    /** A challenge token made for another connect token. */
    CHALLENGE_OTHER_TOKEN,
    /** Payload too short for its acknowledgement header. */
    HEADER_TRUNCATED,
    /** Acknowledgement header not in its one legal form. */
    HEADER_NOT_CANONICAL,
    /** A fragment; none are accepted yet. */
    HEADER_FRAGMENT,
    /** A message sequence that came before. */
    MESSAGE_DUPLICATE,
    /** A channel number that does not exist. */
    CHANNEL_UNKNOWN
}
