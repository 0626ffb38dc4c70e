package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.client.ClientState;
import io.orrery.client.ClientTransport;
import io.orrery.client.ClientTransportEvents;
import io.orrery.client.UdpTransportGroup;
import io.orrery.game.ingress.ClientIngress;
import io.orrery.perf.bot.BotContext;
import io.orrery.perf.bot.BotSwarm;
import io.orrery.perf.bot.BotSwarmSnapshot;
import io.orrery.platform.agent.Arrangement;
import io.orrery.platform.agent.ArrangementContext;
import io.orrery.platform.error.DistinctErrors;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandsDecoder;
import io.orrery.transport.message.codec.HelloDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.message.codec.RefusedDecoder;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.transport.udp.UdpClientContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything bad that can come out of the network, at a live server, while honest bots play and check what they see. */
class HostileTest {
    private static final long SEED = 4_711;
    private static final int BOTS = 20;
    private static final int PER_TYPE = 1_000;
    private static final int TYPES = 7;
    private static final int TYPE_REQUEST = 0;
    private static final int TYPE_DENIED = 1;
    private static final int TYPE_DISCONNECT = 6;
    private static final int REQUEST_LENGTH = 1_078;
    private static final int BATCH = 50;
    private static final int GARBAGE_CLIENTS = 20;
    private static final int GARBAGE_PER_CLIENT = 50;
    private static final long HEAP_GROWTH_MAX_BYTES = 6L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Random random = new Random(SEED);
    private final DistinctErrors botErrors = new DistinctErrors(SystemEpochClock.INSTANCE);
    private NodeUnderTest server;
    private BotSwarm swarm;
    private Arrangement botThread;
    private DatagramChannel stranger;
    private long shotCount;

    @BeforeEach
    void startServerAndBots() throws IOException {
        System.out.println("HostileTest seed " + SEED);
        server = new NodeUnderTest(200);
        stranger = RecordingRelay.open();
        final TokenMint botTokens = server.tokens();
        swarm = new BotSwarm(new BotContext()
            .botCount(BOTS)
            .seed(SEED)
            .rampNs(0)
            .tokenSource(bot -> botTokens.mint())
            .transportGroup(new UdpTransportGroup(new UdpClientContext().groupCapacity(BOTS).conclude()))
            .conclude());
        botThread = Arrangement.launch(new ArrangementContext().server("perf").errorHandler(botErrors).group("bots", swarm).conclude());
        until(() -> swarm.snapshot() != null && swarm.snapshot().inWorldCount() == BOTS);
    }

    @AfterEach
    void stop() throws IOException {
        botThread.close();
        stranger.close();
        server.close();
    }

    @Test
    void shouldStaySilentAndServeOthersUnderRandomDatagramsOfEveryType() throws IOException {
        final long heapBefore = heapBytes();

        for (int type = 0; type < TYPES; type++) {
            for (int i = 0; i < PER_TYPE; i++) {
                final byte[] bytes = new byte[type == TYPE_REQUEST && i % 4 == 0 ? REQUEST_LENGTH : 1 + random.nextInt(1_400)];
                random.nextBytes(bytes);
                bytes[0] = (byte) (type == TYPE_REQUEST && i % 2 == 0 ? 0 : random.nextInt(16) << 4 | type);
                shoot(bytes);
            }
        }

        assertThat(shotCount).isEqualTo(TYPES * PER_TYPE);
        assertSilence();
        assertHonestBotsAreServed(heapBefore);
    }

