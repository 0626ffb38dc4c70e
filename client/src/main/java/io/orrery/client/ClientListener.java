package io.orrery.client;

/** Receives what happens to an {@link OrreryClient}, on its thread, inside {@code doWork} or its transport group's. */
public interface ClientListener {
    /** A listener that ignores everything. */
    ClientListener NONE = new ClientListener() { };

    /**
     * The client changed state.
     *
     * @param state the new one.
     */
    default void onStateChange(final ClientState state) {
    }

    /**
     * An entity is shown from now on.
     *
     * @param entity valid until it leaves.
     */
    default void onEnter(final ReplicatedEntity entity) {
    }

    /**
     * An entity is no longer shown.
     *
     * @param entityId global id.
     */
    default void onLeave(final long entityId) {
    }

    /**
     * A frame newer than all before was read, and its entities are shown now.
     *
     * @param frame valid inside this call only.
     */
    default void onFrame(final FrameEnvelope frame) {
    }

    /**
     * A message from the server could not be used.
     *
     * @param fault what was wrong with it.
     */
    default void onFault(final ClientFault fault) {
    }
}
