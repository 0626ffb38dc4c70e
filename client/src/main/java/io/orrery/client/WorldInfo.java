package io.orrery.client;

/**
 * What a server's Welcome says about the world.
 *
 * @param entityId global id of the client's character.
 * @param tickPeriodNs length of one slot, above 0.
 * @param widthCm east-west extent, above 0.
 * @param heightCm north-south extent, above 0.
 * @param interestRadiusCm entities nearer than this are shown.
 * @param moveSpeedCmPerS speed of a walking character.
 * @param nodeEpoch counts starts of the server.
 */
public record WorldInfo(
    long entityId,
    long tickPeriodNs,
    long widthCm,
    long heightCm,
    long interestRadiusCm,
    long moveSpeedCmPerS,
    long nodeEpoch) {

    /**
     * How far a walking character comes in one slot.
     *
     * @return centimetres.
     */
    public double moveCmPerSlot() {
        return moveSpeedCmPerS * (tickPeriodNs / 1e9);
    }
}
