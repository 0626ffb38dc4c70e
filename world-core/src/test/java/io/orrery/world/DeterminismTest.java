package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.world.command.CommandProxy;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.log.MemoryInputLog;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.tick.OverloadPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {
    private static final int LOG_WORDS = 1 << 20;
    private static final long SEED = 77;
    private static final int PLAYERS = 60;

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final List<MemoryInputLog> logs = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(OverloadPolicy.class)
    void shouldReplayAnInvokedWorldToEqualHashes(final OverloadPolicy policy) {
        final Stepped stepped = new Stepped(context -> recorded(context).overloadPolicy(policy));
        final Commander commander = new Commander(stepped.world, stepped.commands, stepped.ids);
        for (int i = 0; i < 600; i++) {
            commander.act();
            if (i % 97 == 0) {
                stepped.clock.advanceNs(6 * Stepped.PERIOD_NS);
            }
            stepped.tick();
        }

        final long replayed = replayer(policy).replay();

        assertThat(replayed).isEqualTo(2_400);
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).isGreaterThan(50);
        assertThat(stepped.world.checkConservation()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReplayAThreadedWorldToEqualHashes(final int threadCount) {
        final World world = new World(recorded(new WorldContext()).tickPeriodNs(8_400_000).clock(SystemNanoClock.INSTANCE).conclude());
        final Commander commander = new Commander(world, world.newCommandProxy(), world.newIdAllocator());
        final List<AgentRunner> runners = new ArrayList<>();
        for (final Agent agent : world.agents(threadCount)) {
            runners.add(new AgentRunner(world.newIdleStrategy(), faults::add, null, agent));
        }
        runners.forEach(AgentRunner::startOnThread);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(2, TimeUnit.MILLISECONDS).until(() -> {
            commander.act();
            return world.counters().sum(WorldCounter.TICKS) >= 800;
        });
        final long count = world.checkConservation();
        world.close();
        runners.forEach(AgentRunner::close);

        final WorldContext again = recorded(new WorldContext()).tickPeriodNs(8_400_000).conclude();
        final long replayed = new WorldReplayer(again, List.copyOf(logs.subList(0, 4))).replay();

        assertThat(count).isPositive();
        assertThat(faults).isEmpty();
        assertThat(world.counters().sum(WorldCounter.FAULTS)).isZero();
        assertThat(world.counters().sum(WorldCounter.COMMANDS_APPLIED)).isGreaterThan(200);
        assertThat(replayed).isGreaterThanOrEqualTo(800);
        assertThat(world.counters().sum(WorldCounter.HANDOFFS_IN)).isPositive();
    }

    @Test
    void shouldSayWhichTickDiffersWhenTheStartStateDiffers() {
        final Stepped stepped = new Stepped(this::recorded);
        stepped.ticks(5);

        final WorldReplayer replayer = new WorldReplayer(recorded(new WorldContext()).seed(SEED + 1).conclude(),
            List.copyOf(logs.subList(0, 4)));

        assertThatThrownBy(replayer::replay).isInstanceOf(IllegalStateException.class).hasMessageContaining("partition 0, slot 0");
    }

    @Test
    void shouldRefuseATruncatedLog() {
        final Stepped stepped = new Stepped(context -> context.inputLogs(partition -> kept(new MemoryInputLog(40))));
        stepped.ticks(50);

        assertThat(logs.get(0).isTruncated()).isTrue();
        assertThatThrownBy(() -> new WorldReplayer(new WorldContext().npcCount(0).conclude(), logs))
            .hasMessageContaining("log of partition 0 is truncated");
    }

    private WorldContext recorded(final WorldContext context) {
        return context.npcCount(400).seed(SEED).handoffCapacity(4).viewReaderCount(1)
            .inputLogs(partition -> kept(new MemoryInputLog(LOG_WORDS)));
    }

    private MemoryInputLog kept(final MemoryInputLog log) {
        logs.add(log);
        return log;
    }

    private WorldReplayer replayer(final OverloadPolicy policy) {
        return new WorldReplayer(recorded(new WorldContext()).overloadPolicy(policy).conclude(), List.copyOf(logs.subList(0, 4)));
    }

    /** Spawns players near borders and sends them to and fro, with wrong hints, gaps and repeats. */
    private static final class Commander {
        private final Random random = new Random(SEED);
        private final World world;
        private final CommandProxy commands;
        private final EntityIdAllocator ids;
        private final long[] players = new long[PLAYERS];
        private final long[] sequences = new long[PLAYERS];

        Commander(final World world, final CommandProxy commands, final EntityIdAllocator ids) {
            this.world = world;
            this.commands = commands;
            this.ids = ids;
        }

        void act() {
            for (int i = 0; i < 8; i++) {
                final int player = random.nextInt(PLAYERS);
                final int hint = random.nextInt(world.partitionCount());
                if (players[player] == 0) {
                    players[player] = ids.next();
                    sequences[player] = 0;
                    final float x = 1_024 + random.nextFloat() * 12 - 6;
                    final float y = 1_024 + random.nextFloat() * 12 - 6;
                    commands.offerSpawnPlayer(world.partitionAt(x, y), players[player], x, y);
                } else if (random.nextInt(200) == 0) {
                    commands.offerDespawn(hint, players[player]);
                    players[player] = 0;
                } else if (random.nextInt(100) == 0) {
                    commands.offerTeleport(hint, players[player], random.nextFloat() * 2_048, random.nextFloat() * 2_048);
                } else {
                    offerMoveEverywhere(player);
                }
            }
        }

        private void offerMoveEverywhere(final int player) {
            sequences[player]++;
            final int heading = random.nextInt(65_536);
            for (int partition = 0; partition < world.partitionCount(); partition++) {
                commands.offerMove(partition, players[player], sequences[player], heading);
            }
        }
    }
}
