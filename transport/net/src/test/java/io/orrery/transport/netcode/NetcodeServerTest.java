package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class NetcodeServerTest {
    private static final InetSocketAddress ALICE = Tokens.address("10.1.0.1", 1111);
    private static final InetSocketAddress BOB = Tokens.address("2001:db8::2", 2222);
    private static final InetSocketAddress MALLORY = Tokens.address("10.9.9.9", 9999);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final ManualClock clock = new ManualClock();
    private final SimulatedNetwork network = new SimulatedNetwork();

    @Test
    void shouldConnectInOneRoundTripOfRequestAndResponse() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);

        alice.connect(Tokens.mint(77));
        network.deliver();

        assertThat(alice.states).containsExactly(ClientState.SENDING_REQUEST, ClientState.SENDING_RESPONSE, ClientState.CONNECTED);
        assertThat(alice.client.clientIndex()).isZero();
        assertThat(alice.client.clientCapacity()).isEqualTo(4);
        assertThat(fixture.connected).hasSize(1);
        assertThat(fixture.connected.getFirst().clientId()).isEqualTo(77);
        assertThat(fixture.connected.getFirst().userData()).isEqualTo(Tokens.userData(77));
    }

    @Test
    void shouldCarryPayloadsBothWays() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture bob = connected(fixture, BOB, 5);

        final int up = bob.send(HELLO);
        final int down = fixture.send(fixture.connected.getFirst().connectionId(), new byte[1200]);
        network.deliver();

        assertThat(up).isEqualTo(SendResult.SENT);
        assertThat(down).isEqualTo(SendResult.SENT);
        assertThat(fixture.payloads.getFirst().bytes()).isEqualTo(HELLO);
        assertThat(bob.payloads.getFirst()).hasSize(1200);
    }

    @Test
    void shouldGiveLowestFreeSlotAndNeverTheSameConnectionId() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        connected(fixture, BOB, 2);
        alice.disconnect();
        network.deliver();

        connected(fixture, MALLORY, 3);

        assertThat(fixture.connected.stream().map(c -> (int) c.connectionId())).containsExactly(0, 1, 0);
        assertThat(fixture.connected.stream().map(ServerFixture.Connected::connectionId).distinct()).hasSize(3);
        assertThat(fixture.server.isConnected(fixture.connected.get(0).connectionId())).isFalse();
        assertThat(fixture.send(fixture.connected.get(0).connectionId(), HELLO)).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void shouldServeMoreThan256Clients() {
        final ServerFixture fixture = new ServerFixture(network, clock, 600);
        final List<ClientFixture> clients = new ArrayList<>();

        for (int i = 0; i < 600; i++) {
            clients.add(connected(fixture, Tokens.address("10.2." + i / 250 + "." + i % 250, 1000 + i), 1000 + i));
        }

        assertThat(fixture.server.connectedCount()).isEqualTo(600);
        assertThat(clients.getLast().client.clientIndex()).isEqualTo(599);
        assertThat(clients.getLast().client.clientCapacity()).isEqualTo(600);
    }

    @Test
    void shouldDenyWhenFullAndTakeTheTokenElsewhereLater() {
        final ServerFixture fixture = new ServerFixture(network, clock, 1);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        final byte[] token = Tokens.mint(2);
        final ClientFixture bob = new ClientFixture(network, clock, BOB);
        bob.connect(token);
        network.deliver();

        alice.disconnect();
        clock.advanceMs(200);
        final ClientFixture bobElsewhere = new ClientFixture(network, clock, MALLORY);
        bobElsewhere.connect(token);
        network.deliver();

        assertThat(bob.client.state()).isEqualTo(ClientState.CONNECTION_DENIED);
        assertThat(fixture.refused(RefusalReason.SERVER_FULL)).isEqualTo(1);
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.DENIED)).allMatch(d -> d.bytes().length == 25);
        assertThat(bobElsewhere.client.state()).as("W5").isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void shouldDenyAtTheResponseWhenTheLastSlotWentMeanwhile() {
        final ServerFixture fixture = new ServerFixture(network, clock, 1);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        final ClientFixture bob = new ClientFixture(network, clock, BOB);
        alice.connect(Tokens.mint(1));
        bob.connect(Tokens.mint(2));

        network.deliver();

        assertThat(List.of(alice.client.state(), bob.client.state()))
            .containsExactlyInAnyOrder(ClientState.CONNECTED, ClientState.CONNECTION_DENIED);
        assertThat(fixture.connected).hasSize(1);
    }

    @Test
    void shouldRefuseTheSameTokenAfterADisconnect() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final byte[] token = Tokens.mint(1);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        alice.connect(token);
        network.deliver();
        alice.disconnect();
        network.deliver();

        clock.advanceMs(1000);
        fixture.server.doWork();
        alice.connect(token);
        network.deliver();

        assertThat(alice.client.state()).as("W1").isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(fixture.refused(RefusalReason.TOKEN_USED)).isEqualTo(1);
        assertThat(fixture.connected).hasSize(1);
    }

    @Test
    void shouldTakeAFreshTokenFromTheSameAddressAfterADisconnect() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        alice.disconnect();
        network.deliver();

        alice.connect(Tokens.mint(1));
        network.deliver();

        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void shouldRefuseATokenFromAnotherAddress() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final byte[] token = Tokens.mint(1);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        final ClientFixture mallory = new ClientFixture(network, clock, MALLORY);
        alice.connect(token);
        network.deliver();

        mallory.connect(token);
        network.deliver();

        assertThat(mallory.client.state()).isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(fixture.refused(RefusalReason.TOKEN_OTHER_SOURCE)).isEqualTo(1);
    }

    @Test
    void shouldRememberTokensUntilTheyExpireAndRefuseNewOnesWhenFull() {
        final NetcodeServerContext context = new NetcodeServerContext().clientCapacity(8).tokenHistoryCapacity(3);
        final ServerFixture fixture = new ServerFixture(network, clock, context, Tokens.SERVER);
        for (int i = 0; i < 3; i++) {
            connected(fixture, Tokens.address("10.3.0.1", 100 + i), i);
        }
        final ClientFixture late = new ClientFixture(network, clock, ALICE);
        late.connect(Tokens.mint(50));
        network.deliver();
        final ClientState whileFull = late.client.state();

        late.disconnect();
        clock.advanceMs(Tokens.LIFETIME_S * 1000L);
        fixture.server.doWork();
        late.connect(Tokens.mint(Tokens.context(51, Tokens.SERVER).expireS(ManualClock.START_S + 200)));
        network.deliver();

        assertThat(whileFull).as("W2").isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(fixture.refused(RefusalReason.TOKEN_HISTORY_FULL)).isEqualTo(1);
        assertThat(late.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(fixture.server.liveTokenCount()).isEqualTo(1);
    }

    @Test
    void shouldAnswerRepeatedRequestsOfOneTokenTenTimesASecondOnly() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        alice.connect(Tokens.mint(1));
        final SimulatedNetwork.Datagram request = network.sent().getFirst();
        network.dropInFlight();
        network.detach(ALICE);

        for (int i = 0; i < 1000; i++) {
            clock.advanceMs(1);
            fixture.server.doWork();
            network.inject(request);
        }

        assertThat(network.sentFrom(Tokens.SERVER, Netcode.CHALLENGE).size()).as("W3").isBetween(10, 16);
        assertThat(fixture.refused(RefusalReason.TOKEN_RATE)).isGreaterThan(980);
    }

    @Test
    void shouldNotLetAnotherTokenReplaceAHandshakeUnderWay() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().getFirst());
        network.dropInFlight();
        final List<SimulatedNetwork.Datagram> before = List.copyOf(network.sent());

        final ClientFixture mallory = new ClientFixture(network, clock, MALLORY);
        mallory.connect(Tokens.mint(2));
        final byte[] hersFromHere = network.sent().getLast().bytes();
        network.dropInFlight();
        network.inject(new SimulatedNetwork.Datagram(ALICE, Tokens.SERVER, hersFromHere));
        network.inject(before.getLast());
        network.deliver();

        assertThat(fixture.refused(RefusalReason.SOURCE_IN_HANDSHAKE)).as("W4").isEqualTo(1);
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void shouldNotTakeAChallengeMadeForAnotherToken() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        final ClientFixture mallory = new ClientFixture(network, clock, MALLORY);
        alice.connect(Tokens.mint(1));
        mallory.connect(Tokens.mint(2));
        network.inject(network.sent().get(0));
        network.inject(network.sent().get(1));
        network.dropInFlight();
        final byte[] aliceChallenge = open(alice, network.sentFrom(Tokens.SERVER, Netcode.CHALLENGE).getFirst());
        network.sent().clear();

        // Mallory, with keys of her own, answers with what was made for Alice.
        final PacketCodec codec = new PacketCodec(PacketCiphers.create(), Tokens.PROTOCOL_ID);
        final UnsafeBuffer forged = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);
        forged.putBytes(Netcode.HEADER_LENGTH_MAX, aliceChallenge);
        final int length = codec.seal(mallory.keys()[0], 900, Netcode.RESPONSE, forged, Netcode.CHALLENGE_BODY_LENGTH);
        network.sender(MALLORY).send(Tokens.SERVER, forged, PacketCodec.packetOffset(900), length);
        network.deliver();

        assertThat(fixture.refused(RefusalReason.CHALLENGE_OTHER_TOKEN)).as("W6").isEqualTo(1);
        assertThat(fixture.connected).isEmpty();
    }

    @Test
    void shouldRefuseAClientIdThatIsConnected() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        connected(fixture, ALICE, 1);
        final ClientFixture twin = new ClientFixture(network, clock, BOB);

        twin.connect(Tokens.mint(1));
        network.deliver();

        assertThat(twin.client.state()).isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(fixture.refused(RefusalReason.CLIENT_ID_CONNECTED)).isEqualTo(1);
    }

    @Test
    void shouldStaySilentWhenTheApplicationDoesNotWantTheClient() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        fixture.isWanted = false;
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);

        alice.connect(Tokens.mint(1));
        network.deliver();

        assertThat(network.sentFrom(Tokens.SERVER, Netcode.CHALLENGE)).isEmpty();
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.DENIED)).isEmpty();
        assertThat(fixture.refused(RefusalReason.APPLICATION_VETO)).isEqualTo(1);
    }

    @Test
    void shouldSayWhyARequestIsDropped() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final InetSocketAddress other = Tokens.address("10.0.0.2", 40000);

        request(Tokens.context(1, Tokens.SERVER).protocolId(9));
        request(Tokens.context(2, Tokens.SERVER).expireS(ManualClock.START_S));
        request(Tokens.context(3, Tokens.SERVER).privateKey(Tokens.key(8)));
        request(Tokens.context(4, Tokens.SERVER).internalAddresses(List.of(other)));

        assertThat(fixture.refused(RefusalReason.PROTOCOL_ID)).isEqualTo(1);
        assertThat(fixture.refused(RefusalReason.TOKEN_EXPIRED)).isEqualTo(1);
        assertThat(fixture.refused(RefusalReason.TOKEN_NOT_AUTHENTIC)).isEqualTo(1);
        assertThat(fixture.refused(RefusalReason.TOKEN_OTHER_SERVER)).isEqualTo(1);
        assertThat(network.sent()).allMatch(d -> !d.source().equals(Tokens.SERVER));
    }

    @Test
    void shouldTakeATokenWhoseClientDialsAnotherAddress() {
        final InetSocketAddress relay = Tokens.address("203.0.113.7", 7777);
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        network.attach(relay, fixture.server::onDatagram);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);

        alice.connect(Tokens.mint(Tokens.context(1, relay).internalAddresses(List.of(Tokens.SERVER))));
        network.deliver();

        assertThat(network.sentFrom(Tokens.SERVER, Netcode.CHALLENGE)).hasSize(1);
    }

    @Test
    void shouldRefuseExpiredTokensByItsOwnWallClock() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        clock.moveWallClockS(Tokens.LIFETIME_S);
        fixture.server.doWork();

        request(Tokens.context(1, Tokens.SERVER));
        clock.moveWallClockS(-10_000);
        fixture.server.doWork();
        request(Tokens.context(2, Tokens.SERVER));

        assertThat(fixture.refused(RefusalReason.TOKEN_EXPIRED)).isEqualTo(1);
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.CHALLENGE)).hasSize(1);
    }

    @Test
    void shouldNotTakeAForgottenTokenAgainWhenTheWallClockGoesBack() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        final byte[] token = Tokens.mint(1);
        alice.connect(token);
        network.deliver();
        alice.disconnect();
        network.deliver();
        clock.moveWallClockS(3600);
        fixture.server.doWork();

        clock.moveWallClockS(-3600);
        fixture.server.doWork();
        alice.connect(token);
        network.deliver();

        assertThat(fixture.server.liveTokenCount()).isZero();
        assertThat(fixture.connected).hasSize(1);
        assertThat(fixture.refused(RefusalReason.TOKEN_EXPIRED)).isEqualTo(1);
    }

    @Test
    void shouldKeepIdleConnectionsAliveTenTimesASecondAndDropSilentOnes() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        connected(fixture, BOB, 2);
        network.detach(BOB);
        network.sent().clear();

        for (int i = 0; i < 600; i++) {
            clock.advanceMs(10);
            fixture.server.doWork();
            alice.step();
            network.deliver();
        }

        assertThat(fixture.disconnected).hasSize(1);
        assertThat(fixture.disconnected.getFirst().reason()).isEqualTo(DisconnectReason.TIMED_OUT);
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(network.sentFrom(ALICE, Netcode.KEEP_ALIVE).size()).isBetween(50, 61);
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.KEEP_ALIVE).stream().filter(d -> d.target().equals(ALICE)).count())
            .isBetween(48L, 61L);
    }

    @Test
    void shouldFreeUnfinishedHandshakes() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        request(Tokens.context(1, Tokens.SERVER));
        final int before = fixture.server.handshakeCount();

        for (int i = 0; i < 60; i++) {
            clock.advanceMs(100);
            fixture.server.doWork();
        }

        assertThat(before).isEqualTo(1);
        assertThat(fixture.server.handshakeCount()).isZero();
    }

    @Test
    void shouldBoundHandshakesUnderWay() {
        final NetcodeServerContext context = new NetcodeServerContext().clientCapacity(8).handshakeCapacity(2);
        final ServerFixture fixture = new ServerFixture(network, clock, context, Tokens.SERVER);

        for (int i = 0; i < 3; i++) {
            request(Tokens.context(i, Tokens.SERVER), Tokens.address("10.4.0.1", 100 + i));
        }

        assertThat(fixture.server.handshakeCount()).isEqualTo(2);
        assertThat(fixture.refused(RefusalReason.HANDSHAKES_FULL)).isEqualTo(1);
    }

    @Test
    void shouldSayGoodbyeTenTimesWhenItClosesAConnection() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);

        final boolean isClosed = fixture.server.disconnect(fixture.connected.getFirst().connectionId());
        network.deliver();

        assertThat(isClosed).isTrue();
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.DISCONNECT)).hasSize(10);
        assertThat(alice.client.state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(fixture.disconnected.getFirst().reason()).isEqualTo(DisconnectReason.CLOSED_BY_SERVER);
        assertThat(fixture.server.disconnect(fixture.connected.getFirst().connectionId())).isFalse();
    }

    @Test
    void shouldSurviveADisconnectFromInsideAPayload() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        fixture.onPayload = () -> fixture.server.disconnect(fixture.connected.getFirst().connectionId());

        alice.send(HELLO);
        alice.send(HELLO);
        network.deliver();

        assertThat(fixture.payloads).hasSize(1);
        assertThat(fixture.server.connectedCount()).isZero();
    }

    @Test
    void shouldPrecedePayloadsByKeepAlivesUntilTheClientIsHeard() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        network.sent().clear();
        final long connectionId = fixture.connected.getFirst().connectionId();

        fixture.send(connectionId, HELLO);
        final int unconfirmed = network.sentFrom(Tokens.SERVER, Netcode.KEEP_ALIVE).size();
        alice.send(HELLO);
        network.deliver();
        fixture.send(connectionId, HELLO);

        assertThat(unconfirmed).isEqualTo(1);
        assertThat(network.sentFrom(Tokens.SERVER, Netcode.KEEP_ALIVE)).hasSize(1);
    }

    @Test
    void shouldConnectAllTheSameWhenTheFirstKeepAliveIsLost() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = new ClientFixture(network, clock, ALICE);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().get(0));
        network.inject(network.sent().get(1));
        network.inject(network.sent().get(2));
        network.dropInFlight();

        for (int i = 0; i < 3; i++) {
            clock.advanceMs(60);
            fixture.server.doWork();
            alice.step();
            network.deliver();
        }

        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(fixture.connected).hasSize(1);
    }

    @Test
    void shouldReportBackPressureAndSpendTheSequence() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        network.block(true);

        final int blocked = fixture.send(fixture.connected.getFirst().connectionId(), HELLO);
        network.block(false);
        final int free = fixture.send(fixture.connected.getFirst().connectionId(), HELLO);
        network.deliver();

        assertThat(blocked).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(free).isEqualTo(SendResult.SENT);
        assertThat(fixture.counters.sendFailures()).isPositive();
        assertThat(alice.payloads).hasSize(1);
    }

    @Test
    void shouldRefusePayloadsOfWrongLength() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        connected(fixture, ALICE, 1);
        final long connectionId = fixture.connected.getFirst().connectionId();

        assertThat(fixture.server.sendPayload(connectionId, 0)).isEqualTo(SendResult.TOO_LONG);
        assertThat(fixture.server.sendPayload(connectionId, 1201)).isEqualTo(SendResult.TOO_LONG);
        assertThat(fixture.server.sendPayload(-1, 5)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(fixture.server.sendPayload(Long.MIN_VALUE, 5)).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void shouldDropReplayedSessionPackets() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        network.sent().clear();
        alice.send(HELLO);
        final SimulatedNetwork.Datagram packet = network.sent().getFirst();
        network.deliver();

        network.inject(packet);

        assertThat(fixture.payloads).hasSize(1);
        assertThat(fixture.refused(RefusalReason.REPLAYED)).isEqualTo(1);
    }

    @Test
    void shouldCloseEveryConnection() {
        final ServerFixture fixture = new ServerFixture(network, clock, 4);
        final ClientFixture alice = connected(fixture, ALICE, 1);
        final ClientFixture bob = connected(fixture, BOB, 2);

        fixture.server.close();
        network.deliver();

        assertThat(alice.client.state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(bob.client.state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(fixture.disconnected).extracting(ServerFixture.Disconnected::reason)
            .containsOnly(DisconnectReason.SERVER_CLOSING).hasSize(2);
    }

    private ClientFixture connected(final ServerFixture fixture, final InetSocketAddress address, final long clientId) {
        final int before = fixture.connected.size();
        final ClientFixture client = new ClientFixture(network, clock, address);
        client.connect(Tokens.mint(clientId));
        network.deliver();
        assertThat(fixture.connected).hasSize(before + 1);
        assertThat(client.client.state()).isEqualTo(ClientState.CONNECTED);
        return client;
    }

    private void request(final ConnectTokenContext context) {
        request(context, ALICE);
    }

    private void request(final ConnectTokenContext context, final InetSocketAddress from) {
        final ClientFixture client = new ClientFixture(network, clock, from);
        network.detach(from);
        client.connect(Tokens.mint(context));
        network.deliver();
    }

    private static byte[] open(final ClientFixture client, final SimulatedNetwork.Datagram packet) {
        final PacketCodec codec = new PacketCodec(PacketCiphers.create(), Tokens.PROTOCOL_ID);
        final UnsafeBuffer buffer = OffHeap.copyOf(packet.bytes());
        assertThat(codec.parse(buffer, 0, packet.bytes().length, 0x7F)).isNull();
        assertThat(codec.open(client.keys()[1], buffer)).isTrue();
        final byte[] body = new byte[codec.bodyLength()];
        buffer.getBytes(codec.bodyOffset(), body);
        return body;
    }
}
