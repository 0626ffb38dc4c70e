package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TimerWheelTest {
    private static final long START_NS = -1_000_000_000L;
    private static final long BUCKET_NS = 1 << 20;

    private final TimerWheel wheel = new TimerWheel(START_NS);

    @Test
    void shouldCallEachTimerWithinTwoBucketsOfItsTimeAndNeverBefore() {
        final long seed = 12;
        System.out.println("TimerWheelTest seed " + seed);
        final Random random = new Random(seed);
        final List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            final Probe probe = new Probe();
            probe.dueNs = START_NS + random.nextInt(250_000_000);
            wheel.schedule(probe, probe.dueNs);
            probes.add(probe);
        }

        for (long nowNs = START_NS; nowNs < START_NS + 300_000_000; nowNs += 100_000) {
            wheel.poll(nowNs, 1000);
        }

        assertThat(probes).allSatisfy(probe -> {
            assertThat(probe.calls).isEqualTo(1);
            assertThat(probe.calledNs).isBetween(probe.dueNs, probe.dueNs + 3 * BUCKET_NS);
        });
    }

    @Test
    void shouldStopAtTheLimitAndGoOnWithTheNextPoll() {
        for (int i = 0; i < 10; i++) {
            wheel.schedule(new Probe(), START_NS + 5 * BUCKET_NS);
        }

        final int first = wheel.poll(START_NS + 20 * BUCKET_NS, 4);
        final int second = wheel.poll(START_NS + 20 * BUCKET_NS, 100);

        assertThat(first).isEqualTo(4);
        assertThat(second).isEqualTo(6);
    }

    @Test
    void shouldCallAllAfterALongStallAndLetThemScheduleAgain() {
        final Probe again = new Probe();
        again.repeatNs = 50 * BUCKET_NS;
        wheel.schedule(again, START_NS + BUCKET_NS);
        final Probe once = new Probe();
        wheel.schedule(once, START_NS + 200 * BUCKET_NS);

        final int called = wheel.poll(START_NS + 10_000 * BUCKET_NS, 100);
        wheel.poll(START_NS + 10_060 * BUCKET_NS, 100);

        assertThat(called).isEqualTo(2);
        assertThat(once.calls).isEqualTo(1);
        assertThat(again.calls).isEqualTo(2);
    }

    @Test
    void shouldNotCallWhatWasCancelled() {
        final Probe first = new Probe();
        final Probe second = new Probe();
        final Probe third = new Probe();
        for (final Probe probe : List.of(first, second, third)) {
            wheel.schedule(probe, START_NS + BUCKET_NS);
        }

        wheel.cancel(second);
        wheel.cancel(second);
        wheel.poll(START_NS + 10 * BUCKET_NS, 100);

        assertThat(List.of(first.calls, second.calls, third.calls)).containsExactly(1, 0, 1);
    }

    private final class Probe extends WheelTimer {
        private long dueNs;
        private long repeatNs;
        private long calledNs;
        private int calls;

        @Override
        protected void onTimer(final long nowNs) {
            calls++;
            calledNs = nowNs;
            if (repeatNs > 0) {
                wheel.schedule(this, nowNs + repeatNs);
            }
        }
    }
}