    @Test
    void shouldStaySilentAndServeOthersUnderDamagedPacketsOfEveryType() throws IOException {
        final List<byte[]> captured = new ArrayList<>(unseenRequests());
        final long heapBefore = heapBytes();

        try (RecordingRelay relay = new RecordingRelay(server.node().address());
            Player victim = new Player(server.tokens().dialled(relay.address()).mint())) {
            captured.addAll(playAndLeave());
            until(() -> stepped(relay, victim) && victim.isInWorld() && victim.client().entities().newestFrameNumber() > 20);
            captured.addAll(relay.fromClient);
            captured.addAll(relay.fromServer);
            for (int type = 0; type < TYPES; type++) {
                final List<byte[]> valid = ofType(captured, type);
                assertThat(valid).as("captured packets of type %d", type).isNotEmpty();
                for (int i = 0; i < PER_TYPE; i++) {
                    final byte[] bytes = damaged(valid.get(random.nextInt(valid.size())), i);
                    shoot(bytes);
                    relay.inject(bytes);
                    onShot();
                    stepped(relay, victim);
                }
            }
            final long frame = victim.client().entities().newestFrameNumber();
            until(() -> stepped(relay, victim) && victim.client().entities().newestFrameNumber() > frame + 20);

            assertThat(victim.state()).isEqualTo(ClientState.IN_WORLD);
            assertThat(victim.faults).isEmpty();
            assertThat(victim.wrongPlaces).isEmpty();
        }

        assertThat(counters().refused(RefusalReason.NOT_AUTHENTIC)).isGreaterThan(PER_TYPE);
        assertThat(counters().refused(RefusalReason.UNKNOWN_SOURCE)).isGreaterThan(PER_TYPE);
        assertThat(counters().refused(RefusalReason.TOKEN_NOT_AUTHENTIC)).isPositive();
        assertSilence();
        assertHonestBotsAreServed(heapBefore);
    }

    @Test
    void shouldDisconnectOnlyTheClientWhoseMessagesAreGarbage() {
        final long heapBefore = heapBytes();
        final TokenMint tokens = server.tokens();

        for (int i = 0; i < GARBAGE_CLIENTS; i++) {
            final GarbageClient client = new GarbageClient(tokens.mint());
            until(() -> client.step() && client.isConnected);
            for (int k = 0; k < GARBAGE_PER_CLIENT; k++) {
                client.send(garbage(k));
            }
            until(() -> client.step() && client.isEnded);
            client.close();

            assertThat(client.refusal).isEqualTo(RefusalCode.MALFORMED);
            assertThat(client.refusalExpected).isEqualTo(ClientIngress.MALFORMED_MAX - 1);
            assertThat(client.refusalFound).isEqualTo(ClientIngress.MALFORMED_MAX);
        }

        assertThat(server.node().ingress().counters().malformedCount()).isEqualTo(GARBAGE_CLIENTS * ClientIngress.MALFORMED_MAX);
        assertThat(server.node().ingress().counters().refusedCount()).isEqualTo(GARBAGE_CLIENTS);
        assertThat(counters().disconnects(DisconnectReason.CLOSED_BY_SERVER)).isEqualTo(GARBAGE_CLIENTS);
        assertHonestBotsAreServed(heapBefore);
    }

    /** Sends from a stranger's socket. */
    private void shoot(final byte[] bytes) throws IOException {
        stranger.send(ByteBuffer.wrap(bytes), server.node().address());
        onShot();
    }

    /** Waits now and then until the server has refused all that was sent, so that the kernel drops nothing. */
    private void onShot() {
        shotCount++;
        if (shotCount % BATCH == 0) {
            until(() -> counters().refusedTotal() >= shotCount);
        }
    }

    /** Requests with good tokens that the server never saw. */
    private List<byte[]> unseenRequests() throws IOException {
        try (RecordingRelay hole = new RecordingRelay(null);
            Player player = new Player(server.tokens().dialled(hole.address()).mint())) {
            until(() -> stepped(hole, player) && hole.fromClient.size() >= 2);
            return List.copyOf(hole.fromClient);
        }
    }

    /** One who comes, plays and says goodbye, for the packets that only such a one sends. */
    private List<byte[]> playAndLeave() throws IOException {
        try (RecordingRelay relay = new RecordingRelay(server.node().address())) {
            final Player guest = new Player(server.tokens().dialled(relay.address()).mint());
            until(() -> stepped(relay, guest) && guest.isInWorld());
            guest.close();
            until(() -> {
                relay.step();
                return !ofType(relay.fromClient, TYPE_DISCONNECT).isEmpty();
            });
            return relay.fromClient;
        }
    }

    /** Denied packets come from full servers only: another packet with its type stands for them. */
    private static List<byte[]> ofType(final List<byte[]> datagrams, final int type) {
        if (type != TYPE_DENIED) {
            return datagrams.stream().filter(datagram -> RecordingRelay.typeOf(datagram) == type).toList();
        }
        return ofType(datagrams, TYPE_DISCONNECT).stream().map(HostileTest::asDenied).toList();
    }

    private static byte[] asDenied(final byte[] disconnect) {
        final byte[] denied = disconnect.clone();
        denied[0] = (byte) (denied[0] & 0xF0 | TYPE_DENIED);
        return denied;
    }

