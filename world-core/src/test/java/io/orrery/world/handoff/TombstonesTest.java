package io.orrery.world.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TombstonesTest {
    private final HandoffLink link = new HandoffLink(8);
    private final HandoffLink[] links = {null, link};
    private final Tombstones tombstones = new Tombstones(2, 10);

    @Test
    void shouldRememberWhereAnEntityWentUntilItIsOldAndShownByItsOwner() {
        link.onSent();
        tombstones.add(7, 1, 1, 0);

        tombstones.expire(100, links);
        final int beforeShown = tombstones.targetOf(7);
        link.onTaken();
        link.acknowledge();
        tombstones.expire(10, links);
        final int whileYoung = tombstones.targetOf(7);
        tombstones.expire(11, links);

        assertThat(beforeShown).isEqualTo(1);
        assertThat(whileYoung).isEqualTo(1);
        assertThat(tombstones.targetOf(7)).isEqualTo(Tombstones.NONE);
        assertThat(tombstones.count()).isZero();
    }

    @Test
    void shouldSayThatItIsFullAndFreeTheRoomOfWhatCameBack() {
        tombstones.add(7, 1, 1, 0);
        tombstones.add(8, 1, 2, 0);

        final boolean hasRoom = tombstones.hasRoom();
        tombstones.remove(7);
        tombstones.expire(1, links);
        tombstones.add(9, 1, 3, 1);

        assertThat(hasRoom).isFalse();
        assertThat(tombstones.targetOf(7)).isEqualTo(Tombstones.NONE);
        assertThat(tombstones.targetOf(8)).isEqualTo(1);
        assertThat(tombstones.targetOf(9)).isEqualTo(1);
    }

    @Test
    void shouldFreeWhatWasShownBehindWhatIsNotTakenYet() {
        final HandoffLink stuck = new HandoffLink(8);
        tombstones.add(7, 0, 1, 0);
        tombstones.add(8, 1, 1, 0);
        link.onTaken();
        link.acknowledge();

        tombstones.expire(11, new HandoffLink[] {stuck, link});

        assertThat(tombstones.hasRoom()).as("H2").isTrue();
        assertThat(tombstones.targetOf(7)).isZero();
        assertThat(tombstones.targetOf(8)).isEqualTo(Tombstones.NONE);
    }

    @Test
    void shouldKeepOnlyTheNewestWayOfAnEntityThatLeftTwice() {
        tombstones.add(7, 1, 1, 0);

        tombstones.add(7, 0, 2, 5);

        assertThat(tombstones.targetOf(7)).isZero();
    }
}
