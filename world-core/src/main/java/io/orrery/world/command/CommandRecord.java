package io.orrery.world.command;

/**
 * Layout of a command in a ring, in 64-bit words. Words 0 and 1 are shared with the records of entities that change their owner.
 *
 * <pre>
 * word  field
 * 0     kind in bits 0..7, forwards so far in bits 8..15
 * 1     entity id
 * 2     sequence, 1..2^32-1 (move, stop)
 * 3     heading, 0..65535 (move)
 * 4     x: bits of a float, metres (spawn, teleport)
 * 5     y: bits of a float, metres (spawn, teleport)
 * </pre>
 */
public final class CommandRecord {
    /** Sets a player's velocity. */
    public static final int MOVE = 1;
    /** Sets a player's velocity to zero. */
    public static final int STOP = 2;
    /** Creates a player. */
    public static final int SPAWN_PLAYER = 3;
    /** Removes an entity from the world. */
    public static final int DESPAWN = 4;
    /** Sets an entity's position. */
    public static final int TELEPORT = 5;

    /** Highest sequence; the next command of that entity is refused. */
    public static final long SEQUENCE_MAX = 0xFFFF_FFFFL;
    /** Most times one command is passed on from a former owner to the next. */
    public static final int FORWARD_MAX = 64;
    /** Words in a command. */
    public static final int WORDS = 6;

    /** Word of kind and forwards. */
    public static final int KIND_WORD = 0;
    /** Word of the entity's id. */
    public static final int ID_WORD = 1;
    /** Word of the sequence. */
    public static final int SEQUENCE_WORD = 2;
    /** Word of the heading. */
    public static final int HEADING_WORD = 3;
    /** Word of x. */
    public static final int X_WORD = 4;
    /** Word of y. */
    public static final int Y_WORD = 5;

    private static final int KIND_MASK = 0xFF;
    private static final int FORWARD_SHIFT = 8;

    private CommandRecord() {
    }

    /**
     * Kind of the record at an offset.
     *
     * @param words of a ring.
     * @param offset of the record's first word.
     * @return the low byte of its first word.
     */
    public static int kind(final long[] words, final int offset) {
        return (int) words[offset + KIND_WORD] & KIND_MASK;
    }

    /**
     * How often the command at an offset was passed on.
     *
     * @param words of a ring.
     * @param offset of the record's first word.
     * @return count, from 0.
     */
    public static int forwardCount(final long[] words, final int offset) {
        return (int) (words[offset + KIND_WORD] >>> FORWARD_SHIFT) & KIND_MASK;
    }

    /**
     * Copies a command to another place as passed on once more.
     *
     * @param from words of the ring it waits in.
     * @param fromOffset of its first word.
     * @param to words of the ring it goes to.
     * @param toOffset of its first word there.
     */
    public static void copyForwarded(final long[] from, final int fromOffset, final long[] to, final int toOffset) {
        System.arraycopy(from, fromOffset, to, toOffset, WORDS);
        if (forwardCount(from, fromOffset) < FORWARD_MAX) {
            to[toOffset + KIND_WORD] += 1L << FORWARD_SHIFT;
        }
    }
}
