package io.orrery.world.view;

/**
 * Lends the newest view of one partition to one reading thread. It holds at most one.
 *
 * <p>Writing thread: the one that reads with it. Life: as long as the world; closing is a {@link #release()}.
 */
public final class ViewReader {
    private final ViewPublisher publisher;
    private final int index;

    ViewReader(final ViewPublisher publisher, final int index) {
        this.publisher = publisher;
        this.index = index;
    }

    /**
     * Pins the newest view; one held before is released by this.
     *
     * @return unchanged until {@link #release()} or the next {@link #acquire()}; null before the first tick.
     */
    public TickView acquire() {
        return publisher.pin(index);
    }

    /** Gives the view back; its columns may change from now on. */
    public void release() {
        publisher.unpin(index);
    }
}
