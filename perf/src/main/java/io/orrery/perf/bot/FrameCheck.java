package io.orrery.perf.bot;

import io.orrery.client.FrameEnvelope;
import io.orrery.client.ReplicatedEntities;
import io.orrery.client.ReplicatedEntity;
import io.orrery.client.WorldInfo;

/**
 * Checks each newest frame of one bot by itself and against the one before: progress, own character, movement, range.
 *
 * <p>Writing thread: the swarm's. Memory: fixed.
 */
final class FrameCheck {
    private static final double ROUNDING_CM = 2.0;
    /** A state that a frame did not renew may be this old and still be given the distance walked since. */
    private static final int STALE_SLOTS_MAX = 20;
    private static final int REPORTED_MASK = 7;
    private static final long NOBODY = 0;

    private final int bot;
    private final ViolationLog violations;
    private final int hysteresisCm;
    private final MovementCheck movement = new MovementCheck();
    /** Entities last reported as too far away: one is reported once, not in every frame. */
    private final long[] reported = new long[REPORTED_MASK + 1];

    private WorldInfo world;
    private double moveCmPerSlot;
    private double rangeCm;
    private boolean hasFrame;
    private boolean isOwnMissing;
    private long lastSlot;
    private long lastCommand;
    private int reportedCount;

    FrameCheck(final int bot, final ViolationLog violations, final int hysteresisCm) {
        this.bot = bot;
        this.violations = violations;
        this.hysteresisCm = hysteresisCm;
    }

    void begin(final WorldInfo info) {
        world = info;
        moveCmPerSlot = info.moveCmPerSlot();
        rangeCm = info.interestRadiusCm() + hysteresisCm + moveCmPerSlot + ROUNDING_CM;
        hasFrame = false;
        isOwnMissing = false;
        lastCommand = 0;
        movement.begin(info);
    }

    MovementCheck movement() {
        return movement;
    }

    /**
     * Checks one frame.
     *
     * @param frame newest.
     * @param entities what is shown now.
     * @param issuedCommand newest command that the bot gave.
     */
    void onFrame(final FrameEnvelope frame, final ReplicatedEntities entities, final long issuedCommand) {
        final ReplicatedEntity own = entities.find(world.entityId());
        final boolean isProgress = checkProgress(frame, issuedCommand);
        checkOwn(frame, own);
        if (own == null || !isProgress) {
            movement.forget();
        } else if (!movement.isLawful(frame, own.xCm(), own.yCm()) && violations.hit(BotRule.MOVEMENT)) {
            violations.keep(new Violation(bot, frame.slot(), BotRule.MOVEMENT,
                movement.expectation() + ", last command " + frame.lastCommand() + " applied " + frame.commandAge() + " slots ago",
                "x=" + own.xCm() + " cm, y=" + own.yCm() + " cm"));
        }
        if (own != null) {
            checkRange(frame, entities, own);
        }
        hasFrame = true;
        lastSlot = frame.slot();
    }

    private boolean checkProgress(final FrameEnvelope frame, final long issuedCommand) {
        boolean isProgress = true;
        if (hasFrame && frame.slot() <= lastSlot) {
            isProgress = false;
            if (violations.hit(BotRule.PROGRESS)) {
                violations.keep(new Violation(bot, frame.slot(), BotRule.PROGRESS,
                    "slot above " + lastSlot + " in frame " + frame.frameNumber(), "slot " + frame.slot()));
            }
        }
        if (frame.lastCommand() < lastCommand || frame.lastCommand() > issuedCommand) {
            isProgress = false;
            if (violations.hit(BotRule.PROGRESS)) {
                violations.keep(new Violation(bot, frame.slot(), BotRule.PROGRESS,
                    "last command in " + lastCommand + ".." + issuedCommand, "last command " + frame.lastCommand()));
            }
        } else {
            lastCommand = frame.lastCommand();
        }
        return isProgress;
    }

    private void checkOwn(final FrameEnvelope frame, final ReplicatedEntity own) {
        if (own == null && !isOwnMissing && violations.hit(BotRule.OWN_CHARACTER)) {
            violations.keep(new Violation(bot, frame.slot(), BotRule.OWN_CHARACTER,
                "own character " + world.entityId() + " is shown", "it is not, in frame " + frame.frameNumber()));
        }
        isOwnMissing = own == null;
    }

    private void checkRange(final FrameEnvelope frame, final ReplicatedEntities entities, final ReplicatedEntity own) {
        for (int i = 0; i < entities.count(); i++) {
            final ReplicatedEntity entity = entities.entity(i);
            final long staleSlots = Math.min(frame.slot() - entity.slot(), STALE_SLOTS_MAX);
            final double limitCm = rangeCm + staleSlots * moveCmPerSlot;
            final double dx = entity.xCm() - own.xCm();
            final double dy = entity.yCm() - own.yCm();
            if (dx * dx + dy * dy > limitCm * limitCm) {
                onTooFar(frame, entity, Math.sqrt(dx * dx + dy * dy), limitCm);
            }
        }
    }

    private void onTooFar(final FrameEnvelope frame, final ReplicatedEntity entity, final double distanceCm, final double limitCm) {
        for (final long id : reported) {
            if (id == entity.entityId() && id != NOBODY) {
                return;
            }
        }
        reported[reportedCount & REPORTED_MASK] = entity.entityId();
        reportedCount++;
        if (violations.hit(BotRule.RANGE)) {
            violations.keep(new Violation(bot, frame.slot(), BotRule.RANGE,
                String.format("entity %d, being shown, at most %.0f cm away", entity.entityId(), limitCm),
                String.format("%.0f cm away at x=%d cm, y=%d cm, state of slot %d",
                    distanceCm, entity.xCm(), entity.yCm(), entity.slot())));
        }
    }
}
