package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.client.ClientState;
import io.orrery.client.ClientTransport;
import io.orrery.client.ClientTransportFactory;
import io.orrery.client.Refusal;
import io.orrery.client.ReplicatedEntity;
import io.orrery.transport.frame.ReplicatedField;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.codec.HelloDecoder;
import io.orrery.transport.message.codec.HelloEncoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.world.partition.WorldCounter;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A game server and real clients over loopback sockets. */
class GameNodeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(1);
    private static final long HOUR_MS = 3_600_000;
    private static final int BORDER_CM = 102_400;
    private static final int EAST = 0;
    private static final int WEST = 1 << 15;
    private static final int STATE_REQUEST_TIMED_OUT = -2;

    private final NodeUnderTest server = new NodeUnderTest(0, "orrery.world.move-speed-metres-per-second=30");
    private final List<Player> players = new ArrayList<>();

    @AfterEach
    void close() {
        CloseHelper.closeAll(players);
        server.close();
    }

    @Test
    void shouldShowTwoPlayersNearEachOtherWhatTheOtherDoes() {
        final Player walker = join(server.tokens().at(50_000, 50_000).mint());
        final Player watcher = join(server.tokens().at(51_000, 50_000).mint());
        final Player stranger = join(server.tokens().at(80_000, 80_000).mint());

        until(() -> walker.sees(watcher) && watcher.sees(walker));
        walker.walk(WEST);
        until(() -> watcher.client().entities().find(walker.entityId()).xCm() < 49_500);
        until(() -> isSameSlot(walker.own(), watcher.client().entities().find(walker.entityId())));

        assertThat(watcher.client().entities().find(walker.entityId()).xCm()).isEqualTo(walker.own().xCm());
        assertThat(watcher.client().entities().find(walker.entityId()).yCm()).isEqualTo(50_000);
        assertThat(stranger.client().entities().count()).isEqualTo(1);
        assertHonest(walker, watcher, stranger);
    }

    @Test
    void shouldKeepAPlayerThatWalksAcrossABorderAndBack() {
        final Player walker = join(server.tokens().at(BORDER_CM - 300, 50_000).mint());
        final Player watcher = join(server.tokens().at(BORDER_CM - 2_000, 50_000).mint());
        until(() -> watcher.sees(walker));

        walker.walk(EAST);
        until(() -> walker.own().xCm() > BORDER_CM + 2_000);
        final long handoffsOut = handoffs();
        walker.walk(WEST);
        until(() -> walker.own().xCm() < BORDER_CM - 2_000);

        assertThat(handoffsOut).isEqualTo(1);
        assertThat(handoffs()).isEqualTo(2);
        assertThat(walker.judgedFrames).isGreaterThan(20);
        assertThat(watcher.left).as("the watcher saw it all the time").isEmpty();
        assertHonest(walker, watcher);
    }

    @Test
    void shouldTakeAPlayerOutOfTheWorldWhenItVanishes() {
        final Player stayer = join(server.tokens().at(50_000, 50_000).mint());
        final Player vanishing = join(server.tokens().at(51_000, 50_000).timeoutS(2).mint());
        until(() -> stayer.sees(vanishing));

        players.remove(vanishing);
        until(() -> !stayer.sees(vanishing));

        assertThat(server.node().server().counters().disconnects(DisconnectReason.TIMED_OUT)).isEqualTo(1);
        until(() -> server.node().world().checkConservation() == 1);
        assertHonest(stayer);
        vanishing.close();
    }

    @Test
    void shouldTellAClientOfAnotherSchemaWhatIsExpected() {
        final ReplicationSchema other = new ReplicationSchema(List.of(
            ReplicationSchema.STANDARD.field(ReplicationSchema.KIND), ReplicationSchema.STANDARD.field(ReplicationSchema.X),
            ReplicationSchema.STANDARD.field(ReplicationSchema.Y),
            new ReplicatedField("health", "1", 8, false, ReplicatedField.Visibility.EVERYONE)));

        final Player player = add(new Player(server.tokens().mint(), other, factory -> factory));
        until(() -> player.state().isEnd());

        assertThat(player.state()).isEqualTo(ClientState.REFUSED);
        assertThat(player.client().refusal())
            .isEqualTo(new Refusal(RefusalCode.SCHEMA_HASH.value(), ReplicationSchema.STANDARD.hash(), other.hash()));
        assertThat(player.client().refusal().message()).contains("schemaHash=0x" + Long.toHexString(other.hash()), "must be 0x");
        until(() -> server.node().ingress().counters().clientCount() == 0);
    }

    @Test
    void shouldTellAClientOfAnotherProtocolVersionWhatIsExpected() {
        final UnaryOperator<ClientTransportFactory> ageing = factory -> events -> new OldClientTransport(factory.create(events));

        final Player player = add(new Player(server.tokens().mint(), ReplicationSchema.STANDARD, ageing));
        until(() -> player.state().isEnd());

        assertThat(player.state()).isEqualTo(ClientState.REFUSED);
        assertThat(player.client().refusal())
            .isEqualTo(new Refusal(RefusalCode.PROTOCOL_VERSION.value(), Protocol.VERSION, OldClientTransport.VERSION));
        assertThat(player.client().refusal().message()).startsWith("protocolVersion=99, must be 1");
    }

    @ParameterizedTest
    @EnumSource(value = RefusalReason.class, names = {"APPLICATION_VETO", "TOKEN_NOT_AUTHENTIC", "TOKEN_EXPIRED", "PROTOCOL_ID"})
    void shouldBeSilentWhenATokenIsNotForIt(final RefusalReason reason) {
        final TokenMint mint = server.tokens().timeoutS(1);
        switch (reason) {
            case APPLICATION_VETO -> mint.nodeEpoch(NodeUnderTest.EPOCH - 1);
            case TOKEN_NOT_AUTHENTIC -> mint.tokenKey(TokenMint.key(2));
            case TOKEN_EXPIRED -> mint.createOffsetS(-60);
            default -> mint.protocolId(Protocol.NETCODE_PROTOCOL_ID + 1);
        }

        final Player player = add(new Player(mint.mint()));
        until(() -> player.state().isEnd());

        assertRefusedInSilence(player, reason);
        assertThat(counters().connects()).isZero();
        assertThat(server.node().ingress().counters().staleEpochCount() > 0).isEqualTo(reason == RefusalReason.APPLICATION_VETO);
    }

    @Test
    void shouldKeepPlayersAndJudgeTokensByItsOwnClockWhenThatGoesForward() {
        final Player player = join(server.tokens().mint());

        server.wallSkewMs(HOUR_MS);
        final Player late = add(new Player(server.tokens().timeoutS(1).mint()));
        until(() -> late.state().isEnd());
        final Player sameClock = join(server.tokens().createOffsetS(HOUR_MS / 1_000).mint());

        assertRefusedInSilence(late, RefusalReason.TOKEN_EXPIRED);
        assertStillPlays(player);
        assertHonest(player, sameClock);
    }

    @Test
    void shouldKeepPlayersAndAcceptTokensOfTheFutureWhenItsClockGoesBack() {
        final byte[] usedToken = server.tokens().mint();
        final Player player = join(usedToken);

        server.wallSkewMs(-HOUR_MS);
        final Player later = join(server.tokens().mint());
        final Player again = add(new Player(usedToken));

        until(() -> counters().refused(RefusalReason.TOKEN_OTHER_SOURCE) > 0);
        assertThat(again.packetsReceived()).isZero();
        assertStillPlays(player);
        assertHonest(player, later);
    }

    @Test
    void shouldGiveATokenOneConnectionWhenItComesFromTwoSockets() {
        final byte[] token = server.tokens().timeoutS(2).mint();
        final Player owner = join(token);

        final Player thief = add(new Player(token));
        until(() -> thief.state().isEnd());

        assertRefusedInSilence(thief, RefusalReason.TOKEN_OTHER_SOURCE);
        assertThat(counters().connects()).isEqualTo(1);
        assertStillPlays(owner);
        assertHonest(owner);
    }

    private Player add(final Player player) {
        players.add(player);
        return player;
    }

    private Player join(final byte[] token) {
        final Player player = add(new Player(token));
        until(() -> player.state().isEnd() || player.isInWorld());
        assertThat(player.state()).isEqualTo(ClientState.IN_WORLD);
        return player;
    }

    private void until(final Callable<Boolean> condition) {
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(POLL_INTERVAL).atMost(LIMIT).until(() -> {
            players.forEach(Player::step);
            return condition.call();
        });
    }

    private NetCounters counters() {
        return server.node().server().counters();
    }

    private long handoffs() {
        return server.node().world().counters().sum(WorldCounter.HANDOFFS_IN);
    }

    private void assertRefusedInSilence(final Player player, final RefusalReason reason) {
        assertThat(player.state()).isEqualTo(ClientState.CONNECT_FAILED);
        assertThat(player.client().transportState()).isEqualTo(STATE_REQUEST_TIMED_OUT);
        assertThat(player.packetsReceived()).isZero();
        assertThat(counters().refused(reason)).isPositive();
    }

    private void assertStillPlays(final Player player) {
        final long frame = player.client().entities().newestFrameNumber();
        until(() -> player.client().entities().newestFrameNumber() > frame + 3);
    }

    private static void assertHonest(final Player... honest) {
        assertThat(honest).allSatisfy(player -> {
            assertThat(player.state()).isEqualTo(ClientState.IN_WORLD);
            assertThat(player.states).containsExactly(ClientState.CONNECTING, ClientState.GREETING, ClientState.IN_WORLD);
            assertThat(player.faults).isEmpty();
            assertThat(player.wrongPlaces).isEmpty();
            assertThat(player.left).doesNotContain(player.entityId());
        });
    }

    private static boolean isSameSlot(final ReplicatedEntity one, final ReplicatedEntity other) {
        return one.slot() == other.slot();
    }

    /** Says in its Hello that it speaks another version. */
    private record OldClientTransport(ClientTransport transport) implements ClientTransport {
        static final int VERSION = 99;

        @Override
        public void connect(final byte[] connectToken) {
            transport.connect(connectToken);
        }

        @Override
        public int send(final int channel, final DirectBuffer buffer, final int offset, final int length) {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, offset, length);
            if (new MessageHeaderDecoder().wrap(copy, 0).templateId() == HelloDecoder.TEMPLATE_ID) {
                copy.putShort(MessageHeaderDecoder.ENCODED_LENGTH + HelloEncoder.protocolVersionEncodingOffset(), (short) VERSION,
                    ByteOrder.LITTLE_ENDIAN);
            }
            return transport.send(channel, copy, 0, length);
        }

        @Override
        public int doWork() {
            return transport.doWork();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
