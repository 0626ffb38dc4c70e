package io.orrery.transport.frame;

import org.agrona.MutableDirectBuffer;

/**
 * Writes the body of one frame as {@link FrameFormat} lays it out: all leaves, then all enters, then all updates, each by rising net id.
 *
 * <p>Writing thread: the replication agent that owns it. Memory: fixed. The caller keeps within its budget with the {@code ...BitsMax}
 * methods, which never say less than what is written.
 */
public final class FrameWriter {
    private static final int SECTION_LEAVES = 0;
    private static final int SECTION_ENTERS = 1;
    private static final int SECTION_UPDATES = 2;

    private final BitWriter bits = new BitWriter();
    private final ReplicationSchema schema;
    private final int[] bitCounts;
    private final boolean[] isConstant;
    private final int enterBits;
    private int section;
    private int previousNetId;
    private int commonAge;

    /**
     * Creates a writer.
     *
     * @param schema what a state row holds.
     */
    public FrameWriter(final ReplicationSchema schema) {
        this.schema = schema;
        bitCounts = new int[schema.fieldCount()];
        isConstant = new boolean[schema.fieldCount()];
        int stateBits = 0;
        for (int i = 0; i < bitCounts.length; i++) {
            bitCounts[i] = schema.field(i).bitCount();
            isConstant[i] = schema.field(i).isConstant();
            stateBits += bitCounts[i];
        }
        enterBits = FrameFormat.ITEM_BITS_MAX + Long.SIZE + stateBits;
    }

    /**
     * Starts a body.
     *
     * @param buffer where to write.
     * @param offset first byte, in bytes.
     * @param lengthMax most bytes to write.
     * @param age common baseline age of the updates, 1 to {@link FrameFormat#BASELINE_AGE_MAX}, or 0 for none.
     */
    public void begin(final MutableDirectBuffer buffer, final int offset, final int lengthMax, final int age) {
        assert age >= 0 && age <= FrameFormat.BASELINE_AGE_MAX : "age=" + age;
        bits.wrap(buffer, offset, lengthMax);
        bits.write(age, FrameFormat.AGE_BITS);
        commonAge = age;
        section = SECTION_LEAVES;
        previousNetId = -1;
    }

    /**
     * Writes that an entity is no longer shown.
     *
     * @param netId above that of the leave before.
     */
    public void leave(final int netId) {
        item(SECTION_LEAVES, netId);
    }

    /**
     * Writes that an entity is shown from now on.
     *
     * @param netId above that of the enter before.
     * @param entityId global id.
     * @param states rows of {@link ReplicationSchema#fieldCount()} values.
     * @param row index of the entity's first value.
     */
    public void enter(final int netId, final long entityId, final int[] states, final int row) {
        item(SECTION_ENTERS, netId);
        bits.writeLong(entityId);
        for (int i = 0; i < bitCounts.length; i++) {
            bits.write(states[row + i], bitCounts[i]);
        }
    }

    /**
     * Writes a known entity's new state.
     *
     * @param netId above that of the update before.
     * @param age frames back to the baseline, 1 to {@link FrameFormat#BASELINE_AGE_MAX}; 0 writes every field in full.
     * @param baselines rows of values that the client has; ignored when age is 0.
     * @param baselineRow index of the baseline's first value.
     * @param states rows of values.
     * @param row index of the state's first value.
     */
    public void update(
        final int netId, final int age, final int[] baselines, final int baselineRow, final int[] states, final int row) {
        item(SECTION_UPDATES, netId);
        final boolean isCommon = age == commonAge && age != 0;
        bits.writeBit(isCommon);
        if (!isCommon) {
            bits.write(age, FrameFormat.AGE_BITS);
        }
        for (int i = 0; i < bitCounts.length; i++) {
            if (isConstant[i]) {
                continue;
            }
            if (age == 0) {
                bits.write(states[row + i], bitCounts[i]);
            } else {
                writeDelta(baselines[baselineRow + i], states[row + i], bitCounts[i]);
            }
        }
    }

    /**
     * Ends the body.
     *
     * @return its length in bytes.
     */
    public int finish() {
        while (section <= SECTION_UPDATES) {
            endSection();
        }
        return bits.finish();
    }

    /**
     * Bits of a body without items.
     *
     * @return an upper bound.
     */
    public int emptyBitsMax() {
        return FrameFormat.EMPTY_BITS;
    }

