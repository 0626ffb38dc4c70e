package io.orrery.world.partition;

/** What partitions count, from their start. */
public enum WorldCounter {
    /** Commands that changed an entity. */
    COMMANDS_APPLIED,
    /** Commands refused: a position off the map or not a number, a sequence out of range, an id in use, an NPC told to move. */
    COMMANDS_REFUSED,
    /** Commands for an entity that is not here and was not here lately. */
    COMMANDS_UNKNOWN,
    /** Move and stop commands whose sequence was applied before. */
    COMMANDS_DUPLICATE,
    /** Move and stop commands whose sequence is more than one ahead: the sender sends the missing one again, and this one. */
    COMMANDS_GAP,
    /** Commands passed on to the new owner. */
    COMMANDS_FORWARDED,
    /** Move and stop commands lost because the way to the new owner was full, or the entity kept moving on: the sender sends again. */
    FORWARDS_DROPPED,
    /** Entities created. */
    SPAWNED,
    /** Entities removed from the world. */
    DESPAWNED,
    /** Entities not created because the partition was full. */
    SPAWNS_REFUSED_FULL,
    /** Entities sent to other partitions. */
    HANDOFFS_OUT,
    /** Entities taken from other partitions. */
    HANDOFFS_IN,
    /** Times an entity that should have left was kept until the next tick, because the way was full. */
    HANDOFFS_REFUSED_FULL,
    /** Times an arrival waited for the next tick because the partition had no room for it. */
    ARRIVALS_HELD_FULL,
    /** Entities sent at once, in the place kept for that, so that a full partition could take one that came the other way. */
    HANDOFFS_SWAPPED,
    /** Ghosts not shown because the table was full. */
    GHOSTS_DROPPED,
    /** Times a player had more around it than is looked at to halt NPCs: some of them walked on. */
    HALTS_TRUNCATED,
    /** Steps run. */
    TICKS,
    /** Slots in which no step ran. */
    SLOTS_MISSED,
    /** Slots that were never simulated. */
    SLOTS_LOST,
    /** Faults: at most one, the partition stops. */
    FAULTS
}
