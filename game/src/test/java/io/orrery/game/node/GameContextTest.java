package io.orrery.game.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.Settings;
import io.orrery.platform.config.SettingsContext;
import org.junit.jupiter.api.Test;

class GameContextTest {
    @Test
    void shouldNameTheBindAddressWhenItIsNone() {
        final GameContext context = context("orrery.net.bind-address=999.1.2.3");

        assertThatThrownBy(context::conclude)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("orrery.net.bind-address=999.1.2.3, must be an address of this machine");
    }

    @Test
    void shouldNameAddressAndReasonWhenItIsOfAnotherMachine() {
        final GameContext context = context(
            "orrery.net.bind-address=192.0.2.1", "orrery.net.port=0", "orrery.world.npc-count=0").conclude();

        assertThatThrownBy(() -> new GameNode(context)).hasMessageContaining("192.0.2.1:0, cannot bind UDP socket: ");
    }

    @Test
    void shouldNameEdgeAndBoundWhenPartitionsAreTooSmallForTheInterest() {
        final GameContext context = context("orrery.world.width-metres=400").conclude();

        assertThatThrownBy(() -> new GameNode(context))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("partition edge=200.0 m (extent / partitions), must be >= 220.0 m = "
                + "2 * (interestRadiusMetres + interestHysteresisMetres)");
    }

    @Test
    void shouldNameCountAndBoundWhenNpcsDoNotFit() {
        final GameContext context = context("orrery.world.entity-capacity=100").conclude();

        assertThatThrownBy(() -> new GameNode(context)).hasMessage("npcCount=2000, must be <= 400 = entityCapacity * partitions");
    }

    @Test
    void shouldNameHysteresisAndBoundWhenItIsLargerThanTheRadius() {
        final GameContext context = context(
            "orrery.world.interest-radius-metres=20", "orrery.world.interest-hysteresis-metres=30", "orrery.world.npc-count=0").conclude();

        assertThatThrownBy(() -> new GameNode(context))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("interestHysteresisMetres=30.0, must be in 0.0..20.0");
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(new GameContext()::conclude).hasMessageContaining("settings");
        assertThatThrownBy(new GameContext().settings(settings())::conclude).hasMessageContaining("tokenKey");
        assertThatThrownBy(new GameContext().settings(settings()).tokenKey(new byte[31])::conclude)
            .hasMessageContaining("tokenKey.length=31");
        assertThatThrownBy(new GameContext().settings(settings()).tokenKey(new byte[32])::conclude).hasMessageContaining("nodeEpoch=0");
        assertThatThrownBy(() -> settings("orrery.replication.frame-length-max=127b"))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("frame-length-max=127b");
    }

    @Test
    void shouldTakeNoMoreSettersOnceConcluded() {
        final GameContext context = context().conclude();

        assertThatThrownBy(() -> context.nodeEpoch(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldPutANodeTogetherFromItsDefaults() throws Exception {
        final GameContext context = context(
            "orrery.net.port=0", "orrery.replication.thread-count=2", "orrery.world.thread-count=3").conclude();

        try (GameNode node = new GameNode(context)) {
            node.networkAgent().onStart();
            node.networkAgent().doWork();

            assertThat(node.worldAgents()).hasSize(3);
            assertThat(node.replicationAgents()).hasSize(2);
            assertThat(node.address().getPort()).isPositive();
            assertThat(node.world().checkConservation()).isEqualTo(2_000);
            assertThat(context.clientTimeoutS()).isEqualTo(5);
            node.networkAgent().onClose();
        }
    }

    private static GameContext context(final String... assignments) {
        return new GameContext().settings(settings(assignments)).tokenKey(new byte[32]).nodeEpoch(1);
    }

    private static Settings settings(final String... assignments) {
        final SettingsContext context = new SettingsContext().known(NodeSettings.ALL);
        for (final String assignment : assignments) {
            context.assignment("--set", assignment);
        }
        return Settings.read(context.conclude());
    }
}
