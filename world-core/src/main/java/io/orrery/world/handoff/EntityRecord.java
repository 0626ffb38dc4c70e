package io.orrery.world.handoff;

import io.orrery.world.entity.EntityStore;

/**
 * Layout of an entity on its way from one partition to another, in 64-bit words.
 *
 * <pre>
 * word  field
 * 0     {@link #ENTITY} (commands that are passed on share links; their words are those of CommandRecord)
 * 1     entity id
 * 2     x: bits of a double, metres
 * 3     y: bits of a double, metres
 * 4     vx in bits 0..31, vy in bits 32..63: bits of floats, metres per second
 * 5     kind in bits 0..7, sending partition in bits 8..23, owner epoch after the transfer in bits 32..63
 * 6     sequence of the command applied last
 * 7     first slot moved by that command
 * 8     simulated slot: the last slot that moved the entity
 * 9     home x, home y: bits of floats, metres
 * 10    waypoint x, waypoint y: bits of floats, metres
 * 11    slot up to which an NPC pauses
 * </pre>
 */
public final class EntityRecord {
    /** Kind of record in word 0; above every kind of command. */
    public static final int ENTITY = 16;
    /** Words in a record. */
    public static final int WORDS = 12;

    /** Word of the entity's id. */
    public static final int ID_WORD = 1;
    private static final int X_WORD = 2;
    private static final int Y_WORD = 3;
    private static final int VELOCITY_WORD = 4;
    private static final int KIND_EPOCH_WORD = 5;
    private static final int COMMAND_SEQUENCE_WORD = 6;
    private static final int COMMAND_SLOT_WORD = 7;
    private static final int SIMULATED_SLOT_WORD = 8;
    private static final int HOME_WORD = 9;
    private static final int WAYPOINT_WORD = 10;
    private static final int PAUSE_WORD = 11;
    private static final int FROM_SHIFT = 8;
    private static final int FROM_MASK = 0xFFFF;
    private static final int HALF = 32;
    private static final long HALF_MASK = 0xFFFF_FFFFL;

    private EntityRecord() {
    }

    /**
     * Writes the entity in a row, its owner epoch one higher.
     *
     * @param store where it is.
     * @param row of the entity.
     * @param from sending partition.
     * @param simulatedSlot last slot that moved it.
     * @param words of the link.
     * @param offset of the record's first word.
     */
    public static void write(final EntityStore store, final int row, final int from, final long simulatedSlot, final long[] words,
                             final int offset) {
        words[offset] = ENTITY;
        words[offset + ID_WORD] = store.id[row];
        words[offset + X_WORD] = Double.doubleToRawLongBits(store.x[row]);
        words[offset + Y_WORD] = Double.doubleToRawLongBits(store.y[row]);
        words[offset + VELOCITY_WORD] = pack(store.vx[row], store.vy[row]);
        words[offset + KIND_EPOCH_WORD] = (long) (store.ownerEpoch[row] + 1) << HALF | (long) from << FROM_SHIFT | store.kind[row];
        words[offset + COMMAND_SEQUENCE_WORD] = store.commandSequence[row];
        words[offset + COMMAND_SLOT_WORD] = store.commandSlot[row];
        words[offset + SIMULATED_SLOT_WORD] = simulatedSlot;
        words[offset + HOME_WORD] = pack(store.homeX[row], store.homeY[row]);
        words[offset + WAYPOINT_WORD] = pack(store.waypointX[row], store.waypointY[row]);
        words[offset + PAUSE_WORD] = store.pauseUntilSlot[row];
    }

    /**
     * Adds the entity of a record to a store.
     *
     * @param words of the link.
     * @param offset of the record's first word.
     * @param store where it goes.
     * @return its row, or what {@link EntityStore#add(long, byte)} refuses with.
     */
    public static int read(final long[] words, final int offset, final EntityStore store) {
        final int row = store.add(words[offset + ID_WORD], (byte) words[offset + KIND_EPOCH_WORD]);
        if (row < 0) {
            return row;
        }
        store.x[row] = Double.longBitsToDouble(words[offset + X_WORD]);
        store.y[row] = Double.longBitsToDouble(words[offset + Y_WORD]);
        store.vx[row] = low(words[offset + VELOCITY_WORD]);
        store.vy[row] = high(words[offset + VELOCITY_WORD]);
        store.ownerEpoch[row] = (int) (words[offset + KIND_EPOCH_WORD] >>> HALF);
        store.commandSequence[row] = words[offset + COMMAND_SEQUENCE_WORD];
        store.commandSlot[row] = words[offset + COMMAND_SLOT_WORD];
        store.homeX[row] = low(words[offset + HOME_WORD]);
        store.homeY[row] = high(words[offset + HOME_WORD]);
        store.waypointX[row] = low(words[offset + WAYPOINT_WORD]);
        store.waypointY[row] = high(words[offset + WAYPOINT_WORD]);
        store.pauseUntilSlot[row] = words[offset + PAUSE_WORD];
        return row;
    }

    /**
     * The partition that sent the entity.
     *
     * @param words of the link.
     * @param offset of the record's first word.
     * @return index.
     */
    public static int from(final long[] words, final int offset) {
        return (int) (words[offset + KIND_EPOCH_WORD] >>> FROM_SHIFT) & FROM_MASK;
    }

    /**
     * Last slot that moved the entity.
     *
     * @param words of the link.
     * @param offset of the record's first word.
     * @return slot, -1 if it has not moved since the world began.
     */
    public static long simulatedSlot(final long[] words, final int offset) {
        return words[offset + SIMULATED_SLOT_WORD];
    }

    private static long pack(final float low, final float high) {
        return (long) Float.floatToRawIntBits(high) << HALF | Float.floatToRawIntBits(low) & HALF_MASK;
    }

    private static float low(final long word) {
        return Float.intBitsToFloat((int) word);
    }

    private static float high(final long word) {
        return Float.intBitsToFloat((int) (word >>> HALF));
    }
}
