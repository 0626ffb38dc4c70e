package io.orrery.perf.bot;

import io.orrery.client.FrameEnvelope;
import io.orrery.client.MovePrediction;
import io.orrery.client.WorldInfo;
import io.orrery.client.WorldPosition;

/**
 * Compares where a bot's character is shown with the movement rule.
 *
 * <p>The first frame that acknowledges a command is the anchor; every later frame of the same command must lie within
 * {@value #TOLERANCE_CM} cm per axis of the rule applied from there, so that drift shows. When the count of lost slots changes (a partition
 * was overloaded, or another one took over), the next frame is a new anchor. Between two frames of which the second acknowledges just one
 * more command, the character must have walked by the old command up to some slot and by the new one from there. In any case it may
 * not be further from where it was than it can walk. After a violation the frame is a new anchor, so that one jump counts once.
 *
 * <p>Writing thread: the swarm's. Memory: fixed.
 */
final class MovementCheck {
    static final double TOLERANCE_CM = 2.0;

    private static final int COMMAND_CAPACITY = 64;
    private static final int COMMAND_MASK = COMMAND_CAPACITY - 1;
    private static final int STAND = -1;
    /** Frames further apart than this are too far apart to try every slot in between. */
    private static final int TRANSITION_SLOTS_MAX = 128;
    private static final int CLEAN = 0;

    private final int[] headings = new int[COMMAND_CAPACITY];
    private final WorldPosition expected = new WorldPosition();
    private MovePrediction prediction;
    private MovePrediction candidate;
    private double moveCmPerSlot;
    private boolean hasAnchor;
    private long anchorCommand;
    private int anchorLostSlots;
    private long previousSlot;
    private int previousXCm;
    private int previousYCm;
    private double allowedCm;
    private long reanchorCount;

    void begin(final WorldInfo world) {
        prediction = new MovePrediction(world);
        candidate = new MovePrediction(world);
        moveCmPerSlot = world.moveCmPerSlot();
        headings[0] = STAND;
        hasAnchor = false;
    }

    void onMove(final long sequence, final int heading16) {
        headings[(int) sequence & COMMAND_MASK] = heading16;
    }

    void onStop(final long sequence) {
        headings[(int) sequence & COMMAND_MASK] = STAND;
    }

    /** The next frame is an anchor: this one could not be checked. */
    void forget() {
        hasAnchor = false;
    }

    long reanchorCount() {
        return reanchorCount;
    }

    /**
     * Checks one frame.
     *
     * @param frame newest, of a slot after that of the frame before.
     * @param xCm shown place of the own character.
     * @param yCm shown place of the own character.
     * @return whether it is where it may be; if not, {@link #expectation} says where that is.
     */
    boolean isLawful(final FrameEnvelope frame, final int xCm, final int yCm) {
        final boolean isLawful = !hasAnchor || isReachable(frame, xCm, yCm) && isByRule(frame, xCm, yCm);
        final boolean isSameLaw = hasAnchor && frame.lastCommand() == anchorCommand && frame.lostSlotCount() == anchorLostSlots;
        if (!isLawful || !isSameLaw) {
            anchor(frame, xCm, yCm);
        }
        previousSlot = frame.slot();
        previousXCm = xCm;
        previousYCm = yCm;
        return isLawful;
    }

    String expectation() {
        if (allowedCm > CLEAN) {
            return String.format("own character at most %.1f cm from where it was", allowedCm);
        }
        return String.format("own character at x=%.1f cm, y=%.1f cm +-%.0f", expected.xCm(), expected.yCm(), TOLERANCE_CM);
    }

    private boolean isReachable(final FrameEnvelope frame, final int xCm, final int yCm) {
        final double limitCm = moveCmPerSlot * (frame.slot() - previousSlot) + 2 * TOLERANCE_CM;
        final double dx = xCm - previousXCm;
        final double dy = yCm - previousYCm;
        if (dx * dx + dy * dy <= limitCm * limitCm) {
            allowedCm = CLEAN;
            return true;
        }
        if (frame.lastCommand() == anchorCommand && frame.lostSlotCount() == anchorLostSlots) {
            // The rule says more precisely where it should be.
            allowedCm = CLEAN;
            prediction.at(frame.slot(), frame.lostSlotCount(), expected);
        } else {
            allowedCm = limitCm;
        }
        return false;
    }

    private boolean isByRule(final FrameEnvelope frame, final int xCm, final int yCm) {
        if (frame.lostSlotCount() != anchorLostSlots) {
            reanchorCount++;
            return true;
        }
        if (frame.lastCommand() == anchorCommand) {
            prediction.at(frame.slot(), frame.lostSlotCount(), expected);
            return isNear(xCm, yCm);
        }
        return frame.lastCommand() != anchorCommand + 1 || isTransition(frame, xCm, yCm);
    }

    private boolean isTransition(final FrameEnvelope frame, final int xCm, final int yCm) {
        if (frame.slot() - previousSlot > TRANSITION_SLOTS_MAX) {
            return true;
        }
        command(candidate, frame.lastCommand());
        for (long slot = previousSlot; slot <= frame.slot(); slot++) {
            prediction.at(slot, anchorLostSlots, expected);
            candidate.anchor(slot, anchorLostSlots, expected.xCm(), expected.yCm());
            candidate.at(frame.slot(), anchorLostSlots, expected);
            if (isNear(xCm, yCm)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNear(final int xCm, final int yCm) {
        return Math.abs(expected.xCm() - xCm) <= TOLERANCE_CM && Math.abs(expected.yCm() - yCm) <= TOLERANCE_CM;
    }

    private void anchor(final FrameEnvelope frame, final int xCm, final int yCm) {
        hasAnchor = true;
        anchorCommand = frame.lastCommand();
        anchorLostSlots = frame.lostSlotCount();
        command(prediction, anchorCommand);
        prediction.anchor(frame.slot(), anchorLostSlots, xCm, yCm);
    }

    private void command(final MovePrediction target, final long sequence) {
        final int heading = headings[(int) sequence & COMMAND_MASK];
        if (heading == STAND) {
            target.stop();
        } else {
            target.move(heading);
        }
    }
}
