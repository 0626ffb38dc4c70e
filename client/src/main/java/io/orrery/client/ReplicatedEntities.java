package io.orrery.client;

import io.orrery.transport.frame.FrameFormat;
import io.orrery.transport.frame.FrameReader;
import io.orrery.transport.frame.ReplicationSchema;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What a client is shown: entities by global id, each with the states that later frames may build on.
 *
 * <p>Writing thread: the client's. Memory: two tables of {@link FrameFormat#NET_ID_CAPACITY} entries, and an entity object for as many
 * entities as were ever shown at once; those that leave serve the next that enter, so steady play allocates nothing.
 *
 * <p>Frames may arrive out of order, the server counts each that arrived as known, and where its budget is short it leaves things out of
 * frames. So newest is judged for each net id by itself. Guarantees: (G1) the newest frame that spoke of a net id decides what is shown for
 * it; a late frame enters, moves or takes away an entity unless a newer one has spoken of its net id; (G2) states of frames up to
 * {@link FrameFormat#BASELINE_AGE_MAX} behind are kept as baselines, because the server takes them as such once their packets are
 * acknowledged; (G3) what a frame says of a net id's earlier holder, from before its leave or the present holder's enter, is left out in
 * silence; (G4) repeated enters and leaves change nothing; (G5) a malformed frame changes nothing. Frame numbers are unwrapped here, so
 * that all comparisons hold across their wrap-around.
 */
public final class ReplicatedEntities {
    /** Most entities shown at once. */
    public static final int CAPACITY = FrameFormat.NET_ID_CAPACITY;

    /** The frame is the newest now, and all of it was read. */
    static final int NEWEST = 2;
    /** The frame is older than the newest; it was read, and it counts where no newer one spoke. */
    static final int LATE = 1;
    /** The frame came before, or is too old; nothing of it was used. */
    static final int IGNORED = 0;
    /** The bytes are not a frame; nothing of it was used. */
    static final int MALFORMED = -1;
    /** As {@link #NEWEST}, but at least one update lacked its baseline. */
    static final int NEWEST_LACKING = -2;
    /** As {@link #LATE}, but at least one update lacked its baseline. */
    static final int LATE_LACKING = -3;

    private static final long NO_FRAME = Long.MIN_VALUE;
    private static final int RING_MASK = FrameFormat.HISTORY_FRAMES - 1;
    private static final int SHOWN_INITIAL = 16;

    private final ClientListener listener;
    private final FrameReader reader;
    private final StagedFrame staged;
    private final int fieldCount;
    private final ReplicatedEntity[] byNetId = new ReplicatedEntity[FrameFormat.NET_ID_CAPACITY];
    /** Highest frame that said a net id is free. Shape {@code [NET_ID_CAPACITY]}. */
    private final long[] leftFrames = new long[FrameFormat.NET_ID_CAPACITY];
    private final Long2ObjectHashMap<ReplicatedEntity> byId = new Long2ObjectHashMap<>();
    private final long[] frameNumbers = new long[FrameFormat.HISTORY_FRAMES];
    private final long[] frameSlots = new long[FrameFormat.HISTORY_FRAMES];

    private ReplicatedEntity[] shown = new ReplicatedEntity[SHOWN_INITIAL];
    private int shownCount;
    private ReplicatedEntity[] spares = new ReplicatedEntity[SHOWN_INITIAL];
    private int spareCount;
    private long newestFrame;
    private long newestSlot;
    private long readFrame;
    private long readSlot;

    ReplicatedEntities(final ReplicationSchema schema, final ClientListener listener) {
        this.listener = listener;
        reader = new FrameReader(schema);
        staged = new StagedFrame(schema, this::loadBaseline);
        fieldCount = schema.fieldCount();
        clear();
    }

    /**
     * Entities shown.
     *
     * @return how many, own character included.
     */
    public int count() {
        return shownCount;
    }

    /**
     * One of the entities shown, in no particular order.
     *
     * @param index 0 to {@link #count()}, exclusive; stands for another entity once one leaves.
     * @return valid until it leaves.
     */
    public ReplicatedEntity entity(final int index) {
        assert index < shownCount : "index=" + index + ", must be below count=" + shownCount;
        return shown[index];
    }

    /**
     * Looks an entity up.
     *
     * @param entityId global id.
     * @return valid until it leaves, or null if it is not shown.
     */
    public ReplicatedEntity find(final long entityId) {
        return byId.get(entityId);
    }

    /**
     * Number of the newest frame.
     *
     * @return from 1; 0 before the first.
     */
    public long newestFrameNumber() {
        return newestFrame == NO_FRAME ? 0 : newestFrame;
    }

    /**
     * World tick of the newest frame.
     *
     * @return slot; 0 before the first frame.
     */
    public long newestSlot() {
        return newestSlot;
    }

    /**
     * Where an entity was at a time between slots: on the straight line between the newest state at or before it and the oldest after it,
     * of those in the last {@link FrameFormat#HISTORY_FRAMES} frames. Before the oldest of them it is the oldest, after the newest it
     * is the newest: nothing is guessed. A good time to draw is two to three slots behind {@link #newestSlot()}.
     *
     * @param entityId global id.
     * @param slotTime world tick, with its fraction.
     * @param result receives the place.
     * @return false if the entity is not shown; the result is then as it was.
     */
    public boolean position(final long entityId, final double slotTime, final WorldPosition result) {
        final ReplicatedEntity entity = byId.get(entityId);
        if (entity == null) {
            return false;
        }

        int before = -1;
        int after = -1;
        for (int i = 0; i < FrameFormat.HISTORY_FRAMES; i++) {
            if (frameNumbers[i] == NO_FRAME || !entity.hasRow(i, frameNumbers[i])) {
                continue;
            }
            if (frameSlots[i] <= slotTime) {
                before = before < 0 || frameSlots[i] > frameSlots[before] ? i : before;
            } else {
                after = after < 0 || frameSlots[i] < frameSlots[after] ? i : after;
            }
        }
        interpolate(entity, before, after, slotTime, result);
        return true;
    }

    void clear() {
        for (int i = 0; i < shownCount; i++) {
            byNetId[shown[i].netId()] = null;
            recycle(shown[i]);
            shown[i] = null;
        }
        shownCount = 0;
        byId.clear();
        Arrays.fill(leftFrames, NO_FRAME);
        Arrays.fill(frameNumbers, NO_FRAME);
        newestFrame = NO_FRAME;
        newestSlot = 0;
    }

    /**
     * Takes one frame.
     *
     * @param frameNumber low 32 bits.
     * @param slot low 32 bits.
     * @param buffer source of the body.
     * @param offset first byte of the body.
     * @param length of the body, in bytes.
     * @return one of this class's results.
     */
    int onFrame(final long frameNumber, final long slot, final DirectBuffer buffer, final int offset, final int length) {
        readFrame = newestFrame == NO_FRAME ? frameNumber : newestFrame + ((int) frameNumber - (int) newestFrame);
        readSlot = newestFrame == NO_FRAME ? slot : newestSlot + ((int) slot - (int) newestSlot);
        final boolean isNewest = newestFrame == NO_FRAME || readFrame > newestFrame;
        if (!isNewest && (newestFrame - readFrame > FrameFormat.BASELINE_AGE_MAX || isKnown(readFrame))) {
            return IGNORED;
        }

        staged.clear();
        final int result = reader.read(buffer, offset, length, staged);
        if (result == FrameReader.MALFORMED || staged.isOutOfRange()) {
            return MALFORMED;
        }

        frameNumbers[(int) readFrame & RING_MASK] = readFrame;
        frameSlots[(int) readFrame & RING_MASK] = readSlot;
        if (isNewest) {
            newestFrame = readFrame;
            newestSlot = readSlot;
        }
        apply();
        if (isNewest) {
            return result == FrameReader.OK ? NEWEST : NEWEST_LACKING;
        }
        return result == FrameReader.OK ? LATE : LATE_LACKING;
    }

    long readFrame() {
        return readFrame;
    }

    long readSlot() {
        return readSlot;
    }

    private boolean isKnown(final long frameNumber) {
        return frameNumbers[(int) frameNumber & RING_MASK] == frameNumber;
    }

    private int loadBaseline(final int netId, final int age, final int[] state) {
        final ReplicatedEntity entity = byNetId[netId];
        final boolean isLate = newestFrame != NO_FRAME && readFrame < newestFrame;
        if (isLate && !isOfHolder(netId, entity)) {
            Arrays.fill(state, 0);
            return StagedFrame.Baselines.DISCARD;
        }
        if (entity == null) {
            return StagedFrame.Baselines.UNKNOWN;
        }
        if (age == 0) {
            entity.loadShown(state);
            return StagedFrame.Baselines.KNOWN;
        }
        return entity.load(readFrame - age, state) ? StagedFrame.Baselines.KNOWN : StagedFrame.Baselines.UNKNOWN;
    }

    /** Whether the frame that is read may speak of the entity that holds the net id now, or else of an earlier one. */
    private boolean isOfHolder(final int netId, final ReplicatedEntity held) {
        return held != null && held.enteredFrame() <= readFrame && leftFrames[netId] <= readFrame;
    }

    private void apply() {
        for (int i = 0; i < staged.leaveCount(); i++) {
            leave(staged.leaveNetId(i));
        }
        for (int i = 0; i < staged.enterCount(); i++) {
            enter(staged.enterNetId(i), staged.enterEntityId(i), staged.enterStates(), i * fieldCount);
        }
        for (int i = 0; i < staged.updateCount(); i++) {
            final int netId = staged.updateNetId(i);
            final ReplicatedEntity held = byNetId[netId];
            if (isOfHolder(netId, held)) {
                held.store(readFrame, readSlot, staged.updateStates(), i * fieldCount);
            }
        }
    }

    private void leave(final int netId) {
        leftFrames[netId] = Math.max(leftFrames[netId], readFrame);
        final ReplicatedEntity held = byNetId[netId];
        if (held != null && held.frameNumber() < readFrame) {
            hide(held);
        }
    }

    private void enter(final int netId, final long entityId, final int[] states, final int row) {
        if (leftFrames[netId] > readFrame) {
            return;
        }
        final ReplicatedEntity held = byNetId[netId];
        if (held != null && held.entityId() == entityId) {
            held.store(readFrame, readSlot, states, row);
            held.enteredBy(readFrame);
            return;
        }
        final ReplicatedEntity elsewhere = byId.get(entityId);
        if (held != null && held.frameNumber() > readFrame || elsewhere != null && elsewhere.frameNumber() > readFrame) {
            return;
        }

        if (held != null) {
            hide(held);
        }
        if (elsewhere != null) {
            hide(elsewhere);
        }
        show(netId, entityId, states, row);
    }

    private void show(final int netId, final long entityId, final int[] states, final int row) {
        final ReplicatedEntity entity;
        if (spareCount > 0) {
            spareCount--;
            entity = spares[spareCount];
            spares[spareCount] = null;
        } else {
            entity = new ReplicatedEntity(fieldCount);
        }
        entity.reset(netId, entityId, readFrame);
        entity.store(readFrame, readSlot, states, row);

        byNetId[netId] = entity;
        byId.put(entityId, entity);
        if (shownCount == shown.length) {
            shown = Arrays.copyOf(shown, 2 * shownCount);
        }
        shown[shownCount] = entity;
        entity.shownIndex(shownCount);
        shownCount++;
        listener.onEnter(entity);
    }

    private void hide(final ReplicatedEntity entity) {
        byNetId[entity.netId()] = null;
        byId.remove(entity.entityId());
        shownCount--;
        final ReplicatedEntity last = shown[shownCount];
        shown[entity.shownIndex()] = last;
        last.shownIndex(entity.shownIndex());
        shown[shownCount] = null;
        recycle(entity);
        listener.onLeave(entity.entityId());
    }

    private void recycle(final ReplicatedEntity entity) {
        if (spareCount == spares.length) {
            spares = Arrays.copyOf(spares, 2 * spareCount);
        }
        spares[spareCount] = entity;
        spareCount++;
    }

    private void interpolate(
        final ReplicatedEntity entity, final int before, final int after, final double slotTime, final WorldPosition result) {
        if (before < 0 && after < 0) {
            result.set(entity.xCm(), entity.yCm());
            return;
        }
        final int from = before < 0 ? after : before;
        final int to = after < 0 ? before : after;
        final double fromX = entity.rowField(from, ReplicationSchema.X);
        final double fromY = entity.rowField(from, ReplicationSchema.Y);
        if (from == to) {
            result.set(fromX, fromY);
            return;
        }
        final double fraction = (slotTime - frameSlots[from]) / (frameSlots[to] - frameSlots[from]);
        result.set(
            fromX + fraction * (entity.rowField(to, ReplicationSchema.X) - fromX),
            fromY + fraction * (entity.rowField(to, ReplicationSchema.Y) - fromY));
    }
}
