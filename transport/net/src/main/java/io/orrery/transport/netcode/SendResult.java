package io.orrery.transport.netcode;

/** What sending returned; the caller must branch on anything below 0. */
public final class SendResult {
    /** The datagram was taken. */
    public static final int SENT = 1;
    /** There is no such connection, or no longer. */
    public static final int NOT_CONNECTED = -1;
    /** Longer than one packet may carry; nothing happened. */
    public static final int TOO_LONG = -2;
    /** The socket did not take it; the message is lost, its tag will not come back, try again with newer data. */
    public static final int BACK_PRESSURED = -3;
    /** The channel number does not exist; nothing happened. */
    public static final int NO_SUCH_CHANNEL = -4;

    private SendResult() {
    }
}
