package io.orrery.world.entity;

/** Kinds of game objects, as stored in kind columns and views. */
public final class EntityKind {
    /** A player's character. */
    public static final byte PLAYER = 0;
    /** A character moved by the world. */
    public static final byte NPC = 1;

    private EntityKind() {
    }
}
