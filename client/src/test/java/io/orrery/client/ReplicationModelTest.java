package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.frame.FrameFormat;
import io.orrery.transport.frame.ReplicationSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in small, a bad network and a client: what the client shows must be what the server meant. */
class ReplicationModelTest {
    private static final int FRAMES = 1_500;
    private static final int ROUND_TICKS = 75;
    private static final int BUSY_TICKS = 35;
    private static final long FIRST_FRAME = 0xFFFF_FF00L;

    private final RecordingListener listener = new RecordingListener();
    private final ReplicatedEntities entities = new ReplicatedEntities(ReplicationSchema.STANDARD, listener);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 20_261_122})
    void shouldShowTheServersModelWheneverTheNewestFrameArrives(final long seed) {
        final Random random = new Random(seed);
        final ModelServer server = new ModelServer(random, false);
        final Network network = new Network(random, 10);

        int checkedCount = 0;
        for (int tick = 0; tick < FRAMES; tick++) {
            network.send(server.nextFrame(), tick);
            for (final ModelServer.Sent sent : network.arrivals(tick)) {
                final int result = deliver(sent);
                if (result == ReplicatedEntities.NEWEST) {
                    assertThat(shown()).as("seed %d tick %d frame %d", seed, tick, sent.number).isEqualTo(sent.model);
                    checkedCount++;
                }
                assertThat(result).as("seed %d tick %d", seed, tick).isNotNegative();
            }
            network.acks(tick).forEach(server::onAck);
        }

        assertThat(checkedCount).as("seed %d", seed).isGreaterThan(FRAMES / 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8, 9, 10, 20_261_123})
    void shouldShowTheServersModelAfterQuietTicksWhenFramesSpeakOfSomeEntitiesOnly(final long seed) {
        final Random random = new Random(seed);
        final ModelServer server = new ModelServer(random, true);
        final Network network = new Network(random, 25);

        for (int tick = 0; tick < FRAMES; tick++) {
            server.isResting = tick % ROUND_TICKS >= BUSY_TICKS;
            network.isPerfect = server.isResting;
            network.send(server.nextFrame(), tick);
            for (final ModelServer.Sent sent : network.arrivals(tick)) {
                assertThat(deliver(sent)).as("seed %d tick %d", seed, tick).isNotNegative();
            }
            network.acks(tick).forEach(server::onAck);
            if (tick % ROUND_TICKS == ROUND_TICKS - 1) {
                assertThat(shown()).as("seed %d tick %d", seed, tick).isEqualTo(server.model());
            }
        }
    }

    private int deliver(final ModelServer.Sent sent) {
        return entities.onFrame(sent.number & 0xFFFF_FFFFL, sent.number & 0xFFFF_FFFFL, new UnsafeBuffer(sent.body), 0, sent.body.length);
    }

    private Map<Long, List<Integer>> shown() {
        final Map<Long, List<Integer>> shown = new HashMap<>();
        for (int i = 0; i < entities.count(); i++) {
            final ReplicatedEntity entity = entities.entity(i);
            shown.put(entity.entityId(), List.of(entity.kind(), entity.xCm(), entity.yCm()));
            assertThat(entities.find(entity.entityId())).isSameAs(entity);
        }
        return shown;
    }

    /**
     * Entities that appear, walk, rest and vanish; net ids that are reused once a leave is acknowledged. All is repeated until
     * acknowledged, and nothing after that; a partial server leaves things out of its frames at random, as if its budget were short.
     */
    private static final class ModelServer {
        private static final int ENTITY_COUNT = 80;
        private static final int NET_IDS = 64;

        private enum Phase { FREE, ENTERING, SHOWN, LEAVING }

        private static final class Slot {
            private Phase phase = Phase.FREE;
            private long entityId;
            private long phaseFrame;
            private long sentFrame;
            private long ackedFrame = Long.MIN_VALUE;
            private final Map<Long, int[]> sentStates = new HashMap<>();
        }

        /** One frame: its bytes, what it means, and what an acknowledgement tells. */
        private static final class Sent {
            private final long number;
            private final Map<Long, List<Integer>> model = new HashMap<>();
            private final Map<Integer, Long> entered = new TreeMap<>();
            private final Map<Integer, Long> updated = new TreeMap<>();
            private final Map<Integer, Long> left = new TreeMap<>();
            private byte[] body;

            private Sent(final long number) {
                this.number = number;
            }
        }

        private final Random random;
        private final int[][] world = new int[ENTITY_COUNT][];
        private final boolean[] isVisible = new boolean[ENTITY_COUNT];
        private final Slot[] slots = new Slot[NET_IDS];
        private final boolean isPartial;
        private long nextNumber = FIRST_FRAME;
        private boolean isResting;

        ModelServer(final Random random, final boolean isPartial) {
            this.random = random;
            this.isPartial = isPartial;
            for (int i = 0; i < ENTITY_COUNT; i++) {
                world[i] = new int[] {random.nextInt(16), random.nextInt(1 << 23), random.nextInt(1 << 23)};
            }
            for (int i = 0; i < NET_IDS; i++) {
                slots[i] = new Slot();
            }
        }

        Sent nextFrame() {
            if (!isResting) {
                walk();
            }
            assign();
            final Sent sent = new Sent(nextNumber);
            nextNumber++;
            sent.body = Messages.body(random.nextInt(4), writer -> {
                for (int netId = 0; netId < NET_IDS; netId++) {
                    if (slots[netId].phase == Phase.LEAVING && isSpokenOf()) {
                        writer.leave(netId);
                        sent.left.put(netId, slots[netId].entityId);
                    }
                }
                for (int netId = 0; netId < NET_IDS; netId++) {
                    final Slot slot = slots[netId];
                    if (slot.phase == Phase.ENTERING && isSpokenOf()) {
                        writer.enter(netId, slot.entityId, world[(int) slot.entityId], 0);
                        sent.entered.put(netId, slot.entityId);
                        remember(sent, slot);
                    }
                }
                for (int netId = 0; netId < NET_IDS; netId++) {
                    final Slot slot = slots[netId];
                    if (slot.phase == Phase.SHOWN && !isKnown(slot) && isSpokenOf()) {
                        final long age = sent.number - slot.ackedFrame;
                        final int usedAge = age > FrameFormat.BASELINE_AGE_MAX ? 0 : (int) age;
                        final int[] baseline = usedAge == 0 ? world[0] : slot.sentStates.get(slot.ackedFrame);
                        writer.update(netId, usedAge, baseline, 0, world[(int) slot.entityId], 0);
                        sent.updated.put(netId, slot.entityId);
                        remember(sent, slot);
                    }
                }
            });
            sent.model.putAll(model());
            return sent;
        }

        Map<Long, List<Integer>> model() {
            final Map<Long, List<Integer>> model = new HashMap<>();
            for (final Slot slot : slots) {
                if (slot.phase == Phase.ENTERING || slot.phase == Phase.SHOWN) {
                    final int[] state = world[(int) slot.entityId];
                    model.put(slot.entityId, List.of(state[0], state[1], state[2]));
                }
            }
            return model;
        }

        void onAck(final Sent sent) {
            sent.left.forEach((netId, entityId) -> {
                final Slot slot = slots[netId];
                if (slot.phase == Phase.LEAVING && slot.entityId == entityId && slot.phaseFrame <= sent.number) {
                    slots[netId] = new Slot();
                }
            });
            sent.entered.forEach((netId, entityId) -> onStateAcked(sent, slots[netId], entityId));
            sent.updated.forEach((netId, entityId) -> onStateAcked(sent, slots[netId], entityId));
        }

        private void onStateAcked(final Sent sent, final Slot slot, final long entityId) {
            if (slot.entityId == entityId && slot.sentStates.containsKey(sent.number)
                && (slot.phase == Phase.ENTERING || slot.phase == Phase.SHOWN)) {
                slot.phase = Phase.SHOWN;
                slot.ackedFrame = Math.max(slot.ackedFrame, sent.number);
            }
        }

        private void remember(final Sent sent, final Slot slot) {
            slot.sentStates.put(sent.number, world[(int) slot.entityId].clone());
            slot.sentFrame = sent.number;
        }

        private boolean isKnown(final Slot slot) {
            return slot.sentFrame == slot.ackedFrame && Arrays.equals(slot.sentStates.get(slot.ackedFrame), world[(int) slot.entityId]);
        }

        private boolean isSpokenOf() {
            return !isPartial || random.nextInt(10) < 6;
        }

        private void walk() {
            for (int i = 0; i < ENTITY_COUNT; i++) {
                if (random.nextInt(40) == 0) {
                    isVisible[i] = !isVisible[i];
                }
                if (random.nextInt(3) > 0) {
                    continue;
                }
                final int spread = 1 << random.nextInt(random.nextInt(12) + 1);
                world[i][1] = Math.clamp(world[i][1] + random.nextInt(2 * spread + 1) - spread, 0, (1 << 23) - 1);
                world[i][2] = Math.clamp(world[i][2] + random.nextInt(2 * spread + 1) - spread, 0, (1 << 23) - 1);
            }
        }

        private void assign() {
            final boolean[] isHeld = new boolean[ENTITY_COUNT];
            for (final Slot slot : slots) {
                if (slot.phase == Phase.ENTERING || slot.phase == Phase.SHOWN) {
                    isHeld[(int) slot.entityId] = isVisible[(int) slot.entityId];
                    if (!isVisible[(int) slot.entityId]) {
                        begin(slot, Phase.LEAVING, slot.entityId);
                    }
                }
            }
            for (final Slot slot : slots) {
                final boolean isBack = slot.phase == Phase.LEAVING && isVisible[(int) slot.entityId] && !isHeld[(int) slot.entityId];
                if (isBack && random.nextBoolean()) {
                    isHeld[(int) slot.entityId] = true;
                    begin(slot, Phase.ENTERING, slot.entityId);
                }
            }
            for (final Slot slot : slots) {
                for (int i = 0; i < ENTITY_COUNT && slot.phase == Phase.FREE; i++) {
                    if (isVisible[i] && !isHeld[i]) {
                        isHeld[i] = true;
                        begin(slot, Phase.ENTERING, i);
                    }
                }
            }
        }

        private void begin(final Slot slot, final Phase phase, final long entityId) {
            slot.phase = phase;
            slot.phaseFrame = nextNumber;
            slot.entityId = entityId;
            slot.ackedFrame = Long.MIN_VALUE;
            slot.sentStates.clear();
        }
    }

    /** Loses, doubles, delays and reorders frames; acknowledges what arrived, later or never. */
    private static final class Network {
        private final Random random;
        private final int delayTicksMax;
        private final TreeMap<Integer, List<ModelServer.Sent>> inFlight = new TreeMap<>();
        private final TreeMap<Integer, List<ModelServer.Sent>> acks = new TreeMap<>();
        private boolean isPerfect;

        Network(final Random random, final int delayTicksMax) {
            this.random = random;
            this.delayTicksMax = delayTicksMax;
        }

        void send(final ModelServer.Sent sent, final int tick) {
            if (isPerfect) {
                inFlight.computeIfAbsent(tick, key -> new ArrayList<>()).add(sent);
                return;
            }
            if (random.nextInt(8) == 0) {
                return;
            }
            final int copies = random.nextInt(12) == 0 ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                final int delayTicks = random.nextInt(4) == 0 ? random.nextInt(delayTicksMax) : 0;
                inFlight.computeIfAbsent(tick + delayTicks, key -> new ArrayList<>()).add(sent);
            }
        }

        List<ModelServer.Sent> arrivals(final int tick) {
            final List<ModelServer.Sent> arrived = inFlight.remove(tick);
            if (arrived == null) {
                return List.of();
            }
            for (final ModelServer.Sent sent : arrived) {
                if (isPerfect || random.nextInt(10) > 0) {
                    acks.computeIfAbsent(tick + random.nextInt(6), key -> new ArrayList<>()).add(sent);
                }
            }
            return arrived;
        }

        List<ModelServer.Sent> acks(final int tick) {
            final List<ModelServer.Sent> due = acks.remove(tick);
            return due == null ? List.of() : due;
        }
    }
}
