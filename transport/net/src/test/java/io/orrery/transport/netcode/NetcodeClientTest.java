package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;

class NetcodeClientTest {
    private static final InetSocketAddress ALICE = Tokens.address("10.1.0.1", 1111);
    private static final InetSocketAddress DEAD = Tokens.address("10.0.0.9", 40000);
    private static final byte[] HELLO = {1, 2, 3};

    private final ManualClock clock = new ManualClock();
    private final SimulatedNetwork network = new SimulatedNetwork();
    private final ClientFixture alice = new ClientFixture(network, clock, ALICE);

    @Test
    void shouldSpeakTheNumbersOfTheStandard() {
        assertThat(List.of(ClientState.values())).extracting(ClientState::code).containsExactly(-6, -5, -4, -3, -2, -1, 0, 1, 2, 3);
    }

    @Test
    void shouldRefuseAnInvalidToken() {
        final byte[] token = Tokens.mint(1);
        token[0] = 'X';

        final boolean isValid = alice.connect(token);

        assertThat(isValid).isFalse();
        assertThat(alice.client.state()).isEqualTo(ClientState.INVALID_TOKEN);
        assertThat(network.sent()).isEmpty();
    }

    @Test
    void shouldSendRequestsTenTimesASecondThenTimeOut() {
        alice.connect(Tokens.mint(1));

        run(4_900);
        final ClientState before = alice.client.state();
        final int requestCount = network.sentFrom(ALICE, Netcode.REQUEST).size();
        run(200);

        assertThat(before).isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(requestCount).isEqualTo(50);
        assertThat(alice.client.state()).isEqualTo(ClientState.REQUEST_TIMED_OUT);
    }