    /**
     * Bits of a leave.
     *
     * @return an upper bound.
     */
    public int leaveBitsMax() {
        return FrameFormat.ITEM_BITS_MAX;
    }

    /**
     * Bits of an enter.
     *
     * @return an upper bound.
     */
    public int enterBitsMax() {
        return enterBits;
    }

    /**
     * Bits of an update.
     *
     * @param age frames back to the baseline, 0 for none.
     * @param baselines rows of values that the client has; ignored when age is 0.
     * @param baselineRow index of the baseline's first value.
     * @param states rows of values.
     * @param row index of the state's first value.
     * @return an upper bound.
     */
    public int updateBitsMax(final int age, final int[] baselines, final int baselineRow, final int[] states, final int row) {
        int count = FrameFormat.ITEM_BITS_MAX + 1 + FrameFormat.AGE_BITS;
        for (int i = 0; i < bitCounts.length; i++) {
            if (isConstant[i]) {
                continue;
            }
            count += age == 0
                ? bitCounts[i]
                : deltaBits(baselines[baselineRow + i], states[row + i], bitCounts[i]);
        }
        return count;
    }

    /**
     * The schema that was given.
     *
     * @return never null.
     */
    public ReplicationSchema schema() {
        return schema;
    }

    private void item(final int itemSection, final int netId) {
        assert itemSection >= section : "leaves, enters, updates: in this order";
        while (section < itemSection) {
            endSection();
        }
        assert netId > previousNetId && netId < FrameFormat.NET_ID_CAPACITY : "netId=" + netId + " after " + previousNetId;
        bits.writeBit(true);
        writeGap(netId - previousNetId - 1);
        previousNetId = netId;
    }

    private void endSection() {
        bits.writeBit(false);
        section++;
        previousNetId = -1;
    }

    private void writeGap(final int gap) {
        if (gap < FrameFormat.GAP_SMALL_FROM) {
            bits.write(0, FrameFormat.GAP_CLASS_BITS);
        } else if (gap < FrameFormat.GAP_MEDIUM_FROM) {
            bits.write(1, FrameFormat.GAP_CLASS_BITS);
            bits.write(gap - FrameFormat.GAP_SMALL_FROM, FrameFormat.GAP_SMALL_BITS);
        } else if (gap < FrameFormat.GAP_MEDIUM_FROM + (1 << FrameFormat.GAP_MEDIUM_BITS)) {
            bits.write(2, FrameFormat.GAP_CLASS_BITS);
            bits.write(gap - FrameFormat.GAP_MEDIUM_FROM, FrameFormat.GAP_MEDIUM_BITS);
        } else {
            bits.write(3, FrameFormat.GAP_CLASS_BITS);
            bits.write(gap, FrameFormat.NET_ID_BITS);
        }
    }

    private void writeDelta(final int baseline, final int value, final int fullBits) {
        final int zigzag = FrameFormat.zigzag(value - baseline);
        if (zigzag == 0) {
            bits.write(0, FrameFormat.DELTA_CLASS_BITS);
        } else if (zigzag >>> FrameFormat.DELTA_SMALL_BITS == 0) {
            bits.write(1, FrameFormat.DELTA_CLASS_BITS);
            bits.write(zigzag, FrameFormat.DELTA_SMALL_BITS);
        } else if (zigzag >>> FrameFormat.DELTA_MEDIUM_BITS == 0) {
            bits.write(2, FrameFormat.DELTA_CLASS_BITS);
            bits.write(zigzag, FrameFormat.DELTA_MEDIUM_BITS);
        } else {
            bits.write(3, FrameFormat.DELTA_CLASS_BITS);
            bits.write(value, fullBits);
        }
    }

    private static int deltaBits(final int baseline, final int value, final int fullBits) {
        final int zigzag = FrameFormat.zigzag(value - baseline);
        if (zigzag == 0) {
            return FrameFormat.DELTA_CLASS_BITS;
        }
        if (zigzag >>> FrameFormat.DELTA_SMALL_BITS == 0) {
            return FrameFormat.DELTA_CLASS_BITS + FrameFormat.DELTA_SMALL_BITS;
        }
        if (zigzag >>> FrameFormat.DELTA_MEDIUM_BITS == 0) {
            return FrameFormat.DELTA_CLASS_BITS + FrameFormat.DELTA_MEDIUM_BITS;
        }
        return FrameFormat.DELTA_CLASS_BITS + fullBits;
    }
}
