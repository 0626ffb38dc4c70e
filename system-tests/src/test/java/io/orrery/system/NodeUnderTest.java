package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.game.node.GameContext;
import io.orrery.game.node.GameNode;
import io.orrery.game.node.NodeSettings;
import io.orrery.game.replication.ReplicationAgent;
import io.orrery.platform.agent.Arrangement;
import io.orrery.platform.agent.ArrangementContext;
import io.orrery.platform.agent.ThreadPlan;
import io.orrery.platform.config.Settings;
import io.orrery.platform.config.SettingsContext;
import io.orrery.platform.error.DistinctErrors;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** A game server on threads of its own, on a free port of loopback; closing it fails the test if an agent recorded a fault. */
final class NodeUnderTest implements AutoCloseable {
    static final long EPOCH = 7;

    private final AtomicLong wallSkewMs = new AtomicLong();
    private final DistinctErrors errors = new DistinctErrors(SystemEpochClock.INSTANCE);
    private final byte[] tokenKey = TokenMint.key(1);
    private final GameNode node;
    private final Arrangement threads;

    NodeUnderTest(final int npcCount, final String... assignments) {
        final SettingsContext settings = new SettingsContext().known(NodeSettings.ALL)
            .assignment("test", "orrery.net.port=0").assignment("test", "orrery.world.npc-count=" + npcCount);
        for (final String assignment : assignments) {
            settings.assignment("test", assignment);
        }
        node = new GameNode(new GameContext()
            .settings(Settings.read(settings.conclude()))
            .clocks(SystemNanoClock.INSTANCE, this::wallMs)
            .tokenKey(tokenKey)
            .nodeEpoch(EPOCH)
            .conclude());
        final ArrangementContext plan = new ArrangementContext()
            .server("game").threadPlan(ThreadPlan.SHARED).errorHandler(errors).group("net-io", node.networkAgent());
        for (final Agent agent : node.worldAgents()) {
            plan.group("world", node.world().newIdleStrategy(), agent);
        }
        for (final ReplicationAgent agent : node.replicationAgents()) {
            plan.group("replication", agent);
        }
        threads = Arrangement.launch(plan.conclude());
    }

    GameNode node() {
        return node;
    }

    DistinctErrors errors() {
        return errors;
    }

    /** A mint whose tokens this server accepts. */
    TokenMint tokens() {
        return new TokenMint(node.address(), tokenKey, EPOCH);
    }

    /** Sets how far the server's wall clock is ahead of the real one. */
    void wallSkewMs(final long skewMs) {
        wallSkewMs.set(skewMs);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(threads, node);
        assertThat(errors.snapshot()).isEmpty();
        assertThat(node.world().checkConservation()).isNotNegative();
    }

    private long wallMs() {
        return System.currentTimeMillis() + wallSkewMs.get();
    }
}