    @Test
    void shouldAnswerTheChallengeAtOnce() {
        final ServerFixture server = new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));

        network.deliver();

        assertThat(network.sentFrom(ALICE, Netcode.RESPONSE)).hasSize(1);
        assertThat(server.connected).hasSize(1);
    }

    @Test
    void shouldTimeOutInTheResponse() {
        new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().get(0));
        network.detach(Tokens.SERVER);
        network.deliver();

        run(4_900);
        final ClientState before = alice.client.state();
        run(200);

        assertThat(before).isEqualTo(ClientState.SENDING_RESPONSE);
        assertThat(network.sentFrom(ALICE, Netcode.RESPONSE).size()).isBetween(48, 51);
        assertThat(alice.client.state()).isEqualTo(ClientState.RESPONSE_TIMED_OUT);
    }

    @Test
    void shouldTimeOutWhenConnected() {
        new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.deliver();
        network.detach(Tokens.SERVER);

        run(4_900);
        final ClientState before = alice.client.state();
        run(200);

        assertThat(before).isEqualTo(ClientState.CONNECTED);
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTION_TIMED_OUT);
        assertThat(alice.send(HELLO)).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void shouldNeverTimeOutIfTheTokenSaysSo() {
        new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(Tokens.context(1, Tokens.SERVER).timeoutS(ConnectTokenContext.TIMEOUT_NEVER_S)));
        network.deliver();
        network.detach(Tokens.SERVER);

        run(60_000);

        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void shouldExpireOverAllAddressesTogether() {
        alice.connect(Tokens.mint(Tokens.context(1, DEAD, Tokens.SERVER, DEAD).expireS(ManualClock.START_S + 7)));

        run(6_900);
        final ClientState before = alice.client.state();
        run(200);

        assertThat(before).isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(alice.client.server()).isEqualTo(Tokens.SERVER);
        assertThat(alice.client.state()).isEqualTo(ClientState.TOKEN_EXPIRED);
    }

    @Test
    void shouldFallBackToTheNextAddressWhenTheFirstIsSilent() {
        final ServerFixture server = new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(Tokens.context(1, DEAD, Tokens.SERVER)));

        run(5_200);

        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(alice.client.server()).isEqualTo(Tokens.SERVER);
        assertThat(server.connected).hasSize(1);
        assertThat(alice.states).containsExactly(
            ClientState.SENDING_REQUEST, ClientState.SENDING_REQUEST, ClientState.SENDING_RESPONSE, ClientState.CONNECTED);
    }

    @Test
    void shouldFallBackWhenTheFirstIsFullAndKeepCountingSequences() {
        final ServerFixture full = new ServerFixture(network, clock, new NetcodeServerContext().clientCapacity(1), DEAD);
        final ServerFixture server = new ServerFixture(network, clock, 1);
        final ClientFixture first = new ClientFixture(network, clock, Tokens.address("10.1.0.2", 1112));
        first.connect(Tokens.mint(Tokens.context(8, DEAD)));
        network.deliver();

        alice.connect(Tokens.mint(Tokens.context(1, DEAD, Tokens.SERVER)));
        network.deliver();
        alice.send(HELLO);
        network.deliver();

        assertThat(full.refused(RefusalReason.SERVER_FULL)).isEqualTo(1);
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(server.payloads).hasSize(1);
    }

    @Test
    void shouldBeDeniedWhenTheLastAddressIsFull() {
        new ServerFixture(network, clock, 1);
        final ClientFixture first = new ClientFixture(network, clock, Tokens.address("10.1.0.2", 1112));
        first.connect(Tokens.mint(8));
        network.deliver();

        alice.connect(Tokens.mint(Tokens.context(1, Tokens.SERVER)));
        network.deliver();

        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTION_DENIED);
        assertThat(alice.client.onTimer(clock.nanoTime())).isEqualTo(NetcodeClient.NEVER_NS);
    }

    @Test
    void shouldSayGoodbyeTenTimes() {
        final ServerFixture server = new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.deliver();

        alice.disconnect();
        network.deliver();

        assertThat(network.sentFrom(ALICE, Netcode.DISCONNECT)).hasSize(10);
        assertThat(server.disconnected.getFirst().reason()).isEqualTo(DisconnectReason.CLIENT_LEFT);
        assertThat(alice.client.state()).isEqualTo(ClientState.DISCONNECTED);
    }

    @Test
    void shouldFreeTheServersHandshakeWhenItGivesUp() {
        final ServerFixture server = new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().getFirst());
        network.dropInFlight();

        alice.disconnect();
        network.deliver();
        alice.connect(Tokens.mint(2));
        network.deliver();

        assertThat(server.server.handshakeCount()).isZero();
        assertThat(alice.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void shouldIgnoreWhatComesFromAnotherAddress() {
        new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().getFirst());
        final SimulatedNetwork.Datagram challenge = network.sent().getLast();
        network.dropInFlight();

        network.inject(new SimulatedNetwork.Datagram(DEAD, ALICE, challenge.bytes()));

        assertThat(alice.client.state()).isEqualTo(ClientState.SENDING_REQUEST);
        assertThat(alice.counters.refused(RefusalReason.UNKNOWN_SOURCE)).isEqualTo(1);
    }

    @Test
    void shouldDropPayloadsBeforeItIsConnected() {
        final ServerFixture server = new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.inject(network.sent().get(0));
        network.inject(network.sent().get(1));
        network.inject(network.sent().get(2));
        network.dropInFlight();
        network.sent().clear();
        server.send(server.connected.getFirst().connectionId(), HELLO);

        network.inject(network.sentFrom(Tokens.SERVER, Netcode.PAYLOAD).getFirst());

        assertThat(alice.client.state()).isEqualTo(ClientState.SENDING_RESPONSE);
        assertThat(alice.payloads).isEmpty();
        assertThat(alice.counters.refused(RefusalReason.UNEXPECTED)).isEqualTo(1);
    }

    @Test
    void shouldSendKeepAlivesOnlyWhenNothingElseIsSent() {
        new ServerFixture(network, clock, 1);
        alice.connect(Tokens.mint(1));
        network.deliver();
        network.sent().clear();

        for (int i = 0; i < 20; i++) {
            clock.advanceMs(50);
            alice.send(HELLO);
            alice.step();
        }

        assertThat(network.sentFrom(ALICE, Netcode.KEEP_ALIVE)).isEmpty();
    }

    private void run(final int ms) {
        for (int i = 0; i < ms; i += 100) {
            clock.advanceMs(100);
            alice.step();
            network.deliver();
        }
    }
}
