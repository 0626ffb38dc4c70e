package io.orrery.game.ingress;

/**
 * What the network thread keeps about one connection.
 *
 * <p>Writing thread: {@code net-io}. Life: from the transport's connect to its disconnect, or until the world and replication were told.
 */
final class ConnectedClient {
    final long connectionId;
    final long characterId;
    final int roles;
    final int startXCm;
    final int startYCm;
    final long connectedNs;
    /** Global id of the character, 0 before it was asked into the world. */
    long entityId;
    /** Partition that had the character when the newest frame was made. */
    int partition;
    /** Newest command that a frame has shown to be applied. */
    long appliedSequence;
    int malformedCount;
    int replicationIndex;
    boolean isJoinPending;
    boolean isDespawnPending;
    boolean isLeavePending;

    ConnectedClient(
        final long connectionId, final long characterId, final int roles, final int startXCm, final int startYCm,
        final long connectedNs) {
        this.connectionId = connectionId;
        this.characterId = characterId;
        this.roles = roles;
        this.startXCm = startXCm;
        this.startYCm = startYCm;
        this.connectedNs = connectedNs;
    }

    boolean isInWorld() {
        return entityId != 0;
    }

    boolean hasPendingWork() {
        return isJoinPending || isDespawnPending || isLeavePending;
    }
}
