package io.orrery.perf.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.perf.bot.FakeWorld.Body;
import io.orrery.perf.bot.FakeWorld.Lie;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotSwarmTest {
    private static final int BOT_COUNT = 12;
    private static final int NPC_COUNT = 60;
    private static final int SECOND = 20;
    private static final int LIAR = 3;

    private final ManualClock clock = new ManualClock();
    private FakeWorld world = new FakeWorld(11, NPC_COUNT);
    private boolean hasTokens = true;
    private BotSwarm swarm;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldFindNoViolationWhenTheServerIsHonestAndTheNetworkIsBad(final long seed) {
        world = new FakeWorld(seed, NPC_COUNT);
        start(seed);

        run(40 * SECOND);

        final BotSwarmSnapshot snapshot = swarm.snapshot();
        assertThat(swarm.violations()).as("seed %d", seed).isEmpty();
        assertThat(snapshot.inWorldCount()).isEqualTo(BOT_COUNT);
        assertThat(snapshot.framesPerBotPerS()).isCloseTo(19, within(1.5));
        assertThat(snapshot.commandsSent()).isBetween(380L, 560L);
        assertThat(snapshot.bytesInPerBotPerS()).isPositive();
        assertThat(snapshot.packetsOutPerBotPerS()).isBetween(0.5, 5.0);
    }

    @Test
    void shouldMeasureFromTheIntendedSendingToTheAcknowledgingFrame() {
        world.lossOneIn = 0;
        start(1);
        run(20 * SECOND);

        final Histogram latency = swarm.commandToFrame().getIntervalHistogram();
        final Histogram lateness = swarm.commandLateness().getIntervalHistogram();

        assertThat(latency.getTotalCount()).isBetween(150L, 300L);
        assertThat(latency.getMaxValue()).isLessThanOrEqualTo(71_000_000L);
        assertThat(latency.getMinValue()).isGreaterThan(0);
        assertThat(lateness.getMaxValue()).as("one step of this test's clock").isLessThanOrEqualTo(10_100_000L);
        assertThat(swarm.snapshot().commandToFrameP99Ns()).isBetween(1_000_000L, 71_000_000L);
    }

    @Test
    void shouldCountItsOwnStallAndBlameNobodyWhenTheHarnessStandsStill() {
        start(1);
        run(5 * SECOND);

        clock.advanceMs(3_000);
        run(5 * SECOND);

        assertThat(swarm.snapshot().stallCount()).isEqualTo(1);
        assertThat(swarm.violations()).isEmpty();
        assertThat(swarm.commandLateness().getIntervalHistogram().getMaxValue()).isGreaterThan(1_500_000_000L);
    }

    @Test
    void shouldBlameNobodyWhenTheWholeWorldStandsStillForAWhile() {
        start(12);
        run(5 * SECOND);

        world.lie = new Lie() {
            @Override
            public boolean isFrameSent(final FakeConnection client) {
                return world.slot % 400 > 50;
            }
        };
        run(15 * SECOND);

        assertThat(swarm.snapshot().stallCount()).isPositive();
        assertThat(swarm.violations()).isEmpty();
    }

    @Test
    void shouldFindAJumpOfTheOwnCharacter() {
        lie(new Lie() {
            @Override
            public int xCm(final FakeConnection client, final Body entity, final int xCm) {
                return entity == client.own && world.slot % 64 == 0 ? xCm + 5 : xCm;
            }
        });

        assertBroken(BotRule.MOVEMENT);
    }

    @Test
    void shouldFindTheDriftWhenACharacterWalksTooFast() {
        start(11);
        run(5 * SECOND);
        final Body cheat = connection().own;

        for (int i = 0; i < 10 * SECOND; i++) {
            cheat.stepXCm *= 1.0002;
            cheat.xCm += cheat.stepXCm * 0.02;
            run(1);
        }

        assertBroken(BotRule.MOVEMENT);
    }

    @Test
    void shouldFindThatACommandWasNotObeyed() {
        start(11);
        run(5 * SECOND);
        final Body rebel = connection().own;

        for (int i = 0; i < 10 * SECOND; i++) {
            rebel.head(1, FakeWorld.SPEED_CM_PER_S);
            run(1);
        }

        assertBroken(BotRule.MOVEMENT);
    }

    @Test
    void shouldFindAJumpWhenItComesWithACommand() {
        start(11);
        run(5 * SECOND);
        final FakeConnection victim = connection();
        final long firstCommand = victim.lastCommand();
        world.lie = new OnlyFor(victim, new Lie() {
            @Override
            public int xCm(final FakeConnection client, final Body entity, final int xCm) {
                return entity == client.own ? xCm + 3 * (int) (client.lastCommand() - firstCommand & 1) : xCm;
            }
        });

        run(15 * SECOND);

        assertBroken(BotRule.MOVEMENT);
    }

    @Test
    void shouldFindThatANeighbourIsHidden() {
        lie(new Lie() {
            @Override
            public boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
                return isTrulyShown && (entity == client.own || entity.id % 512 != 0);
            }
        });

        assertBroken(BotRule.COMPLETENESS);
        assertThat(swarm.violations().getFirst().found()).startsWith("unknown, ");
    }

    @Test
    void shouldNotMindWhenANeighbourIsHiddenForLessThanASecond() {
        lie(new Lie() {
            @Override
            public boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
                return isTrulyShown && (entity == client.own || world.slot % 100 > 15);
            }
        });

        assertThat(swarm.violations()).isEmpty();
    }

    @Test
    void shouldFindThatAnEntityIsShownFromTooFar() {
        lie(new Lie() {
            @Override
            public boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
                return entity.distanceCm(client.own) <= FakeWorld.RADIUS_CM + FakeWorld.HYSTERESIS_CM + 200;
            }
        });

        assertBroken(BotRule.RANGE);
    }

    @Test
    void shouldFindThatTheSlotGoesBack() {
        lie(new Lie() {
            @Override
            public long slot(final FakeConnection client, final long slot) {
                return slot % 100 == 0 ? slot - 40 : slot;
            }
        });

        assertBroken(BotRule.PROGRESS);
    }

    @Test
    void shouldFindThatTheLastCommandGoesBack() {
        lie(new Lie() {
            @Override
            public long lastCommand(final FakeConnection client, final long lastCommand) {
                return world.slot % 50 == 0 ? Math.max(lastCommand - 1, 0) : lastCommand;
            }
        });

        assertBroken(BotRule.PROGRESS);
    }

    @Test
    void shouldFindThatACommandIsAcknowledgedThatWasNeverGiven() {
        lie(new Lie() {
            @Override
            public long lastCommand(final FakeConnection client, final long lastCommand) {
                return world.slot % 50 == 0 ? lastCommand + 40 : lastCommand;
            }
        });

        assertBroken(BotRule.PROGRESS);
    }

    @Test
    void shouldFindThatFramesStop() {
        lie(new Lie() {
            @Override
            public boolean isFrameSent(final FakeConnection client) {
                return world.slot % 100 > 30;
            }
        });

        assertBroken(BotRule.FRAME_GAP);
        assertThat(swarm.violationCount()).as("once for each gap").isLessThanOrEqualTo(3);
    }

    @Test
    void shouldFindThatTheOwnCharacterIsNotShown() {
        lie(new Lie() {
            @Override
            public boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
                return isTrulyShown && (entity != client.own || world.slot % 100 > 5);
            }
        });

        assertBroken(BotRule.OWN_CHARACTER);
    }

    @Test
    void shouldFindThatAFrameCannotBeRead() {
        lie(new Lie() {
            @Override
            public byte[] body(final FakeConnection client, final byte[] body) {
                return world.slot % 100 == 0 ? Arrays.copyOf(body, body.length - 1) : body;
            }
        });

        assertBroken(BotRule.READABLE);
    }

    @Test
    void shouldTakeANewAnchorWhenSlotsWereLost() {
        final long[] lostSlots = {65_530};
        start(11);
        world.lie = new Lie() {
            @Override
            public int lostSlotCount(final FakeConnection client) {
                return (int) lostSlots[0] & 0xFFFF;
            }
        };

        for (int i = 0; i < 10 * SECOND; i++) {
            world.isStepping = world.slot % 10 != 0;
            lostSlots[0] += world.isStepping ? 0 : 1;
            run(1);
        }

        assertThat(swarm.violations()).isEmpty();
        assertThat(swarm.snapshot().reanchorCount()).isGreaterThan(BOT_COUNT * 10L);
    }

    @Test
    void shouldKeepAHundredViolationsInFullAndCountTheRest() {
        start(11);
        world.lie = new Lie() {
            @Override
            public long slot(final FakeConnection client, final long slot) {
                return 1_000;
            }
        };

        run(10 * SECOND);

        assertThat(swarm.violations()).hasSize(100);
        assertThat(swarm.violationCount()).isGreaterThan(200);
        assertThat(swarm.violationCount(BotRule.PROGRESS)).isEqualTo(swarm.violationCount());
        assertThat(swarm.violations().getFirst().toString()).contains("rule=PROGRESS expected: slot above ");
    }

    @Test
    void shouldComeBackWhenDisconnected() {
        start(11);
        run(5 * SECOND);

        connection().drop(-4);
        run(SECOND / 2);
        final long away = swarm.snapshot().disconnectCount();
        run(5 * SECOND);

        assertThat(away).isEqualTo(1);
        assertThat(swarm.snapshot().inWorldCount()).isEqualTo(BOT_COUNT);
        assertThat(swarm.snapshot().connectCount()).isEqualTo(BOT_COUNT + 1);
        assertThat(swarm.violations()).isEmpty();
    }

    @Test
    void shouldTryAgainWhenThereIsNoTokenNoRoomOrARefusal() {
        hasTokens = false;
        world.isRoomless = true;
        world.isRefusing = true;
        world.lossOneIn = 0;
        start(11);

        run(4 * SECOND);
        hasTokens = true;
        run(4 * SECOND);
        world.isRoomless = false;
        run(4 * SECOND);
        final String refusal = swarm.snapshot().lastRefusal();
        world.isRefusing = false;
        run(4 * SECOND);

        assertThat(swarm.snapshot().tokenRefusalCount()).isGreaterThanOrEqualTo(BOT_COUNT);
        assertThat(swarm.snapshot().connectFailureCount()).isGreaterThanOrEqualTo(BOT_COUNT);
        assertThat(swarm.snapshot().refusalCount()).isGreaterThanOrEqualTo(BOT_COUNT);
        assertThat(refusal).isEqualTo("characters=3, must be below 3: the world is full; try again later");
        assertThat(swarm.snapshot().inWorldCount()).isEqualTo(BOT_COUNT);
    }

    @Test
    void shouldConnectEvenlyOverTheRamp() {
        swarm = new BotSwarm(context(11).rampNs(6_000_000_000L).conclude());
        swarm.onStart();

        run(3 * SECOND + 2);

        assertThat(swarm.snapshot().connectCount()).isBetween(BOT_COUNT / 2L, BOT_COUNT / 2L + 1);
    }

    @Test
    void shouldSayGoodbyeWhenStopped() {
        start(11);
        run(3 * SECOND);

        swarm.stop();
        swarm.doWork();
        swarm.onClose();

        assertThat(swarm.isDrained()).isTrue();
        assertThat(world.connections).allSatisfy(connection -> assertThat(connection.isClosed).isTrue());
        assertThat(swarm.snapshot().inWorldCount()).isZero();
        assertThat(swarm.snapshot().disconnectCount()).isZero();
        assertThat(world.isClosed).isTrue();
        assertThat(swarm.doWork()).isZero();
    }

    @Test
    void shouldWalkInsideTheWorldWhenNearItsEdge() {
        world.lossOneIn = 0;
        start(5);
        run(60 * SECOND);

        final long atEdgeCount = world.connections.stream().filter(connection -> connection.own.xCm < 3_000
            || connection.own.yCm < 3_000 || connection.own.xCm > FakeWorld.WIDTH_CM - 3_000
            || connection.own.yCm > FakeWorld.HEIGHT_CM - 3_000).count();

        assertThat(atEdgeCount).isZero();
    }

    @Test
    void shouldNameValueAndBoundsWhenAContextIsOutOfRange() {
        assertThatThrownBy(() -> context(1).botCount(-1).conclude()).hasMessage("botCount=-1, must be in 0..20000");
        assertThatThrownBy(() -> context(1).rampNs(-1).conclude()).hasMessage("rampNs=-1, must be in 0..3600000000000");
        assertThatThrownBy(() -> context(1).commandIntervalNs(2_000_000, 1_000_000).conclude())
            .hasMessage("commandIntervalMaxNs=1000000, must be in 2000000..3600000000000");
        assertThatThrownBy(() -> context(1).tokenSource(null).conclude()).hasMessage("tokenSource=null, must be set");
        assertThatThrownBy(() -> new BotSwarm(context(1))).isInstanceOf(IllegalStateException.class);
    }

    /** The liar among the bots' connections is told what the lie says from the fifth second on. */
    private void lie(final Lie lie) {
        start(11);
        run(5 * SECOND);
        final FakeConnection victim = connection();
        world.lie = new OnlyFor(victim, lie);
        run(15 * SECOND);
    }

    private FakeConnection connection() {
        return world.connections.stream().filter(connection -> connection.index == LIAR).findFirst().orElseThrow();
    }

    private void assertBroken(final BotRule rule) {
        final Set<BotRule> rules = EnumSet.noneOf(BotRule.class);
        swarm.violations().forEach(violation -> rules.add(violation.rule()));
        assertThat(rules).as("violations %s", swarm.violations()).containsExactly(rule);
        assertThat(swarm.violations()).allSatisfy(violation -> assertThat(violation.bot()).isEqualTo(LIAR));
        assertThat(swarm.violationCount(rule)).isEqualTo(swarm.violationCount());
    }

    private BotContext context(final long seed) {
        return new BotContext().clock(clock).botCount(BOT_COUNT).seed(seed).rampNs(0).transportGroup(world)
            .tokenSource(index -> {
                final byte[] token = new byte[2_048];
                token[0] = (byte) index;
                return hasTokens ? token : null;
            });
    }

    private void start(final long seed) {
        swarm = new BotSwarm(context(seed).conclude());
        swarm.onStart();
    }

    private void run(final int slots) {
        for (int i = 0; i < slots; i++) {
            world.tick();
            for (int step = 0; step < 5; step++) {
                swarm.doWork();
                clock.advanceMs(10);
            }
        }
    }

    private record OnlyFor(FakeConnection victim, Lie lie) implements Lie {
        @Override
        public boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
            return client == victim ? lie.isShown(client, entity, isTrulyShown) : isTrulyShown;
        }

        @Override
        public int xCm(final FakeConnection client, final Body entity, final int xCm) {
            return client == victim ? lie.xCm(client, entity, xCm) : xCm;
        }

        @Override
        public long slot(final FakeConnection client, final long slot) {
            return client == victim ? lie.slot(client, slot) : slot;
        }

        @Override
        public long lastCommand(final FakeConnection client, final long lastCommand) {
            return client == victim ? lie.lastCommand(client, lastCommand) : lastCommand;
        }

        @Override
        public boolean isFrameSent(final FakeConnection client) {
            return client != victim || lie.isFrameSent(client);
        }

        @Override
        public byte[] body(final FakeConnection client, final byte[] body) {
            return client == victim ? lie.body(client, body) : body;
        }
    }
}
