package io.orrery.game.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.game.replication.ReplicationTap;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandsDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.token.ConnectTokenUserData;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIngressTest {
    private static final int RING_CAPACITY = 64;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP = HEADER + CommandsDecoder.BLOCK_LENGTH;
    /** Id of the first player: the first of the second lease. */
    private static final long FIRST_ID = (1L << 48) + 1;
    private static final DisconnectReason ANY_REASON = DisconnectReason.values()[0];

    private final IngressFixture fixture = new IngressFixture(RING_CAPACITY);
    private final ClientIngress ingress = fixture.ingress;

    @Test
    void shouldWelcomeAClientAndAskItsCharacterIntoTheWorldOnce() {
        final long connectionId = fixture.connect(60_000, 20_000);

        fixture.give(connectionId, IngressFixture.hello());
        fixture.give(connectionId, IngressFixture.hello());
        fixture.stepped.tick();

        final String welcome = connectionId + " welcome v1 " + Long.toHexString(ReplicationSchema.STANDARD.hash()) + " entity " + FIRST_ID
            + " 50000000 ns 102400x51200 cm radius 10000 speed 600 epoch 7 length 54";
        assertThat(fixture.sent).containsExactly(welcome, welcome);
        assertThat(ReplicationTap.drain(fixture.inbox)).containsExactly("joined " + connectionId + " " + FIRST_ID + " 1");
        assertThat(fixture.stepped.world.checkConservation()).isOne();
        final TickView view = fixture.stepped.view(1);
        assertThat(view.xCm()[view.rowOf(FIRST_ID)]).isEqualTo(60_000);
        assertThat(view.yCm()[view.rowOf(FIRST_ID)]).isEqualTo(20_000);
        assertThat(ingress.counters().clientCount()).isOne();
    }

    @Test
    void shouldPutACharacterInsideTheWorldWhereverItsTokenSays() {
        final int[] starts = {ConnectTokenUserData.POSITION_ANY, 0, 102_400, 51_200, Integer.MAX_VALUE, Integer.MIN_VALUE, -2};
        for (final int x : starts) {
            for (final int y : starts) {
                fixture.give(fixture.connect(x, y), IngressFixture.hello());
                fixture.stepped.tick();
            }
        }

        assertThat(fixture.stepped.count(WorldCounter.SPAWNED)).isEqualTo(starts.length * starts.length);
    }

    @Test
    void shouldRefuseAnotherProtocolVersionAndSchema() {
        final long older = fixture.connect();
        final long other = fixture.connect();

        fixture.give(older, IngressFixture.hello(9, ReplicationSchema.STANDARD.hash()));
        fixture.give(other, IngressFixture.hello(Protocol.VERSION, 5));

        assertThat(fixture.sent).containsExactly(
            older + " refused PROTOCOL_VERSION 1 9", older + " disconnect",
            other + " refused SCHEMA_HASH " + ReplicationSchema.STANDARD.hash() + " 5", other + " disconnect");
        assertThat(ingress.counters().refusedCount()).isEqualTo(2);
        assertThat(ingress.counters().clientCount()).isZero();
        assertThat(ReplicationTap.drain(fixture.inbox)).isEmpty();
    }

    @Test
    void shouldVetoTokensOfAnotherEpochOrLayout() {
        final UnsafeBuffer unknownLayout = IngressFixture.userData(IngressFixture.NODE_EPOCH, -1, -1);
        unknownLayout.putShort(0, (short) 2, ByteOrder.LITTLE_ENDIAN);

        final boolean isOurs = ingress.onConnecting(1, IngressFixture.userData(IngressFixture.NODE_EPOCH, -1, -1), 0);
        final long countBefore = ingress.counters().staleEpochCount();

        assertThat(isOurs).isTrue();
        assertThat(countBefore).isZero();
        assertThat(ingress.onConnecting(1, IngressFixture.userData(IngressFixture.NODE_EPOCH - 1, -1, -1), 0)).isFalse();
        assertThat(ingress.onConnecting(1, IngressFixture.userData(IngressFixture.NODE_EPOCH + 1, -1, -1), 0)).isFalse();
        assertThat(ingress.onConnecting(1, unknownLayout, 0)).isFalse();
        assertThat(ingress.counters().staleEpochCount()).isEqualTo(3);
        assertThat(ingress.counters().clientCount()).isZero();
    }

    @Test
    void shouldRefuseEverybodyWhileDraining() {
        final long connectionId = fixture.connect();

        ingress.drain();
        final boolean isWanted = ingress.onConnecting(1, IngressFixture.userData(IngressFixture.NODE_EPOCH, -1, -1), 0);
        fixture.give(connectionId, IngressFixture.hello());

        assertThat(isWanted).isFalse();
        assertThat(ingress.counters().staleEpochCount()).isZero();
        assertThat(fixture.sent).containsExactly(connectionId + " refused DRAINING 0 0", connectionId + " disconnect");
        assertThat(fixture.stepped.count(WorldCounter.SPAWNED)).isZero();
    }

    @Test
    void shouldApplyEachCommandOnceHoweverOftenItIsRepeated() {
        final long connectionId = fixture.enter();
        fixture.stepped.tick();

        fixture.give(connectionId, IngressFixture.commands(1, 2, false));
        fixture.give(connectionId, IngressFixture.commands(1, 2, false));
        fixture.stepped.tick();
        fixture.give(connectionId, IngressFixture.commands(1, 2, true));
        fixture.stepped.tick();
        ingress.onFrame(connectionId, 0, 3);
        fixture.give(connectionId, IngressFixture.commands(1, 2, true));
        fixture.stepped.tick();

        final TickView view = fixture.stepped.view(0);
        final int row = view.rowOf(FIRST_ID);
        assertThat(view.commandSequences()[row]).isEqualTo(3);
        assertThat(view.xCm()[row]).as("one step east at 6 m/s").isEqualTo(10_030);
        assertThat(fixture.stepped.count(WorldCounter.COMMANDS_APPLIED)).isEqualTo(1 + 3);
        assertThat(fixture.stepped.count(WorldCounter.COMMANDS_DUPLICATE)).isEqualTo(2 + 2);
        assertThat(ingress.counters().commandCount()).isEqualTo(7);
        assertThat(ingress.counters().malformedCount()).isZero();
    }

    @Test
    void shouldTakeEarlyCommandsBeforeTheCharacterIsInTheWorldAsNothing() {
        final long connectionId = fixture.connect();

        fixture.give(connectionId, IngressFixture.commands(1, 1, false));
        fixture.stepped.tick();

        assertThat(ingress.counters().malformedCount()).isZero();
        assertThat(ingress.counters().commandCount()).isZero();
        assertThat(fixture.stepped.count(WorldCounter.COMMANDS_UNKNOWN)).isZero();
    }

    @Test
    void shouldTakeTheRepetitionOfCommandsThatFoundNoRoom() {
        final IngressFixture narrow = new IngressFixture(4);
        final long connectionId = narrow.enter();
        narrow.stepped.tick();
        final byte[] message = IngressFixture.commands(1, 10, false);

        narrow.give(connectionId, message);
        final long fullCount = narrow.ingress.counters().commandFullCount();
        for (int i = 0; i < 3; i++) {
            narrow.stepped.tick();
            final TickView view = narrow.stepped.view(0);
            narrow.ingress.onFrame(connectionId, 0, view.commandSequences()[view.rowOf(FIRST_ID)]);
            narrow.give(connectionId, message);
        }

        assertThat(fullCount).isEqualTo(6);
        assertThat(narrow.stepped.count(WorldCounter.COMMANDS_APPLIED)).isEqualTo(1 + 10);
        assertThat(narrow.stepped.count(WorldCounter.COMMANDS_GAP)).isZero();
    }

    @Test
    void shouldCountWhatCannotBeReadAndChangeNothing() {
        final byte[] good = IngressFixture.commands(1, 2, false);
        final List<byte[]> bad = List.of(
            new byte[0],
            with(good, 2, 9),
            with(good, 4, 1),
            with(good, 0, 3),
            with(good, 0, 255),
            with(IngressFixture.hello(), 0, 9),
            with(IngressFixture.hello(), 0, 255),
            IngressFixture.commands(0, 2, false),
            IngressFixture.commands(1, 0, false),
            IngressFixture.commands(1, 33, false),
            with(good, GROUP, 2),
            with(good, GROUP, 200),
            with(good, GROUP + 1, 3),
            with(good, GROUP + 1, 255),
            with(good, GROUP + 2, 77));

        for (final byte[] message : bad) {
            final IngressFixture fresh = new IngressFixture(RING_CAPACITY);
            final long connectionId = fresh.enter();
            fresh.stepped.tick();
            fresh.give(connectionId, message);
            fresh.stepped.tick();

            final String as = Arrays.toString(message);
            assertThat(fresh.ingress.counters().malformedCount()).as(as).isOne();
            assertThat(fresh.sent).as(as).hasSize(1);
        }
    }

    @Test
    void shouldReadNewerMessagesWithAppendedFields() {
        final long connectionId = fixture.enter();
        fixture.stepped.tick();
        final byte[] good = IngressFixture.commands(1, 1, false);
        final byte[] appended = Arrays.copyOf(good, good.length + 2 + 1);
        System.arraycopy(good, GROUP, appended, GROUP + 2, good.length - GROUP);
        appended[0] = (byte) (appended[0] + 2);
        appended[6] = 2;
        appended[GROUP + 2] = (byte) (appended[GROUP + 2] + 1);

        fixture.give(connectionId, appended);
        fixture.stepped.tick();

        assertThat(ingress.counters().malformedCount()).isZero();
        assertThat(fixture.stepped.count(WorldCounter.COMMANDS_APPLIED)).isEqualTo(2);
    }

    @Test
    void shouldCountMessagesThatEndEarlyAtEveryByte() {
        final long connectionId = fixture.enter();
        fixture.pauseRecording();
        int expected = 0;
        for (final byte[] whole : List.of(IngressFixture.hello(), IngressFixture.commands(1, 3, true))) {
            for (int length = 0; length < whole.length; length++) {
                fixture.give(length < 4 ? connectionId : fixture.connect(), Arrays.copyOf(whole, length));
                expected++;
            }
        }

        assertThat(ingress.counters().malformedCount()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_122})
    void shouldSurviveRandomPayloads(final long seed) {
        final Random random = new Random(seed);
        fixture.pauseRecording();
        for (int i = 0; i < 1_000; i++) {
            final byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            if (random.nextBoolean() && message.length >= HEADER) {
                final byte[] header = random.nextBoolean() ? IngressFixture.commands(1, 1, false) : IngressFixture.hello();
                System.arraycopy(header, 0, message, 0, Math.min(message.length, HEADER + random.nextInt(8)));
            }
            final long connectionId = fixture.connect();
            if (i % 100 == 0) {
                fixture.give(connectionId, IngressFixture.hello());
            }
            fixture.give(connectionId, message);
            ingress.onDisconnected(connectionId, ANY_REASON);
            ingress.doWork();
            fixture.stepped.tick();
            ReplicationTap.drain(fixture.inbox);
        }

        assertThat(ingress.counters().malformedCount()).as("seed %d", seed).isBetween(500L, 1_000L);
        assertThat(ingress.counters().clientCount()).as("seed %d", seed).isZero();
        fixture.stepped.tick();
        assertThat(fixture.stepped.world.checkConservation()).as("seed %d", seed).isZero();
    }

    @Test
    void shouldEndAConnectionAtTheSixteenthMessageThatCannotBeRead() {
        final long connectionId = fixture.enter();
        fixture.stepped.tick();
        fixture.sent.clear();

        for (int i = 0; i < ClientIngress.MALFORMED_MAX - 1; i++) {
            fixture.give(connectionId, new byte[3]);
        }
        final int sentBefore = fixture.sent.size();
        fixture.give(connectionId, new byte[3]);
        fixture.give(connectionId, new byte[3]);
        fixture.stepped.tick();

        assertThat(sentBefore).isZero();
        assertThat(fixture.sent).containsExactly(connectionId + " refused MALFORMED 0 0", connectionId + " disconnect");
        assertThat(ingress.counters().malformedCount()).isEqualTo(ClientIngress.MALFORMED_MAX);
        assertThat(fixture.stepped.world.checkConservation()).isZero();
    }

    @Test
    void shouldOfferDespawnAndLeaveUntilTheyAreTakenOnce() {
        final IngressFixture narrow = new IngressFixture(4);
        final long connectionId = narrow.enter();
        final long other = narrow.enter();
        narrow.stepped.tick();
        narrow.give(other, IngressFixture.commands(1, 10, false));
        ReplicationTap.drain(narrow.inbox);
        ReplicationTap.fill(narrow.inbox);

        narrow.ingress.onDisconnected(connectionId, ANY_REASON);
        final int workWhileFull = narrow.ingress.doWork();
        narrow.stepped.tick();
        final int workForDespawn = narrow.ingress.doWork();
        narrow.stepped.tick();
        final long countBeforeLeave = narrow.stepped.world.checkConservation();
        final List<String> filling = ReplicationTap.drain(narrow.inbox);
        final int workForLeave = narrow.ingress.doWork();
        final int workAfterwards = narrow.ingress.doWork();
        narrow.stepped.ticks(3);

        assertThat(workWhileFull).isZero();
        assertThat(workForDespawn).isOne();
        assertThat(countBeforeLeave).isOne();
        assertThat(filling).doesNotContain("left " + connectionId);
        assertThat(workForLeave).isOne();
        assertThat(workAfterwards).isZero();
        assertThat(ReplicationTap.drain(narrow.inbox)).containsExactly("left " + connectionId);
        assertThat(narrow.stepped.count(WorldCounter.DESPAWNED)).isOne();
        assertThat(narrow.stepped.count(WorldCounter.COMMANDS_UNKNOWN)).isZero();
        assertThat(narrow.stepped.world.checkConservation()).isOne();
    }

    @Test
    void shouldNeitherJoinNorLeaveWhenAClientGoesBeforeItsJoinWasTaken() {
        ReplicationTap.fill(fixture.inbox);
        final long gone = fixture.enter();
        final long stays = fixture.enter();

        ingress.onDisconnected(gone, ANY_REASON);
        ReplicationTap.drain(fixture.inbox);
        ingress.doWork();
        ingress.doWork();
        fixture.stepped.tick();

        assertThat(ReplicationTap.drain(fixture.inbox)).containsExactly("joined " + stays + " " + (FIRST_ID + 1) + " 0");
        assertThat(fixture.stepped.world.checkConservation()).isOne();
        assertThat(fixture.stepped.count(WorldCounter.DESPAWNED)).isOne();
    }

    @Test
    void shouldAskAgainWhenTheWorldHadNoRoomForTheSpawn() {
        final IngressFixture narrow = new IngressFixture(4);
        final long walker = narrow.enter();
        narrow.stepped.tick();
        narrow.give(walker, IngressFixture.commands(1, 10, false));
        final long connectionId = narrow.connect();

        narrow.give(connectionId, IngressFixture.hello());
        final int sentWhileFull = narrow.sent.size();
        narrow.stepped.tick();
        narrow.give(connectionId, IngressFixture.hello());
        narrow.stepped.tick();

        assertThat(sentWhileFull).isOne();
        assertThat(narrow.sent).hasSize(2);
        assertThat(narrow.stepped.world.checkConservation()).isEqualTo(2);
    }

    @Test
    void shouldFollowACharacterAcrossTheBorderWithItsCommandsAndItsEnd() {
        final long connectionId = fixture.connect(51_000, 20_000);
        fixture.give(connectionId, IngressFixture.hello());
        fixture.stepped.tick();
        fixture.give(connectionId, IngressFixture.commands(1, 1, false));

        for (int i = 0; i < 120; i++) {
            fixture.stepped.tick();
        }
        final int owner = fixture.stepped.ownerOf(FIRST_ID);
        ingress.onFrame(connectionId, owner, 1);
        fixture.give(connectionId, IngressFixture.commands(2, 0, true));
        fixture.stepped.tick();
        final long forwardedCount = fixture.stepped.count(WorldCounter.COMMANDS_FORWARDED);
        ingress.onDisconnected(connectionId, ANY_REASON);
        fixture.stepped.tick();

        assertThat(owner).isOne();
        assertThat(forwardedCount).isZero();
        assertThat(fixture.stepped.count(WorldCounter.COMMANDS_APPLIED)).isEqualTo(4);
        assertThat(fixture.stepped.world.checkConservation()).isZero();
    }

    @Test
    void shouldPassOnAcknowledgementsAndCountThoseThatFindNoRoom() {
        final long inWorld = fixture.enter();
        final long outside = fixture.connect();
        ReplicationTap.drain(fixture.inbox);

        ingress.onAcked(inWorld, 17);
        ingress.onAcked(outside, 18);
        ingress.onAcked(999, 19);
        final List<String> taken = ReplicationTap.drain(fixture.inbox);
        ReplicationTap.fill(fixture.inbox);
        ingress.onAcked(inWorld, 20);

        assertThat(taken).containsExactly("acked " + inWorld + " 17");
        assertThat(ingress.counters().ackLostCount()).isOne();
    }

    @Test
    void shouldIgnoreConnectionsThatItDoesNotKnow() {
        fixture.give(999, IngressFixture.hello());
        fixture.give(999, new byte[1]);
        ingress.onAcked(999, 1);
        ingress.onFrame(999, 1, 1);
        ingress.refuse(999, RefusalCode.WORLD_FULL);
        ingress.onDisconnected(999, ANY_REASON);
        fixture.stepped.tick();

        assertThat(fixture.sent).isEmpty();
        assertThat(ingress.counters().malformedCount()).isZero();
        assertThat(ingress.counters().clientCount()).isZero();
        assertThat(ReplicationTap.drain(fixture.inbox)).isEmpty();
        assertThat(fixture.stepped.world.checkConservation()).isZero();
    }

    @Test
    void shouldSendAClientAwayWhoseCharacterIsGone() {
        final long connectionId = fixture.enter();
        fixture.sent.clear();

        ingress.refuse(connectionId, RefusalCode.WORLD_FULL);

        assertThat(fixture.sent).containsExactly(connectionId + " refused WORLD_FULL 0 0", connectionId + " disconnect");
        assertThat(ReplicationTap.drain(fixture.inbox)).contains("left " + connectionId);
    }

    private static byte[] with(final byte[] message, final int offset, final int value) {
        final byte[] changed = message.clone();
        changed[offset] = (byte) value;
        return changed;
    }
}
