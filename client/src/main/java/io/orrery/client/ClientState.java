package io.orrery.client;

/** Where an {@link OrreryClient} stands. */
public enum ClientState {
    /** Not connected yet. */
    IDLE(false),
    /** The transport is connecting. */
    CONNECTING(false),
    /** Connected; Hello is repeated until the server answers. */
    GREETING(false),
    /** Welcome has arrived: commands may be given. */
    IN_WORLD(false),
    /** The server refused, or it speaks another protocol; {@link OrreryClient#refusal()} says why. */
    REFUSED(true),
    /** Connected, but nobody answered Hello in time. */
    HELLO_UNANSWERED(true),
    /** The transport could not connect; {@link OrreryClient#transportState()} says why. */
    CONNECT_FAILED(true),
    /** The connection ended after it had stood; {@link OrreryClient#transportState()} says how. */
    DISCONNECTED(true),
    /** Closed by its owner. */
    CLOSED(true);

    private final boolean isEnd;

    ClientState(final boolean isEnd) {
        this.isEnd = isEnd;
    }

    /**
     * Whether nothing more happens until the next {@link OrreryClient#connect}.
     *
     * @return true for all ways to end.
     */
    public boolean isEnd() {
        return isEnd;
    }
}
