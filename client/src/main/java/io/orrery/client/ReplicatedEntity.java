package io.orrery.client;

import io.orrery.transport.frame.FrameFormat;
import io.orrery.transport.frame.ReplicationSchema;

/**
 * One entity that a client is shown: its newest state and those of the last {@link FrameFormat#HISTORY_FRAMES} frames that spoke of it.
 *
 * <p>Writing thread: the client's. Valid until the entity leaves; then the object serves another one. Memory: fixed, about 1 KiB with the
 * standard schema.
 */
public final class ReplicatedEntity {
    private static final int RING_MASK = FrameFormat.HISTORY_FRAMES - 1;

    private final int fieldCount;
    /** Low 32 bits of the frame number of each row. Shape {@code [HISTORY_FRAMES]}, index = frame number % HISTORY_FRAMES. */
    private final int[] frames = new int[FrameFormat.HISTORY_FRAMES];
    /** Rows of states. Shape {@code [HISTORY_FRAMES * fieldCount]}, same index. */
    private final int[] states;

    private long entityId;
    private int netId;
    private int shownIndex;
    private long enteredFrame;
    /** Newest frame that spoke of the entity. Its row outlasts it: what would overwrite that is newer, and then shown itself. */
    private long shownFrame;
    private long shownSlot;

    ReplicatedEntity(final int fieldCount) {
        this.fieldCount = fieldCount;
        states = new int[FrameFormat.HISTORY_FRAMES * fieldCount];
    }

    /**
     * Global id.
     *
     * @return never reused in a world.
     */
    public long entityId() {
        return entityId;
    }

    /**
     * Number that stands for the entity in frames to this client.
     *
     * @return 0 to {@link FrameFormat#NET_ID_CAPACITY}, exclusive.
     */
    public int netId() {
        return netId;
    }

    /**
     * Slot of the newest state.
     *
     * @return world tick.
     */
    public long slot() {
        return shownSlot;
    }

    /**
     * Frame of the newest state.
     *
     * @return its number; below that of the newest frame if that one did not speak of this entity.
     */
    public long frameNumber() {
        return shownFrame;
    }

    /**
     * Game object kind.
     *
     * @return as the world numbers them.
     */
    public int kind() {
        return field(ReplicationSchema.KIND);
    }

    /**
     * East-west position of the newest state.
     *
     * @return centimetres from the western edge.
     */
    public int xCm() {
        return field(ReplicationSchema.X);
    }

    /**
     * North-south position of the newest state.
     *
     * @return centimetres from the southern edge.
     */
    public int yCm() {
        return field(ReplicationSchema.Y);
    }

    /**
     * One field of the newest state.
     *
     * @param index of the field in the replication schema.
     * @return its value.
     */
    public int field(final int index) {
        return rowField((int) shownFrame & RING_MASK, index);
    }

    void reset(final int newNetId, final long newEntityId, final long frameNumber) {
        netId = newNetId;
        entityId = newEntityId;
        enteredFrame = frameNumber;
        shownFrame = Long.MIN_VALUE;
        for (int i = 0; i < frames.length; i++) {
            // The low bits of a number in row i are i, those of its complement never are: this matches no frame.
            frames[i] = ~i;
        }
    }

    /** Keeps the state that a frame gave, and shows it unless a newer frame has spoken. */
    void store(final long frameNumber, final long slot, final int[] rows, final int row) {
        final int index = (int) frameNumber & RING_MASK;
        frames[index] = (int) frameNumber;
        System.arraycopy(rows, row, states, index * fieldCount, fieldCount);
        if (shownFrame < frameNumber) {
            shownFrame = frameNumber;
            shownSlot = slot;
        }
    }

    void enteredBy(final long frameNumber) {
        enteredFrame = Math.min(enteredFrame, frameNumber);
    }

    long enteredFrame() {
        return enteredFrame;
    }

    boolean load(final long frameNumber, final int[] target) {
        final int index = (int) frameNumber & RING_MASK;
        if (frames[index] != (int) frameNumber) {
            return false;
        }
        System.arraycopy(states, index * fieldCount, target, 0, fieldCount);
        return true;
    }

    void loadShown(final int[] target) {
        System.arraycopy(states, ((int) shownFrame & RING_MASK) * fieldCount, target, 0, fieldCount);
    }

    boolean hasRow(final int index, final long frameNumber) {
        return frames[index] == (int) frameNumber;
    }

    int rowField(final int index, final int field) {
        return states[index * fieldCount + field];
    }

    int shownIndex() {
        return shownIndex;
    }

    void shownIndex(final int index) {
        shownIndex = index;
    }
}
