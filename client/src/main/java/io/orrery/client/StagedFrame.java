package io.orrery.client;

import io.orrery.transport.frame.FrameFormat;
import io.orrery.transport.frame.FrameHandler;
import io.orrery.transport.frame.ReplicationSchema;
import java.util.Arrays;

/**
 * The items of one frame, kept until its whole body has proved readable, so that a malformed one changes nothing.
 *
 * <p>Writing thread: the client's. Memory: grows to the largest frame seen; at most {@link FrameFormat#NET_ID_CAPACITY} items of each kind.
 */
final class StagedFrame implements FrameHandler {
    private static final int INITIAL_ITEMS = 16;

    private final Baselines baselines;
    private final int fieldCount;
    private final int[] valueMax;

    private int[] leaveNetIds = new int[INITIAL_ITEMS];
    private int leaveCount;
    private int[] enterNetIds = new int[INITIAL_ITEMS];
    private long[] enterEntityIds = new long[INITIAL_ITEMS];
    private int[] enterStates;
    private int enterCount;
    private int[] updateNetIds = new int[INITIAL_ITEMS];
    private int[] updateStates;
    private int updateCount;
    private boolean isOutOfRange;
    private boolean isNextDiscarded;

    StagedFrame(final ReplicationSchema schema, final Baselines baselines) {
        this.baselines = baselines;
        fieldCount = schema.fieldCount();
        valueMax = new int[fieldCount];
        for (int i = 0; i < fieldCount; i++) {
            valueMax[i] = schema.field(i).valueMax();
        }
        enterStates = new int[INITIAL_ITEMS * fieldCount];
        updateStates = new int[INITIAL_ITEMS * fieldCount];
    }

    void clear() {
        leaveCount = 0;
        enterCount = 0;
        updateCount = 0;
        isOutOfRange = false;
    }

    @Override
    public void onLeave(final int netId) {
        if (leaveCount == leaveNetIds.length) {
            leaveNetIds = Arrays.copyOf(leaveNetIds, 2 * leaveCount);
        }
        leaveNetIds[leaveCount] = netId;
        leaveCount++;
    }

    @Override
    public void onEnter(final int netId, final long entityId, final int[] state) {
        if (enterCount == enterNetIds.length) {
            enterNetIds = Arrays.copyOf(enterNetIds, 2 * enterCount);
            enterEntityIds = Arrays.copyOf(enterEntityIds, 2 * enterCount);
            enterStates = Arrays.copyOf(enterStates, 2 * enterCount * fieldCount);
        }
        enterNetIds[enterCount] = netId;
        enterEntityIds[enterCount] = entityId;
        System.arraycopy(state, 0, enterStates, enterCount * fieldCount, fieldCount);
        enterCount++;
    }

    @Override
    public boolean loadBaseline(final int netId, final int age, final int[] state) {
        final int result = baselines.load(netId, age, state);
        isNextDiscarded = result == Baselines.DISCARD;
        return result != Baselines.UNKNOWN;
    }

    @Override
    public void onUpdate(final int netId, final int[] state) {
        if (isNextDiscarded) {
            return;
        }
        for (int i = 0; i < fieldCount; i++) {
            isOutOfRange |= state[i] < 0 || state[i] > valueMax[i];
        }
        if (updateCount == updateNetIds.length) {
            updateNetIds = Arrays.copyOf(updateNetIds, 2 * updateCount);
            updateStates = Arrays.copyOf(updateStates, 2 * updateCount * fieldCount);
        }
        updateNetIds[updateCount] = netId;
        System.arraycopy(state, 0, updateStates, updateCount * fieldCount, fieldCount);
        updateCount++;
    }

    boolean isOutOfRange() {
        return isOutOfRange;
    }

    int leaveCount() {
        return leaveCount;
    }

    int leaveNetId(final int index) {
        return leaveNetIds[index];
    }

    int enterCount() {
        return enterCount;
    }

    int enterNetId(final int index) {
        return enterNetIds[index];
    }

    long enterEntityId(final int index) {
        return enterEntityIds[index];
    }

    int[] enterStates() {
        return enterStates;
    }

    int updateCount() {
        return updateCount;
    }

    int updateNetId(final int index) {
        return updateNetIds[index];
    }

    int[] updateStates() {
        return updateStates;
    }

    /** Where baselines come from. */
    @FunctionalInterface
    interface Baselines {
        /** The state was loaded. */
        int KNOWN = 1;
        /** The update concerns nobody who is still of interest: read it and leave it out, in silence. */
        int DISCARD = 0;
        /** The state is not known, and should be. */
        int UNKNOWN = -1;

        /**
         * Loads the state that an update builds on.
         *
         * @param netId whose.
         * @param age frames back, 0 for the constant fields only.
         * @param state receives every field.
         * @return {@link #KNOWN}, {@link #DISCARD} or {@link #UNKNOWN}.
         */
        int load(int netId, int age, int[] state);
    }
}
