package io.orrery.app.demo;

import com.sun.management.ThreadMXBean;
import io.orrery.app.DemoOptions;
import io.orrery.client.UdpTransportGroup;
import io.orrery.game.node.GameContext;
import io.orrery.game.node.GameNode;
import io.orrery.game.node.NodeEpoch;
import io.orrery.game.node.NodeSettings;
import io.orrery.game.replication.ReplicationAgent;
import io.orrery.perf.bot.BotContext;
import io.orrery.perf.bot.BotSwarm;
import io.orrery.platform.agent.Arrangement;
import io.orrery.platform.agent.ArrangementContext;
import io.orrery.platform.agent.ThreadPlan;
import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.error.DistinctErrors;
import io.orrery.telemetry.pipeline.MetricsContext;
import io.orrery.telemetry.pipeline.MetricsEndpoint;
import io.orrery.telemetry.pipeline.TelemetryContext;
import io.orrery.telemetry.pipeline.TelemetryPipeline;
import io.orrery.transport.udp.UdpClientContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Everything that runs in the demo's process: telemetry, game server, metrics endpoint, bots.
 *
 * <p>Built, watched and closed by the main thread.
 */
final class DemoWorld implements AutoCloseable {
    static final String SERVER_LOG = "server.hlog";
    /** Names of kinds by number, as {@code EntityKind} gives them. */
    private static final List<String> KIND_NAMES = List.of("player", "npc");
    private static final int TOKEN_KEY_LENGTH = 32;
    private static final int POLL_MS = 10;

    private final DistinctErrors errors = new DistinctErrors(SystemEpochClock.INSTANCE);
    private final TelemetryPipeline telemetry;
    private final GameNode game;
    private final MetricsEndpoint metrics;
    private final BotSwarm swarm;
    private final Arrangement servers;
    private final Arrangement bots;

    DemoWorld(final DemoOptions options) throws IOException {
        final long clientCapacity = options.settings().wholeNumber(NodeSettings.CLIENT_CAPACITY);
        if (options.botCount() > clientCapacity) {
            throw new ConfigurationException(
                "--bots=" + options.botCount() + ", must be <= " + NodeSettings.CLIENT_CAPACITY.name() + "=" + clientCapacity);
        }
        final long nodeEpoch = NodeEpoch.next(options.dataFolder());
        final byte[] tokenKey = new byte[TOKEN_KEY_LENGTH];
        new SecureRandom().nextBytes(tokenKey);
        telemetry = new TelemetryPipeline(new TelemetryContext()
            .histogramLog(options.reportFolder().resolve(SERVER_LOG))
            .kindNames(KIND_NAMES)
            .conclude());
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final GameContext gameContext = new GameContext()
            .settings(options.settings())
            .sinks(telemetry::newSink)
            .threadAllocatedBytes(threads::getCurrentThreadAllocatedBytes)
            .tokenKey(tokenKey)
            .nodeEpoch(nodeEpoch)
            .conclude();
        game = new GameNode(gameContext);
        metrics = new MetricsEndpoint(new MetricsContext()
            .host(options.settings().text(NodeSettings.METRICS_ADDRESS))
            .port((int) options.settings().wholeNumber(NodeSettings.METRICS_PORT))
            .conclude(), telemetry);
        servers = Arrangement.launch(serverPlan());
        swarm = new BotSwarm(new BotContext()
            .botCount(options.botCount())
            .seed(options.seed())
            .rampNs(options.rampNs())
            .hysteresisCm((int) (options.settings().wholeNumber(NodeSettings.INTEREST_HYSTERESIS_METRES) * 100))
            .clock(SystemNanoClock.INSTANCE)
            .tokenSource(new DemoTokens(
                SystemEpochClock.INSTANCE, tokenKey, nodeEpoch, game.address(), gameContext.clientTimeoutS()))
            .transportGroup(new UdpTransportGroup(new UdpClientContext().groupCapacity(Math.max(1, options.botCount())).conclude()))
            .conclude());
        bots = Arrangement.launch(new ArrangementContext()
            .server("perf").threadPlan(ThreadPlan.SHARED).errorHandler(errors).group("bots", swarm).conclude());
    }

    GameNode game() {
        return game;
    }

    TelemetryPipeline telemetry() {
        return telemetry;
    }

    MetricsEndpoint metrics() {
        return metrics;
    }

    BotSwarm swarm() {
        return swarm;
    }

    DistinctErrors errors() {
        return errors;
    }

    boolean isRunning() {
        return servers.isRunning() && bots.isRunning();
    }

    /** Ends the bots while the servers still run, so that everyone leaves the world properly. */
    void drain(final long limitMs) throws InterruptedException {
        telemetry.endPlateau();
        swarm.stop();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs / 2);
        while (!(swarm.isDrained() && game.ingress().counters().clientCount() == 0) && System.nanoTime() - deadlineNs < 0) {
            Thread.sleep(POLL_MS);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(bots, servers, metrics, game);
    }

    private ArrangementContext serverPlan() {
        final ArrangementContext plan = new ArrangementContext()
            .server("game").threadPlan(ThreadPlan.SHARED).errorHandler(errors)
            .group("net-io", game.networkAgent());
        for (final Agent agent : game.worldAgents()) {
            plan.group("world", game.world().newIdleStrategy(), agent);
        }
        for (final ReplicationAgent agent : game.replicationAgents()) {
            plan.group("replication", agent);
        }
        return plan.group("telemetry", telemetry).conclude();
    }
}
