package io.orrery.world.entity;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * A map from global id to a number from 0, in two arrays: open addressing, linear probing, deletion by shifting back (Knuth, TAOCP 3,
 * 6.4, algorithm R), Fibonacci hashing. At most half full.
 *
 * <p>Writing thread: the owner of the structure it belongs to. Memory: fixed, 12 bytes for each of at least twice the capacity.
 */
public final class IdMap {
    /** Returned where an id is not in the map. */
    public static final int MISSING = -1;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final long[] keys;
    private final int[] values;
    private final int shift;
    private final int mask;
    private int count;

    /**
     * Creates an empty map.
     *
     * @param capacity most ids in it, 1 to 2^28.
     */
    public IdMap(final int capacity) {
        final int length = tableLength(capacity);
        keys = new long[length];
        values = new int[length];
        mask = length - 1;
        shift = hashShift(length);
    }

    /**
     * Length of a table for so many ids, at most half full.
     *
     * @param capacity most ids in it, 1 to 2^28.
     * @return a power of two.
     */
    public static int tableLength(final int capacity) {
        return BitUtil.findNextPositivePowerOfTwo(Math.max(2, capacity) * 2);
    }

    /**
     * The shift that {@link #place(long, int)} needs for a table.
     *
     * @param tableLength a power of two.
     * @return bits to drop.
     */
    public static int hashShift(final int tableLength) {
        return Long.SIZE - Integer.numberOfTrailingZeros(tableLength);
    }

    /**
     * Where the search for an id begins.
     *
     * @param id global id.
     * @param hashShift from {@link #hashShift(int)}.
     * @return index into the table.
     */
    public static int place(final long id, final int hashShift) {
        return (int) (id * HASH_FACTOR >>> hashShift);
    }

    /**
     * Looks an id up.
     *
     * @param id not 0.
     * @return its number, or {@link #MISSING}.
     */
    public int get(final long id) {
        int i = place(id, shift);
        long key = keys[i];
        while (key != 0) {
            if (key == id) {
                return values[i];
            }
            i = i + 1 & mask;
            key = keys[i];
        }
        return MISSING;
    }

    /**
     * Adds an id or changes its number.
     *
     * @param id not 0.
     * @param value from 0.
     */
    public void put(final long id, final int value) {
        int i = place(id, shift);
        while (keys[i] != 0 && keys[i] != id) {
            i = i + 1 & mask;
        }
        if (keys[i] == 0) {
            assert count < keys.length / 2 : "count=" + count + ", must be below " + keys.length / 2;
            count++;
            keys[i] = id;
        }
        values[i] = value;
    }

    /**
     * Takes an id out.
     *
     * @param id not 0.
     * @return the number it had, or {@link #MISSING}: nothing changed.
     */
    public int remove(final long id) {
        int gap = place(id, shift);
        while (keys[gap] != id) {
            if (keys[gap] == 0) {
                return MISSING;
            }
            gap = gap + 1 & mask;
        }
        final int value = values[gap];
        int i = gap + 1 & mask;
        while (keys[i] != 0) {
            final int home = place(keys[i], shift);
            if ((i - home & mask) >= (i - gap & mask)) {
                keys[gap] = keys[i];
                values[gap] = values[i];
                gap = i;
            }
            i = i + 1 & mask;
        }
        keys[gap] = 0;
        count--;
        return value;
    }

    /**
     * How many ids are in it.
     *
     * @return count, from 0.
     */
    public int count() {
        return count;
    }

    /** Takes every id out. */
    public void clear() {
        if (count > 0) {
            Arrays.fill(keys, 0);
            count = 0;
        }
    }
}
