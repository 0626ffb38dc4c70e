package io.orrery.world.handoff;

import io.orrery.world.entity.IdMap;

/**
 * Where entities went that a partition owned, so that commands sent to the former owner reach the new one.
 *
 * <p>Writing thread: the partition's owner. Memory: fixed by the capacity.
 *
 * <p>Entries are kept in the order in which the entities left. The oldest goes when it is older than the life of a tombstone and the new
 * owner has shown the entity; if it is old but not shown, it goes to the end, so that one owner that takes nothing does not keep the
 * entries of the others. A full table makes the partition keep further entities. Guarantee (H2): a table with more places than the links
 * from the partition becomes free again by the passing of time alone.
 */
public final class Tombstones {
    /** Returned when an entity never left here, came back, or left too long ago. */
    public static final int NONE = -1;

    private final long[] ids;
    private final int[] targets;
    private final long[] linkSequences;
    private final long[] leftSlots;
    private final IdMap indexOfId;
    private final int capacity;
    private final long lifeSlots;
    private int oldest;
    private int count;

    /**
     * Creates an empty table.
     *
     * @param capacity most entries, from 1.
     * @param lifeSlots slots that an entry is kept at least.
     */
    public Tombstones(final int capacity, final long lifeSlots) {
        this.capacity = capacity;
        this.lifeSlots = lifeSlots;
        ids = new long[capacity];
        targets = new int[capacity];
        linkSequences = new long[capacity];
        leftSlots = new long[capacity];
        indexOfId = new IdMap(capacity);
    }

    /**
     * Whether one more entity may leave.
     *
     * @return false while the table is full.
     */
    public boolean hasRoom() {
        return count < capacity;
    }

    /**
     * Notes that an entity left. Needs {@link #hasRoom()}.
     *
     * @param id of the entity.
     * @param target partition it went to.
     * @param linkSequence its number on the link there.
     * @param slot in which it left.
     */
    public void add(final long id, final int target, final long linkSequence, final long slot) {
        int index = oldest + count;
        if (index >= capacity) {
            index -= capacity;
        }
        remove(id);
        ids[index] = id;
        targets[index] = target;
        linkSequences[index] = linkSequence;
        leftSlots[index] = slot;
        indexOfId.put(id, index);
        count++;
    }

    /**
     * Forgets an entity, because it came back.
     *
     * @param id of the entity; nothing happens if it never left.
     */
    public void remove(final long id) {
        final int index = indexOfId.remove(id);
        if (index != IdMap.MISSING) {
            ids[index] = 0;
        }
    }

    /**
     * Where an entity went.
     *
     * @param id of the entity.
     * @return a partition, or {@link #NONE}.
     */
    public int targetOf(final long id) {
        final int index = indexOfId.get(id);
        return index == IdMap.MISSING ? NONE : targets[index];
    }

    /**
     * Drops entries whose time is over.
     *
     * @param slot now.
     * @param links by partition, for what the new owners have shown.
     */
    public void expire(final long slot, final HandoffLink[] links) {
        for (int i = count; i > 0 && (ids[oldest] == 0 || slot - leftSlots[oldest] > lifeSlots); i--) {
            if (ids[oldest] != 0 && links[targets[oldest]].ackedCount() < linkSequences[oldest]) {
                moveOldestToEnd();
            } else {
                dropOldest();
            }
        }
    }

    /**
     * Entries in the table, those of entities that came back included.
     *
     * @return 0 to the capacity.
     */
    public int count() {
        return count;
    }

    private void dropOldest() {
        if (ids[oldest] != 0) {
            indexOfId.remove(ids[oldest]);
            ids[oldest] = 0;
        }
        oldest = oldest + 1 == capacity ? 0 : oldest + 1;
        count--;
    }

    private void moveOldestToEnd() {
        final long id = ids[oldest];
        final int target = targets[oldest];
        final long linkSequence = linkSequences[oldest];
        final long leftSlot = leftSlots[oldest];
        dropOldest();
        add(id, target, linkSequence, leftSlot);
    }
}
