package io.orrery.world.command;

/**
 * How one thread outside the world tells partitions what to do: it enqueues, and never waits.
 *
 * <p>Writing thread: the one producing thread this proxy was made for. Life: as long as the world. Memory: the rings it was given.
 *
 * <p>Every {@code offer} returns false when the partition's ring is full; nothing has happened then, and the caller may try again after
 * the partition's next tick. True means that the command will be looked at, not that it will be applied: sequences out of order, unknown
 * entities and positions outside the world are refused and counted by the partition.
 */
public final class CommandProxy {
    private final RecordRing[] rings;

    /**
     * Wraps one ring per partition.
     *
     * @param rings shape {@code [partitionCount]}; this proxy is the only producer of each.
     */
    public CommandProxy(final RecordRing[] rings) {
        this.rings = rings.clone();
    }

    /**
     * Asks that a player move at its speed in a direction.
     *
     * @param partitionHint partition that owned the entity when last seen; a former owner passes the command on.
     * @param entityId global id.
     * @param sequence number of this command for this entity, the one before plus 1, starting at 1.
     * @param heading 16-bit angle as {@link MoveRule} defines it.
     * @return false if the ring is full.
     */
    public boolean offerMove(final int partitionHint, final long entityId, final long sequence, final int heading) {
        return offer(partitionHint, CommandRecord.MOVE, entityId, sequence, heading, 0f, 0f);
    }

    /**
     * Asks that a player stand still.
     *
     * @param partitionHint partition that owned the entity when last seen; a former owner passes the command on.
     * @param entityId global id.
     * @param sequence number of this command for this entity, the one before plus 1, starting at 1.
     * @return false if the ring is full.
     */
    public boolean offerStop(final int partitionHint, final long entityId, final long sequence) {
        return offer(partitionHint, CommandRecord.STOP, entityId, sequence, 0, 0f, 0f);
    }

    /**
     * Asks that a player be created, standing still.
     *
     * @param partition where; best the one that holds the position.
     * @param entityId global id from an allocator of this world, never used before.
     * @param x metres, 0 to the width of the world.
     * @param y metres, 0 to the height of the world.
     * @return false if the ring is full.
     */
    public boolean offerSpawnPlayer(final int partition, final long entityId, final float x, final float y) {
        return offer(partition, CommandRecord.SPAWN_PLAYER, entityId, 0, 0, x, y);
    }

    /**
     * Asks that an entity be removed from the world.
     *
     * @param partitionHint partition that owned the entity when last seen; a former owner passes the command on.
     * @param entityId global id.
     * @return false if the ring is full.
     */
    public boolean offerDespawn(final int partitionHint, final long entityId) {
        return offer(partitionHint, CommandRecord.DESPAWN, entityId, 0, 0, 0f, 0f);
    }

    /**
     * Asks that an entity be put somewhere else; its velocity stays.
     *
     * @param partitionHint partition that owned the entity when last seen; a former owner passes the command on.
     * @param entityId global id.
     * @param x metres, 0 to the width of the world.
     * @param y metres, 0 to the height of the world.
     * @return false if the ring is full.
     */
    public boolean offerTeleport(final int partitionHint, final long entityId, final float x, final float y) {
        return offer(partitionHint, CommandRecord.TELEPORT, entityId, 0, 0, x, y);
    }

    private boolean offer(final int partition, final int kind, final long entityId, final long sequence, final int heading,
                          final float x, final float y) {
        final RecordRing ring = rings[partition];
        final int offset = ring.claim();
        if (offset == RecordRing.FULL) {
            return false;
        }
        final long[] words = ring.words();
        words[offset + CommandRecord.KIND_WORD] = kind;
        words[offset + CommandRecord.ID_WORD] = entityId;
        words[offset + CommandRecord.SEQUENCE_WORD] = sequence;
        words[offset + CommandRecord.HEADING_WORD] = heading;
        words[offset + CommandRecord.X_WORD] = Float.floatToRawIntBits(x);
        words[offset + CommandRecord.Y_WORD] = Float.floatToRawIntBits(y);
        ring.commit();
        return true;
    }
}
