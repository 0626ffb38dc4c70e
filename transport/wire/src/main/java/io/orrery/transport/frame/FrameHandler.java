package io.orrery.transport.frame;

/** Receives what a {@link FrameReader} finds, on the reader's thread. State rows are valid inside the call only. */
public interface FrameHandler {
    /**
     * An entity is no longer shown.
     *
     * @param netId 0 to {@link FrameFormat#NET_ID_CAPACITY}, exclusive; may be unknown, because leaves are repeated until acknowledged.
     */
    void onLeave(int netId);

    /**
     * An entity is shown from now on; repeated until acknowledged.
     *
     * @param netId 0 to {@link FrameFormat#NET_ID_CAPACITY}, exclusive.
     * @param entityId global id.
     * @param state every field. Shape {@code [fieldCount]}.
     */
    void onEnter(int netId, long entityId, int[] state);

    /**
     * Asks for the state that an update builds on.
     *
     * @param netId whose.
     * @param age frames back from this one, 0 when only the constant fields are wanted.
     * @param state receives every field. Shape {@code [fieldCount]}.
     * @return false if it is not known any more; the update is then read and left out.
     */
    boolean loadBaseline(int netId, int age, int[] state);

    /**
     * A shown entity has a new state.
     *
     * @param netId whose.
     * @param state every field. Shape {@code [fieldCount]}.
     */
    void onUpdate(int netId, int[] state);
}
