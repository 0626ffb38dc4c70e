package io.orrery.platform.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orrery.platform.error.DistinctErrors;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrangementTest {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final DistinctErrors errors = new DistinctErrors(SystemEpochClock.INSTANCE);

    @ParameterizedTest
    @EnumSource(ThreadPlan.class)
    void shouldStartUpwardsAndCloseDownwards(final ThreadPlan plan) {
        final Arrangement arrangement = Arrangement.launch(context(plan)
            .group("net", new Recording("source"))
            .group("world", new Recording("middle"))
            .group("bus", new Recording("sink"))
            .conclude());
        assertThat(arrangement.isRunning()).isTrue();

        arrangement.close();
        arrangement.close();

        assertThat(events).as("G2, G4")
            .containsExactly("start sink", "start middle", "start source", "close source", "close middle", "close sink");
        assertThat(arrangement.isRunning()).isFalse();
    }

    @Test
    void shouldNameThreadsAfterServerRoleAndIndex() {
        final Recording first = new Recording("first");
        final Recording second = new Recording("second");
        final Recording third = new Recording("third");

        try (Arrangement arrangement = Arrangement.launch(context(ThreadPlan.DEDICATED)
            .group("world", first).group("world", second).group("net-io", third).conclude())) {
            await().until(() -> first.threadName != null && second.threadName != null && third.threadName != null);
            assertThat(arrangement.step()).isZero();
        }

        assertThat(List.of(first.threadName, second.threadName, third.threadName))
            .containsExactly("game-world-0", "game-world-1", "game-net-io-0");
    }

    @Test
    void shouldRunARoleOnOneThreadWhenShared() {
        final Recording first = new Recording("first");
        final Recording second = new Recording("second");
        final Recording other = new Recording("other");

        try (Arrangement arrangement = Arrangement.launch(context(ThreadPlan.SHARED)
            .group("world", first).group("net", other).group("world", second).conclude())) {
            await().until(() -> first.threadName != null && second.threadName != null && other.threadName != null);
            assertThat(arrangement.isRunning()).isTrue();
        }

        assertThat(List.of(first.threadName, second.threadName, other.threadName))
            .containsExactly("game-world-0", "game-world-0", "game-net-0");
    }

    @Test
    void shouldRunEveryAgentOncePerStepOnTheCallersThreadWhenInvoked() {
        final Recording first = new Recording("first");
        final Recording second = new Recording("second");
        try (Arrangement arrangement = Arrangement.launch(context(ThreadPlan.INVOKER)
            .group("net", first).group("world", second).conclude())) {

            final int workCount = arrangement.step();

            assertThat(workCount).isEqualTo(2);
            assertThat(first.threadName).isEqualTo(Thread.currentThread().getName());
            assertThat(first.workCount).isEqualTo(1);
        }
    }

    @Test
    void shouldTryEveryPartAndAttachTheRestWhenSeveralFailToClose() {
        final Arrangement arrangement = Arrangement.launch(context(ThreadPlan.DEDICATED)
            .group("net", failingToClose("one"), failingToClose("two"))
            .group("world", new Recording("fine"))
            .group("bus", failingToClose("three"))
            .conclude());

        assertThatThrownBy(arrangement::close)
            .hasMessage("one")
            .satisfies(e -> assertThat(e.getSuppressed()).as("G3").extracting(Throwable::getMessage).containsExactly("two", "three"));
        assertThat(events).contains("close fine");
        arrangement.close();
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.class)
    void shouldLeaveNothingRunningWhenAnAgentDoesNotStart(final ThreadPlan plan) {
        final Agent broken = new Recording("broken") {
            @Override
            public void onStart() {
                throw new IllegalStateException("port in use");
            }
        };
        final ArrangementContext context = context(plan)
            .group("net", failingToClose("cannot close"), broken).group("world", new Recording("fine")).conclude();

        assertThatThrownBy(() -> Arrangement.launch(context))
            .hasMessage("port in use")
            .satisfies(e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("cannot close"));

        assertThat(events).as("G1").contains("start fine", "close fine", "close broken");
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.class)
    void shouldGoOnWithTheOthersWhenAnAgentThrows(final ThreadPlan plan) {
        final Agent faulty = new Recording("faulty") {
            @Override
            public int doWork() {
                throw new IllegalArgumentException("bad input");
            }
        };
        final Recording fine = new Recording("fine");

        try (Arrangement arrangement = Arrangement.launch(context(plan).group("world", faulty, fine).conclude())) {
            await().until(() -> arrangement.step() >= 0 && fine.workCount > 2);
            assertThat(arrangement.isRunning()).isTrue();
        }

        assertThat(errors.snapshot()).singleElement().satisfies(error -> assertThat(error.count()).isGreaterThanOrEqualTo(2));
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.class)
    void shouldSaySoAndCloseTheGroupWhenAnInvariantBreaks(final ThreadPlan plan) {
        final Agent broken = new Recording("broken") {
            @Override
            public int doWork() {
                throw new AssertionError("entity lost");
            }
        };

        try (Arrangement arrangement = Arrangement.launch(context(plan).group("world", broken).conclude())) {
            await().until(() -> arrangement.step() >= 0 && !arrangement.isRunning() && events.contains("close broken"));
        }

        assertThat(errors.snapshot()).singleElement().satisfies(error -> {
            assertThat(error.first()).isInstanceOf(AgentTerminationException.class);
            assertThat(error.first().getCause()).hasMessage("entity lost");
        });
        assertThat(events).containsOnlyOnce("close broken");
    }

    @Test
    void shouldGiveUpAThreadThatDoesNotStopAndCloseTheRest() {
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch entered = new CountDownLatch(1);
        final Agent stuck = new Recording("stuck") {
            @Override
            public int doWork() {
                entered.countDown();
                awaitIgnoringInterrupts(release);
                return 0;
            }
        };
        final Arrangement arrangement = Arrangement.launch(context(ThreadPlan.DEDICATED).closeLimitMs(50)
            .group("net", stuck).group("world", new Recording("fine")).conclude());
        await().until(() -> entered.getCount() == 0);

        assertThatThrownBy(arrangement::close).hasMessageStartingWith("game-net-0 did not stop within 50 ms, is at ");

        assertThat(events).contains("close fine");
        release.countDown();
        await().until(() -> events.contains("close stuck"));
    }

    @Test
    void shouldRefuseWhatCannotBeArranged() {
        assertThatThrownBy(() -> context(ThreadPlan.SHARED).server("Game One").conclude())
            .hasMessage("server=Game One, must be lower case letters, digits and single dashes");
        assertThatThrownBy(() -> context(ThreadPlan.SHARED).group("world").conclude())
            .hasMessageStartingWith("agents of world=0, must be in 1..");
        assertThatThrownBy(() -> context(ThreadPlan.SHARED).closeLimitMs(0).conclude())
            .hasMessage("closeLimitMs=0, must be in 1..600000");
        assertThatThrownBy(() -> context(ThreadPlan.SHARED).errorHandler(null).conclude())
            .hasMessage("errorHandler=null, must be set");
    }

    private static void awaitIgnoringInterrupts(final CountDownLatch release) {
        boolean isReleased = false;
        while (!isReleased) {
            try {
                release.await();
                isReleased = true;
            } catch (final InterruptedException ignored) {
                // Being deaf to interrupts is what this agent is for.
                isReleased = false;
            }
        }
    }

    private ArrangementContext context(final ThreadPlan plan) {
        return new ArrangementContext().server("game").threadPlan(plan).errorHandler(errors);
    }

    private Agent failingToClose(final String message) {
        return new Recording(message) {
            @Override
            public void onClose() {
                throw new IllegalStateException(message);
            }
        };
    }

    private class Recording implements Agent {
        private final String name;
        private volatile String threadName;
        private volatile int workCount;

        Recording(final String name) {
            this.name = name;
        }

        @Override
        public void onStart() {
            events.add("start " + name);
        }

        @Override
        public int doWork() {
            threadName = Thread.currentThread().getName();
            workCount = workCount + 1;
            return 1;
        }

        @Override
        public void onClose() {
            events.add("close " + name);
        }

        @Override
        public String roleName() {
            return name;
        }
    }
}
