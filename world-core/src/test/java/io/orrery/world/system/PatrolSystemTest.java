package io.orrery.world.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;
import org.junit.jupiter.api.Test;

class PatrolSystemTest {
    private static final double TICK_SECONDS = 0.05;
    private static final float SPEED = 2;
    private static final double EXTENT_METRES = 1_000;

    private final PatrolSystem patrol = new PatrolSystem(new PatrolRule(SPEED, 30, 20, 40), TICK_SECONDS, EXTENT_METRES, EXTENT_METRES);
    private final MovementSystem movement = new MovementSystem(TICK_SECONDS, EXTENT_METRES, EXTENT_METRES);
    private final EntityStore store = new EntityStore(4);

    @Test
    void shouldReachAWaypointThatAHandoffMovedAnNpcPast() {
        final SeededRandom random = new SeededRandom(7);
        final int row = walkerBefore(0.15, random);

        movement.advance(store, row, 6);
        patrol.step(store, 10, 1, random);

        assertThat(store.vx[row]).isZero();
        assertThat(store.pauseUntilSlot[row]).isBetween(30L, 50L);
        assertThat(store.waypointX[row]).isBetween(470f, 530f).isNotEqualTo(510f);
    }

    @Test
    void shouldStayAroundItsHomeWhenHandoffsKeepMovingAnNpcPastItsWaypoints() {
        final SeededRandom random = new SeededRandom(8);
        final int row = walkerBefore(0.15, random);

        for (long slot = 10; slot < 20_000; slot++) {
            if (slot % 3 == 0) {
                movement.advance(store, row, 7);
            }
            patrol.step(store, slot, 1, random);
            movement.step(store, 1, false);

            assertThat(Math.max(Math.abs(store.x[row] - 500), Math.abs(store.y[row] - 500))).as("slot %d", slot).isLessThan(32);
        }
    }

    @Test
    void shouldWalkOnWhileTheWaypointIsAhead() {
        final SeededRandom random = new SeededRandom(9);
        final int row = walkerBefore(3, random);
        final long state = random.state();

        patrol.step(store, 10, 1, random);

        assertThat(store.vx[row]).isEqualTo(SPEED);
        assertThat(random.state()).isEqualTo(state);
    }

    /** An NPC with its home at 500, 500 that walks east to 510, 500 and has the given way left. */
    private int walkerBefore(final double leftMetres, final SeededRandom random) {
        final int row = store.add(1, EntityKind.NPC);
        store.x[row] = 500;
        store.y[row] = 500;
        patrol.begin(store, row, random);
        store.waypointX[row] = 510;
        store.waypointY[row] = 500;
        store.x[row] = 510 - leftMetres;
        store.vx[row] = SPEED;
        return row;
    }
}
