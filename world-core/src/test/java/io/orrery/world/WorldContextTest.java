package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorldContextTest {
    @Test
    void shouldNameValueAndBoundsWhenPeriodIsOutOfRange() {
        final WorldContext context = new WorldContext().tickPeriodNs(0);

        assertThatThrownBy(context::conclude).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("tickPeriodNs=0, must be in 8333333..1000000000");
    }

    @Test
    void shouldRefusePartitionsNarrowerThanTwiceWhatIsSeen() {
        final WorldContext context = new WorldContext().partitionColumns(10);

        assertThatThrownBy(context::conclude).hasMessageStartingWith("partition edge=204.8 m").hasMessageContaining("must be >= 220.0 m");
    }

    @Test
    void shouldRefuseMoreNpcsThanFit() {
        final WorldContext context = new WorldContext().npcCount(2_000).entityCapacity(400);

        assertThatThrownBy(context::conclude).hasMessage("npcCount=2000, must be <= 1600 = entityCapacity * partitions");
    }

    @Test
    void shouldRefuseWhatIsNotANumberOrMissing() {
        assertThatThrownBy(() -> new WorldContext().widthMetres(Double.NaN).conclude()).hasMessageStartingWith("widthMetres=NaN");
        assertThatThrownBy(() -> new WorldContext().clock(null).conclude()).hasMessage("clock=null, must be set");
        assertThatThrownBy(() -> new WorldContext().npcPauseMinNs(5).npcPauseMaxNs(4).conclude()).hasMessageStartingWith("npcPauseMaxNs=4");
    }

    @Test
    void shouldFreezeWhenConcluded() {
        final WorldContext context = new WorldContext().conclude();

        assertThatThrownBy(() -> context.seed(2)).isInstanceOf(IllegalStateException.class).hasMessage("WorldContext is concluded");
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new World(new WorldContext())).hasMessage("WorldContext is not concluded");
        assertThat(new World(context).partitionCount()).isEqualTo(4);
    }
}
