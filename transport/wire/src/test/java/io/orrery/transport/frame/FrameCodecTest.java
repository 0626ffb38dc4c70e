package io.orrery.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
    private static final ReplicationSchema SCHEMA = ReplicationSchema.STANDARD;
    private static final int LENGTH_MAX = 64 * 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final FrameWriter writer = new FrameWriter(SCHEMA);
    private final FrameReader reader = new FrameReader(SCHEMA);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 1_234_567_890_123L})
    void shouldReadBackWhatWasWrittenWhenItemsAreRandom(final long seed) {
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final Expected expected = new Expected(random);

            final int length = expected.write(writer, buffer);
            final Collected collected = new Collected(expected.baselines);
            final int result = reader.read(buffer, 0, length, collected);

            assertThat(result).as("seed %d round %d", seed, round).isEqualTo(FrameReader.OK);
            assertThat(collected.items).as("seed %d round %d", seed, round).isEqualTo(expected.items);
            assertThat(length * 8).as("bound says no less than what was written").isLessThanOrEqualTo(expected.bitsMax + 7);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldRefuseWhenTruncatedAtAnyByte(final long seed) {
        final Expected expected = new Expected(new Random(seed));
        final int length = expected.write(writer, buffer);

        for (int cut = 0; cut < length; cut++) {
            final int result = reader.read(buffer, 0, cut, new Collected(expected.baselines));

            assertThat(result).as("seed %d cut at %d of %d", seed, cut, length).isEqualTo(FrameReader.MALFORMED);
        }
    }

    @Test
    void shouldEndWithinItsLengthWhenBytesAreRandom() {
        final long seed = 77;
        final Random random = new Random(seed);
        final byte[] bytes = new byte[300];

        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            final int length = random.nextInt(bytes.length + 1);
            final int result = reader.read(new UnsafeBuffer(bytes), 0, length, new Collected(Map.of()));

            assertThat(result).as("seed %d round %d", seed, i)
                .isIn(FrameReader.OK, FrameReader.MALFORMED, FrameReader.UNKNOWN_BASELINE);
        }
    }

    @Test
    void shouldSayUnknownBaselineAndReadTheRestWhenOneIsMissing() {
        final int[] known = {0, 500, 600};
        final int[] state = {0, 530, 600};
        writer.begin(buffer, 0, LENGTH_MAX, 2);
        writer.update(3, 2, known, 0, state, 0);
        writer.update(9, 2, known, 0, state, 0);
        final int length = writer.finish();

        final Collected collected = new Collected(Map.of(9, known));
        final int result = reader.read(buffer, 0, length, collected);

        assertThat(result).isEqualTo(FrameReader.UNKNOWN_BASELINE);
        assertThat(collected.items).containsExactly("update 9 [0, 530, 600]");
    }

    @Test
    void shouldCostFourBytesAtMostWhenOneOfManyWalks() {
        final int[] states = new int[50 * 3];
        final int[] baselines = new int[50 * 3];
        writer.begin(buffer, 0, LENGTH_MAX, 2);
        for (int i = 0; i < 50; i++) {
            baselines[i * 3 + 1] = 10_000 + i;
            baselines[i * 3 + 2] = 20_000;
            states[i * 3 + 1] = baselines[i * 3 + 1] + 42;
            states[i * 3 + 2] = baselines[i * 3 + 2] - 42;
            writer.update(i, 2, baselines, i * 3, states, i * 3);
        }

        final int length = writer.finish();

        assertThat(length).isLessThanOrEqualTo(50 * 4);
    }

    @Test
    void shouldChangeTheHashWhenAnyPropertyOfAFieldChanges() {
        final ReplicatedField field = new ReplicatedField("x", "cm", 23, false, ReplicatedField.Visibility.EVERYONE);
        final List<ReplicatedField> others = List.of(
            new ReplicatedField("z", "cm", 23, false, ReplicatedField.Visibility.EVERYONE),
            new ReplicatedField("x", "mm", 23, false, ReplicatedField.Visibility.EVERYONE),
            new ReplicatedField("x", "cm", 22, false, ReplicatedField.Visibility.EVERYONE),
            new ReplicatedField("x", "cm", 23, true, ReplicatedField.Visibility.EVERYONE),
            new ReplicatedField("x", "cm", 23, false, ReplicatedField.Visibility.OWNER));

        final long hash = new ReplicationSchema(List.of(field)).hash();

        assertThat(others).allSatisfy(other -> assertThat(new ReplicationSchema(List.of(other)).hash()).isNotEqualTo(hash));
        assertThat(new ReplicationSchema(List.of(field)).hash()).isEqualTo(hash);
        assertThat(SCHEMA.hash()).as("another schema is another protocol").isEqualTo(0x2FD4_559E_8B1B_0029L);
    }

    @Test
    void shouldAllocateNothingWhenWritingAndReading() {
        final int[] states = {0, 530, 600};
        final int[] baseline = {0, 500, 600};
        final CountingHandler handler = new CountingHandler(baseline);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                writer.begin(buffer, 0, 1_000, 1);
                writer.leave(1);
                writer.enter(2, 99L, states, 0);
                writer.update(3, 1, baseline, 0, states, 0);
                reader.read(buffer, 0, writer.finish(), handler);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
        assertThat(handler.count).isEqualTo(4 * 3_000);
    }

    private static final class CountingHandler implements FrameHandler {
        private final int[] baseline;
        private int count;

        CountingHandler(final int[] baseline) {
            this.baseline = baseline;
        }

        @Override
        public void onLeave(final int netId) {
            count++;
        }

        @Override
        public void onEnter(final int netId, final long entityId, final int[] state) {
            count++;
        }

        @Override
        public boolean loadBaseline(final int netId, final int age, final int[] state) {
            System.arraycopy(baseline, 0, state, 0, state.length);
            return true;
        }

        @Override
        public void onUpdate(final int netId, final int[] state) {
            count++;
        }
    }

    /** Random items, the text they should come back as, and the bits they may take. */
    private static final class Expected {
        private final List<String> items = new ArrayList<>();
        private final Map<Integer, int[]> baselines = new HashMap<>();
        private final Random random;
        private int bitsMax;

        Expected(final Random random) {
            this.random = random;
        }

        int write(final FrameWriter writer, final UnsafeBuffer buffer) {
            final int commonAge = random.nextInt(FrameFormat.BASELINE_AGE_MAX + 1);
            writer.begin(buffer, 0, LENGTH_MAX, commonAge);
            bitsMax = writer.emptyBitsMax();
            for (final int netId : netIds()) {
                writer.leave(netId);
                bitsMax += writer.leaveBitsMax();
                items.add("leave " + netId);
            }
            for (final int netId : netIds()) {
                final int[] state = state();
                final long id = random.nextLong();
                writer.enter(netId, id, state, 0);
                bitsMax += writer.enterBitsMax();
                items.add("enter " + netId + " " + id + " " + List.of(state[0], state[1], state[2]));
            }
            for (final int netId : netIds()) {
                writeUpdate(writer, netId, commonAge);
            }
            return writer.finish();
        }

        private void writeUpdate(final FrameWriter writer, final int netId, final int commonAge) {
            final int[] baseline = state();
            final int[] state = random.nextBoolean() ? state() : near(baseline);
            state[0] = baseline[0];
            baselines.put(netId, baseline);
            final int age = random.nextBoolean() ? commonAge : random.nextInt(FrameFormat.BASELINE_AGE_MAX + 1);
            bitsMax += writer.updateBitsMax(age, baseline, 0, state, 0);
            writer.update(netId, age, baseline, 0, state, 0);
            items.add("update " + netId + " " + List.of(state[0], state[1], state[2]));
        }

        private TreeSet<Integer> netIds() {
            final TreeSet<Integer> netIds = new TreeSet<>();
            final int count = random.nextInt(60);
            final int bound = random.nextBoolean() ? FrameFormat.NET_ID_CAPACITY : 70;
            for (int i = 0; i < count; i++) {
                netIds.add(random.nextInt(bound));
            }
            return netIds;
        }

        private int[] state() {
            return new int[] {random.nextInt(16), random.nextInt(1 << 23), random.nextInt(1 << 23)};
        }

        private int[] near(final int[] baseline) {
            final int spread = 1 << random.nextInt(10);
            return new int[] {
                baseline[0],
                Math.clamp(baseline[1] + random.nextInt(2 * spread + 1) - spread, 0, (1 << 23) - 1),
                Math.clamp(baseline[2] + random.nextInt(2 * spread + 1) - spread, 0, (1 << 23) - 1)};
        }
    }

    private static final class Collected implements FrameHandler {
        private final List<String> items = new ArrayList<>();
        private final Map<Integer, int[]> baselines;

        Collected(final Map<Integer, int[]> baselines) {
            this.baselines = baselines;
        }

        @Override
        public void onLeave(final int netId) {
            items.add("leave " + netId);
        }

        @Override
        public void onEnter(final int netId, final long entityId, final int[] state) {
            items.add("enter " + netId + " " + entityId + " " + List.of(state[0], state[1], state[2]));
        }

        @Override
        public boolean loadBaseline(final int netId, final int age, final int[] state) {
            final int[] baseline = baselines.get(netId);
            if (baseline == null) {
                return false;
            }
            System.arraycopy(baseline, 0, state, 0, state.length);
            return true;
        }

        @Override
        public void onUpdate(final int netId, final int[] state) {
            items.add("update " + netId + " " + List.of(state[0], state[1], state[2]));
        }
    }
}
