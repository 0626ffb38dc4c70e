package io.orrery.world.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;

/**
 * A bounded queue of fixed-length records between one producing and one consuming thread.
 *
 * <p>Writing threads: one producer at a time ({@link #claim()}, {@link #commit()}) and one consumer at a time ({@link #peek()},
 * {@link #release()}). Either may move to another thread under a release/acquire hand-over of its own. Memory: fixed,
 * {@code capacity * recordWords} longs.
 *
 * <p>Ordering: the producer writes a record plainly and publishes it by a release store of the tail, which the consumer acquires; the
 * consumer frees it by a release store of the head, which the producer acquires before it writes there again. Each side keeps a private
 * copy of the other's cursor and reads the shared one only when that says full or empty. The four cursors are a cache line or more apart.
 */
public final class RecordRing {
    /** Returned by {@link #claim()} when there is no room. */
    public static final int FULL = -1;
    /** Returned by {@link #peek()} when there is nothing to read. */
    public static final int EMPTY = -1;
    /** Fewest records a ring may hold. */
    public static final int CAPACITY_MIN = 2;
    /** Most records a ring may hold. */
    public static final int CAPACITY_MAX = 1 << 20;

    private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int TAIL = 16;
    private static final int CACHED_HEAD = 17;
    private static final int HEAD = 40;
    private static final int CACHED_TAIL = 41;
    private static final int CURSOR_LENGTH = 64;

    private final long[] cursors = new long[CURSOR_LENGTH];
    private final long[] words;
    private final int recordWords;
    private final int capacity;

    /**
     * Creates an empty ring.
     *
     * @param capacity least number of records that fit, {@value #CAPACITY_MIN} to {@value #CAPACITY_MAX}; rounded up to a power of two.
     * @param recordWords longs in each record, from 1.
     */
    public RecordRing(final int capacity, final int recordWords) {
        this.capacity = BitUtil.findNextPositivePowerOfTwo(capacity);
        this.recordWords = recordWords;
        words = new long[this.capacity * recordWords];
    }

    /**
     * The records' words, into which the results of {@link #claim()} and {@link #peek()} are offsets.
     *
     * @return shape {@code [capacity * recordWords]}, shared.
     */
    public long[] words() {
        return words;
    }

    /**
     * Asks for room for one record. Producer only; nothing is visible until {@link #commit()}.
     *
     * @return offset of the record's first word, or {@link #FULL}: try again after the consumer went on.
     */
    public int claim() {
        return claimLeaving(0);
    }

    /**
     * Asks for room for one record, but leaves some room for others. Producer only; nothing is visible until {@link #commit()}.
     *
     * @param sparePlaces records that must fit besides, from 0.
     * @return offset of the record's first word, or {@link #FULL}: try again after the consumer went on.
     */
    public int claimLeaving(final int sparePlaces) {
        final long tail = cursors[TAIL];
        final int usable = capacity - sparePlaces;
        if (tail - cursors[CACHED_HEAD] >= usable) {
            cursors[CACHED_HEAD] = (long) CURSOR.getAcquire(cursors, HEAD);
            if (tail - cursors[CACHED_HEAD] >= usable) {
                return FULL;
            }
        }
        return ((int) tail & (capacity - 1)) * recordWords;
    }

    /** Publishes the record claimed last. Producer only. */
    public void commit() {
        CURSOR.setRelease(cursors, TAIL, cursors[TAIL] + 1);
    }

    /**
     * Looks at the oldest record without taking it. Consumer only.
     *
     * @return offset of its first word, or {@link #EMPTY}.
     */
    public int peek() {
        final long head = cursors[HEAD];
        if (head >= cursors[CACHED_TAIL]) {
            cursors[CACHED_TAIL] = (long) CURSOR.getAcquire(cursors, TAIL);
            if (head >= cursors[CACHED_TAIL]) {
                return EMPTY;
            }
        }
        return ((int) head & (capacity - 1)) * recordWords;
    }

    /** Takes the record that {@link #peek()} found; its room may be written again. Consumer only. */
    public void release() {
        CURSOR.setRelease(cursors, HEAD, cursors[HEAD] + 1);
    }

    /**
     * How many records wait. Exact for the consumer up to newer arrivals, an estimate for others.
     *
     * @return count, 0 to the capacity.
     */
    public int count() {
        final long head = (long) CURSOR.getAcquire(cursors, HEAD);
        final long tail = (long) CURSOR.getAcquire(cursors, TAIL);
        return (int) Math.max(0, Math.min(capacity, tail - head));
    }

    /**
     * How many records fit.
     *
     * @return a power of two.
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Reads a record that waits, without taking it; for checks while neither side runs.
     *
     * @param index 0 for the oldest, below {@link #count()}.
     * @return offset of its first word.
     */
    public int offsetOf(final int index) {
        final long head = (long) CURSOR.getAcquire(cursors, HEAD);
        return ((int) (head + index) & (capacity - 1)) * recordWords;
    }
}
