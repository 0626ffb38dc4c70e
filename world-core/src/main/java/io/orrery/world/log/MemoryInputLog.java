package io.orrery.world.log;

import java.util.function.LongSupplier;

/**
 * Keeps the inputs of one partition in memory, with the state hash of each tick, for replay in tests and for debugging.
 *
 * <p>Writing thread: the one that owns the partition; read when it has stopped. Memory: fixed by the capacity. Full: everything from that
 * entry on is missing, counted, and {@link #isTruncated()} says so.
 *
 * <pre>
 * entry    words: header (type in bits 0..7, words after the header in bits 8..39), then
 * TICK     slot, step slots
 * COMMAND  the command's words
 * ARRIVAL  the record's words
 * ACKED    target, count
 * GHOSTS   neighbour, tick of its view
 * REFUSED  entity id
 * END      slot, state hash
 * </pre>
 */
public final class MemoryInputLog implements InputLog {
    /** Entry that begins a tick. */
    public static final int TICK = 1;
    /** Entry of a command applied. */
    public static final int COMMAND = 2;
    /** Entry of an arrival. */
    public static final int ARRIVAL = 3;
    /** Entry of an acknowledgement seen. */
    public static final int ACKED = 4;
    /** Entry of a ghost view consumed. */
    public static final int GHOSTS = 5;
    /** Entry of a departure refused. */
    public static final int REFUSED = 6;
    /** Entry that ends a tick. */
    public static final int END = 7;

    private static final int LENGTH_SHIFT = 8;
    private static final int TYPE_MASK = 0xFF;

    private final long[] words;
    private int wordCount;
    private long lostEntryCount;

    /**
     * Creates an empty log.
     *
     * @param capacityWords longs that fit, from 1.
     */
    public MemoryInputLog(final int capacityWords) {
        words = new long[capacityWords];
    }

    @Override
    public void onTick(final long slot, final int stepSlots) {
        append(TICK, slot, stepSlots);
    }

    @Override
    public void onCommand(final long[] from, final int offset, final int count) {
        append(COMMAND, from, offset, count);
    }

    @Override
    public void onArrival(final long[] from, final int offset, final int count) {
        append(ARRIVAL, from, offset, count);
    }

    @Override
    public void onAcked(final int target, final long ackedCount) {
        append(ACKED, target, ackedCount);
    }

    @Override
    public void onGhostView(final int neighbour, final long viewSlot) {
        append(GHOSTS, neighbour, viewSlot);
    }

    @Override
    public void onDepartureRefused(final long id) {
        append(REFUSED, id, 0);
    }

    @Override
    public void onTickEnd(final long slot, final LongSupplier stateHash) {
        append(END, slot, stateHash.getAsLong());
    }

    /**
     * Whether entries are missing at the end.
     *
     * @return true once it was full.
     */
    public boolean isTruncated() {
        return lostEntryCount > 0;
    }

    /**
     * The entries.
     *
     * @return words 0 to {@link #wordCount()} - 1 are in use; shared, read only.
     */
    public long[] words() {
        return words;
    }

    /**
     * Words in use.
     *
     * @return 0 to the capacity.
     */
    public int wordCount() {
        return wordCount;
    }

    /**
     * Type of the entry at an offset.
     *
     * @param offset of its header.
     * @return one of this class's constants.
     */
    public int typeAt(final int offset) {
        return (int) words[offset] & TYPE_MASK;
    }

    /**
     * Where the entry after the one at an offset begins.
     *
     * @param offset of a header.
     * @return offset of the next header, or {@link #wordCount()}.
     */
    public int next(final int offset) {
        return offset + 1 + (int) (words[offset] >>> LENGTH_SHIFT);
    }

    private void append(final int type, final long first, final long second) {
        if (hasRoom(2)) {
            words[wordCount] = 2L << LENGTH_SHIFT | type;
            words[wordCount + 1] = first;
            words[wordCount + 2] = second;
            wordCount += 3;
        }
    }

    private void append(final int type, final long[] from, final int offset, final int count) {
        if (hasRoom(count)) {
            words[wordCount] = (long) count << LENGTH_SHIFT | type;
            System.arraycopy(from, offset, words, wordCount + 1, count);
            wordCount += 1 + count;
        }
    }

    private boolean hasRoom(final int count) {
        if (lostEntryCount > 0 || words.length - wordCount < count + 1) {
            lostEntryCount++;
            return false;
        }
        return true;
    }
}
