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
import io.orrery.perf.bot.BotTokenSource;
import io.orrery.platform.agent.Arrangement;
import io.orrery.platform.agent.ArrangementContext;
import io.orrery.platform.agent.ThreadPlan;
import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.Setting;
import io.orrery.platform.error.DistinctErrors;
import io.orrery.telemetry.pipeline.MetricsContext;
import io.orrery.telemetry.pipeline.MetricsEndpoint;
import io.orrery.telemetry.pipeline.TelemetryContext;
import io.orrery.telemetry.pipeline.TelemetryPipeline;
import io.orrery.transport.udp.UdpClientContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private static final int CM_PER_METRE = 100;

    private final DistinctErrors errors = new DistinctErrors(SystemEpochClock.INSTANCE);
    /** What is open, newest first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean areServersLaunched;
    private final TelemetryPipeline telemetry;
    private final GameNode game;
    private final MetricsEndpoint metrics;
    private final BotSwarm swarm;
    private final Arrangement servers;
    private final Arrangement bots;

    /**
     * Starts everything.
     *
     * @param options checked.
     * @throws IOException naming the file, folder or port that cannot be had; nothing is left open or running.
     */
    DemoWorld(final DemoOptions options) throws IOException {
        final long clientCapacity = options.settings().wholeNumber(NodeSettings.CLIENT_CAPACITY);
        if (options.botCount() > clientCapacity) {
            throw new ConfigurationException(
                "--bots=" + options.botCount() + ", must be <= " + NodeSettings.CLIENT_CAPACITY.name() + "=" + clientCapacity);
        }
        final long nodeEpoch = NodeEpoch.next(options.dataFolder());
        final byte[] tokenKey = new byte[TOKEN_KEY_LENGTH];
        new SecureRandom().nextBytes(tokenKey);
        try {
            telemetry = newTelemetry(options);
            final GameContext gameContext = gameContext(options, tokenKey, nodeEpoch);
            game = opened(new GameNode(gameContext));
            metrics = opened(new MetricsEndpoint(new MetricsContext()
                .host(options.settings().text(NodeSettings.METRICS_ADDRESS))
                .port(count(options, NodeSettings.METRICS_PORT))
                .conclude(), telemetry));
            servers = opened(Arrangement.launch(serverPlan()));
            areServersLaunched = true;
            swarm = new BotSwarm(botContext(options, new DemoTokens(
                SystemEpochClock.INSTANCE, tokenKey, nodeEpoch, game.address(), gameContext.clientTimeoutS())));
            bots = opened(Arrangement.launch(new ArrangementContext()
                .server("perf").threadPlan(ThreadPlan.DEDICATED).errorHandler(errors).group("bots", swarm).conclude()));
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(open);
            throw e;
        }
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
        game.drain();
        swarm.stop();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs / 2);
        while (!(swarm.isDrained() && game.ingress().counters().clientCount() == 0) && System.nanoTime() - deadlineNs < 0) {
            Thread.sleep(POLL_MS);
        }
    }

    /** Ends everything, the source of the flow first. What fails is recorded with the other errors, so that the run is still reported. */
    @Override
    public void close() {
        for (final AutoCloseable part : open) {
            try {
                part.close();
            } catch (final Exception e) {
                errors.onError(e);
            }
        }
        open.clear();
    }

    private TelemetryPipeline newTelemetry(final DemoOptions options) {
        final int partitionCount = count(options, NodeSettings.PARTITION_COLUMNS) * count(options, NodeSettings.PARTITION_ROWS);
        final TelemetryPipeline pipeline = new TelemetryPipeline(new TelemetryContext()
            .histogramLog(options.reportFolder().resolve(SERVER_LOG))
            .kindNames(KIND_NAMES)
            .partitionCapacity(partitionCount)
            .producerCapacity(partitionCount + count(options, NodeSettings.REPLICATION_THREADS) + 1)
            .conclude());
        open.push(() -> closeIfNeverRun(pipeline));
        return pipeline;
    }

    private GameContext gameContext(final DemoOptions options, final byte[] tokenKey, final long nodeEpoch) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new GameContext()
            .settings(options.settings())
            .sinks(telemetry::newSink)
            .threadAllocatedBytes(threads::getCurrentThreadAllocatedBytes)
            .tokenKey(tokenKey)
            .nodeEpoch(nodeEpoch)
            .conclude();
    }

    private static BotContext botContext(final DemoOptions options, final BotTokenSource tokens) {
        return new BotContext()
            .botCount(options.botCount())
            .seed(options.seed())
            .rampNs(options.rampNs())
            .hysteresisCm(count(options, NodeSettings.INTEREST_HYSTERESIS_METRES) * CM_PER_METRE)
            .clock(SystemNanoClock.INSTANCE)
            .tokenSource(tokens)
            .transportGroup(new UdpTransportGroup(new UdpClientContext().groupCapacity(Math.max(1, options.botCount())).conclude()))
            .conclude();
    }

    private ArrangementContext serverPlan() {
        final ArrangementContext plan = new ArrangementContext()
            .server("game").threadPlan(ThreadPlan.DEDICATED).errorHandler(errors)
            .group("net-io", game.networkAgent());
        for (final Agent agent : game.worldAgents()) {
            plan.group("world", game.world().newIdleStrategy(), agent);
        }
        for (final ReplicationAgent agent : game.replicationAgents()) {
            plan.group("replication", agent);
        }
        return plan.group("telemetry", telemetry).conclude();
    }

    /** Once its thread ran, the thread closes it. */
    private void closeIfNeverRun(final TelemetryPipeline pipeline) {
        if (!areServersLaunched) {
            pipeline.onClose();
        }
    }

    private <T extends AutoCloseable> T opened(final T part) {
        open.push(part);
        return part;
    }

    private static int count(final DemoOptions options, final Setting setting) {
        return (int) options.settings().wholeNumber(setting);
    }
}
