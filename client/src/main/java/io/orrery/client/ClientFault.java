package io.orrery.client;

/** What can be wrong with a message from a server. None of them ends a connection; all are counted. */
public enum ClientFault {
    /** Too short, of another schema, or with lengths that do not fit. */
    MALFORMED_MESSAGE,
    /** A message that a server does not send. */
    UNKNOWN_MESSAGE,
    /** A frame whose body is not one, or holds values out of their range. Nothing of it was shown. */
    MALFORMED_FRAME,
    /** A frame with an update whose baseline this client does not have. All else in it was shown. */
    UNKNOWN_BASELINE,
    /** A frame that acknowledges a command that was never given. The acknowledgement was left out. */
    UNKNOWN_COMMAND
}