    private byte[] damaged(final byte[] valid, final int index) {
        if (index % 2 == 0) {
            return Arrays.copyOf(valid, random.nextInt(valid.length));
        }
        final byte[] flipped = valid.clone();
        final int bit = random.nextInt(flipped.length * Byte.SIZE);
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    /** Noise, noise behind a good header, and a good header alone. */
    private byte[] garbage(final int index) {
        final byte[] bytes = new byte[switch (index % 3) {
            case 0 -> random.nextInt(Protocol.MESSAGE_LENGTH_MAX + 1);
            case 1 -> MessageHeaderEncoder.ENCODED_LENGTH + CommandsDecoder.BLOCK_LENGTH + 2 + random.nextInt(20);
            default -> MessageHeaderEncoder.ENCODED_LENGTH;
        }];
        random.nextBytes(bytes);
        if (index % 3 != 0) {
            final MessageHeaderEncoder header = new MessageHeaderEncoder().wrap(new UnsafeBuffer(bytes), 0);
            header.schemaId(MessageHeaderDecoder.SCHEMA_ID).version(MessageHeaderDecoder.SCHEMA_VERSION);
            header.templateId(index % 3 == 1 ? CommandsDecoder.TEMPLATE_ID : HelloDecoder.TEMPLATE_ID);
            header.blockLength(index % 3 == 1 ? CommandsDecoder.BLOCK_LENGTH : HelloDecoder.BLOCK_LENGTH);
        }
        return bytes;
    }

    private void assertSilence() throws IOException {
        assertThat(stranger.receive(ByteBuffer.allocate(2_048))).as("an answer to a stranger").isNull();
    }

    private void assertHonestBotsAreServed(final long heapBeforeBytes) {
        final BotSwarmSnapshot attacked = swarm.snapshot();
        until(() -> swarm.snapshot().elapsedNs() > attacked.elapsedNs() + TimeUnit.MILLISECONDS.toNanos(1_500));

        final BotSwarmSnapshot after = swarm.snapshot();
        assertThat(swarm.violations()).isEmpty();
        assertThat(after.inWorldCount()).isEqualTo(BOTS);
        assertThat(after.connectCount()).isEqualTo(BOTS);
        assertThat(Stream.of(after.disconnectCount(), after.refusalCount(), after.connectFailureCount())).containsOnly(0L);
        assertThat(counters().disconnects(DisconnectReason.TIMED_OUT)).isZero();
        assertThat(server.errors().snapshot()).isEmpty();
        assertThat(botErrors.snapshot()).isEmpty();
        assertThat(heapBytes()).isLessThan(heapBeforeBytes + HEAP_GROWTH_MAX_BYTES);
    }

    private NetCounters counters() {
        return server.node().server().counters();
    }

    private static boolean stepped(final RecordingRelay relay, final Player player) throws IOException {
        player.step();
        relay.step();
        return true;
    }

    private static void until(final Callable<Boolean> condition) {
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(condition);
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Connects as any client, then sends what it is given. */
    private static final class GarbageClient implements ClientTransportEvents {
        private final UdpTransportGroup group = new UdpTransportGroup(new UdpClientContext().groupCapacity(1).conclude());
        private final ClientTransport transport = group.create(this);
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final RefusedDecoder refused = new RefusedDecoder();
        private boolean isConnected;
        private boolean isEnded;
        private RefusalCode refusal;
        private long refusalExpected;
        private long refusalFound;

        GarbageClient(final byte[] connectToken) {
            transport.connect(connectToken);
        }

        boolean step() {
            group.doWork();
            return true;
        }

        void send(final byte[] message) {
            assertThat(transport.send(Protocol.CHANNEL_UNRELIABLE, new UnsafeBuffer(message), 0, message.length)).isEqualTo(1);
        }

        void close() {
            group.close();
        }

        @Override
        public void onConnected() {
            isConnected = true;
        }

        @Override
        public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
            header.wrap(buffer, offset);
            if (header.templateId() == RefusedDecoder.TEMPLATE_ID) {
                refused.wrapAndApplyHeader(buffer, offset, header);
                refusal = refused.code();
                refusalExpected = refused.expected();
                refusalFound = refused.found();
            }
        }

        @Override
        public void onStateChange(final int state) {
            isEnded = isConnected && state <= ClientTransport.STATE_DISCONNECTED;
        }
    }
}
