package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Everything a stranger can send, to a server and to a client: no answer, no exception, nothing kept. */
class HostileDatagramTest {
    private static final long SEED = 1001;
    private static final int COUNT = 1000;
    private static final InetSocketAddress ALICE = Tokens.address("10.1.0.1", 1111);
    private static final InetSocketAddress BOB = Tokens.address("10.1.0.2", 2222);
    private static final InetSocketAddress STRANGER = Tokens.address("10.9.9.9", 9999);

    private final ManualClock clock = new ManualClock();
    private final SimulatedNetwork network = new SimulatedNetwork();
    private final ServerFixture fixture = new ServerFixture(network, clock, 4);
    /** Connected. */
    private final ClientFixture alice = new ClientFixture(network, clock, ALICE);
    /** In a handshake: its response was lost. */
    private final ClientFixture bob = new ClientFixture(network, clock, BOB);
    private List<SimulatedNetwork.Datagram> valid;

    @BeforeEach
    void connect() {
        alice.connect(Tokens.mint(1));
        network.deliver();
        bob.connect(Tokens.mint(2));
        network.inject(network.sent().getLast());
        network.inject(network.sent().getLast());
        network.dropInFlight();
        alice.send(new byte[100]);
        fixture.send(fixture.connected.getFirst().connectionId(), new byte[100]);
        sealed(ALICE, Tokens.SERVER, alice.keys()[0], Netcode.KEEP_ALIVE, Netcode.KEEP_ALIVE_BODY_LENGTH);
        sealed(ALICE, Tokens.SERVER, alice.keys()[0], Netcode.DISCONNECT, 0);
        sealed(Tokens.SERVER, ALICE, alice.keys()[1], Netcode.DISCONNECT, 0);
        sealed(Tokens.SERVER, BOB, bob.keys()[1], Netcode.DENIED, 0);
        network.dropInFlight();
        valid = List.copyOf(network.sent());
        network.sent().clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void shouldStaySilentAtRandomDatagramsOfEveryType(final int type) {
        System.out.println("HostileDatagramTest seed " + (SEED + type));
        final Random random = new Random(SEED + type);
        for (int i = 0; i < COUNT; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(i % 2 == 0 ? 1500 : 60)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (type == 0 && i % 3 == 0 ? 0 : random.nextInt(10) << 4 | type);
            shoot(i % 10 == 0 && type == 0 ? Arrays.copyOf(bytes, Netcode.REQUEST_LENGTH) : bytes);
        }

        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void shouldStaySilentAtTruncatedDatagramsOfEveryType(final int type) {
        for (final SimulatedNetwork.Datagram datagram : valid) {
            if (datagram.type() == type) {
                for (int length = 0; length < datagram.bytes().length; length++) {
                    shoot(Arrays.copyOf(datagram.bytes(), length));
                }
                shoot(Arrays.copyOf(datagram.bytes(), datagram.bytes().length + 1));
            }
        }

        assertNothingHappened();
    }

    @Test
    void shouldDropEveryBitFlipOfAPacketAndNotMoveTheWindow() {
        for (final int type : new int[] {Netcode.DENIED, Netcode.CHALLENGE, Netcode.RESPONSE, Netcode.KEEP_ALIVE, Netcode.PAYLOAD,
            Netcode.DISCONNECT}) {
            valid.stream().filter(d -> d.type() == type)
                .forEach(d -> flipAll(d, d.source().equals(Tokens.SERVER) ? d.target() : d.source()));
        }
        assertNothingHappened();

        final SimulatedNetwork.Datagram payload = valid.stream()
            .filter(d -> d.type() == Netcode.PAYLOAD && d.source().equals(ALICE)).findFirst().orElseThrow();
        network.inject(payload);

        assertThat(fixture.payloads).as("the window stood still").hasSize(1);
    }

    @Test
    void shouldDropEveryBitFlipOfARequest() {
        final SimulatedNetwork.Datagram request = valid.stream()
            .filter(d -> d.type() == Netcode.REQUEST && d.source().equals(BOB)).findFirst().orElseThrow();
        clock.advanceMs(200);
        fixture.server.doWork();
        network.sent().clear();

        flipAll(new SimulatedNetwork.Datagram(BOB, Tokens.SERVER, request.bytes()), BOB);
        flipAll(new SimulatedNetwork.Datagram(STRANGER, Tokens.SERVER, request.bytes()), STRANGER);

        assertNothingHappened();
    }

    @Test
    void shouldNotAnswerValidPacketsOfOneClientFromAnotherAddress() {
        for (final SimulatedNetwork.Datagram datagram : valid) {
            network.inject(new SimulatedNetwork.Datagram(STRANGER, Tokens.SERVER, datagram.bytes()));
            if (!datagram.source().equals(BOB)) {
                network.inject(new SimulatedNetwork.Datagram(BOB, Tokens.SERVER, datagram.bytes()));
            }
        }

        assertNothingHappened();
    }

    /** Puts a packet of the future, valid and not delivered, among those sent. */
    private void sealed(
        final InetSocketAddress source, final InetSocketAddress target, final UnsafeBuffer key, final int type, final int bodyLength) {
        final PacketCodec codec = new PacketCodec(PacketCiphers.create(), Tokens.PROTOCOL_ID);
        final UnsafeBuffer buffer = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);
        final long sequence = 100_000L + type;
        final int length = codec.seal(key, sequence, type, buffer, bodyLength);
        network.sender(source).send(target, buffer, PacketCodec.packetOffset(sequence), length);
    }

    private void flipAll(final SimulatedNetwork.Datagram datagram, final InetSocketAddress source) {
        final boolean isToServer = datagram.target().equals(Tokens.SERVER);
        for (int bit = 0; bit < datagram.bytes().length * 8; bit++) {
            final byte[] flipped = datagram.bytes().clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            network.inject(new SimulatedNetwork.Datagram(
                isToServer ? source : Tokens.SERVER, isToServer ? Tokens.SERVER : source, flipped));
        }
    }

    private void shoot(final byte[] bytes) {
        for (final InetSocketAddress source : List.of(ALICE, BOB, STRANGER)) {
            network.inject(new SimulatedNetwork.Datagram(source, Tokens.SERVER, bytes));
        }
        network.inject(new SimulatedNetwork.Datagram(Tokens.SERVER, ALICE, bytes));
        network.inject(new SimulatedNetwork.Datagram(Tokens.SERVER, BOB, bytes));
        network.inject(new SimulatedNetwork.Datagram(STRANGER, BOB, bytes));
    }

    private void assertNothingHappened() {
        assertThat(network.sent()).isEmpty();
        assertThat(fixture.payloads).isEmpty();
        assertThat(fixture.disconnected).isEmpty();
        assertThat(alice.payloads).isEmpty();
        assertThat(bob.client.state()).isEqualTo(ClientState.SENDING_RESPONSE);
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(fixture.server.connectedCount()).isEqualTo(1);
        assertThat(fixture.server.handshakeCount()).isEqualTo(1);
        assertThat(fixture.server.liveTokenCount()).isEqualTo(2);
    }
}
