package io.orrery.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.ConnectTokenContext;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.transport.netcode.SendResult;
import io.orrery.transport.netcode.Tokens;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Real sockets on the loopback interface. */
class UdpLoopbackTest {
    private static final int CLIENTS = 200;

    private final RecordingEvents events = new RecordingEvents();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);
    private final UdpClientGroup group = new UdpClientGroup(new UdpClientContext().conclude());
    private UdpServer server;

    @AfterEach
    void close() {
        group.close();
        if (server != null) {
            server.onClose();
        }
    }

    @Test
    void shouldConnectExchangeAndDisconnect200Clients() {
        start(context(events));
        final List<UdpClient> clients = new ArrayList<>();
        final List<RecordingClientEvents> told = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            told.add(new RecordingClientEvents());
            clients.add(group.newClient(told.get(i)));
            clients.get(i).connect(token(100 + i));
        }
        until(() -> told.stream().allMatch(e -> e.connectedCount == 1));

        for (int i = 0; i < CLIENTS; i++) {
            message.putLong(0, i);
            assertThat(clients.get(i).send(0, i + 1, message, 0, 64)).isEqualTo(SendResult.SENT);
        }
        for (final long connectionId : events.connectionIds) {
            assertThat(server.send(connectionId, 0, connectionId, message, 0, 100)).isEqualTo(SendResult.SENT);
        }
        until(() -> events.messages.size() == CLIENTS && events.ackedTags.size() == CLIENTS
            && told.stream().allMatch(e -> e.messages.size() == 1 && e.ackedTags.size() == 1));
        clients.forEach(UdpClient::close);
        until(() -> events.endings.size() == CLIENTS);

        assertThat(events.endings).containsOnly(DisconnectReason.CLIENT_LEFT);
        assertThat(events.messages.stream().map(RecordingEvents.Message::number).distinct()).hasSize(CLIENTS);
        assertThat(server.connectedCount()).isZero();
        assertThat(group.clientCount()).isZero();
        assertThat(server.counters().connects()).isEqualTo(CLIENTS);
        assertThat(server.counters().sendFailures()).isZero();
    }

    @Test
    void shouldServeFromItsOwnThread() throws InterruptedException {
        final AtomicInteger errors = new AtomicInteger();
        final EchoEvents echo = new EchoEvents();
        final UdpServer threaded = new UdpServer(context(echo).conclude());
        echo.server = threaded;
        try (AgentRunner runner = new AgentRunner(
            new BackoffIdleStrategy(), error -> errors.incrementAndGet(), null, threaded)) {
            AgentRunner.startOnThread(runner);
            final RecordingClientEvents told = new RecordingClientEvents();
            final UdpClient client = new UdpClient(new UdpClientContext().conclude(), told);
            client.connect(token(7, threaded.localAddress()));
            await().pollInSameThread().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(20))
                .until(() -> client.doWork() >= 0 && client.state() == ClientState.CONNECTED);
            client.send(0, 5, message, 0, 33);
            await().pollInSameThread().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(20))
                .until(() -> client.doWork() >= 0 && told.messages.size() == 1 && told.ackedTags.contains(5L));
            assertThat(told.messages.getFirst()).hasSize(33);
            client.close();
            await().atMost(Duration.ofSeconds(20))
                .until(() -> threaded.counters().disconnects(DisconnectReason.CLIENT_LEFT) == 1);
        }
        assertThat(errors).hasValue(0);
    }

    @Test
    void shouldStaySilentForWrongProtocolExpiredAndForeignTokens() {
        start(context(events));
        final long nowS = SystemEpochClock.INSTANCE.time() / 1000;
        final List<UdpClient> clients = new ArrayList<>();
        for (final ConnectTokenContext token : List.of(
            tokenContext(1, server.localAddress()).protocolId(3),
            tokenContext(2, server.localAddress()).createS(nowS - 100).expireS(nowS - 1),
            tokenContext(3, server.localAddress()).internalAddresses(List.of(Tokens.SERVER)))) {
            final UdpClient client = group.newClient(new RecordingClientEvents());
            client.connect(Tokens.mint(token.timeoutS(1)));
            clients.add(client);
        }

        until(() -> clients.stream().noneMatch(client -> client.state().isActive()));

        assertThat(clients).allMatch(client -> client.state() == ClientState.REQUEST_TIMED_OUT);
        assertThat(server.counters().datagramsSent()).isZero();
        assertThat(server.counters().refused(RefusalReason.PROTOCOL_ID)).isPositive();
        assertThat(server.counters().refused(RefusalReason.TOKEN_EXPIRED)).isPositive();
        assertThat(server.counters().refused(RefusalReason.TOKEN_OTHER_SERVER)).isPositive();
    }

    @Test
    void shouldRefuseTokensOfTheFutureServersClock() {
        start(context(events).epochClock(() -> SystemEpochClock.INSTANCE.time() + 3_600_000));
        final UdpClient client = group.newClient(new RecordingClientEvents());

        client.connect(Tokens.mint(tokenContext(1, server.localAddress()).timeoutS(1)));
        until(() -> !client.state().isActive());

        assertThat(client.state()).isEqualTo(ClientState.REQUEST_TIMED_OUT);
        assertThat(server.counters().refused(RefusalReason.TOKEN_EXPIRED)).isPositive();
    }

    @Test
    void shouldRefuseMoreClientsThanTheGroupHolds() {
        try (UdpClientGroup small = new UdpClientGroup(new UdpClientContext().groupCapacity(1).conclude())) {
            final UdpClient first = small.newClient(new RecordingClientEvents());

            assertThat(small.newClient(new RecordingClientEvents())).isNull();
            first.close();
            assertThat(small.newClient(new RecordingClientEvents())).isNotNull();
        }
    }

    @Test
    void shouldHaveNoWorkWhenNothingComesAndNothingIsDue() {
        start(context(events));
        for (int i = 0; i < 50; i++) {
            group.newClient(new RecordingClientEvents());
        }
        int work = 0;
        for (int i = 0; i < 1000; i++) {
            work += group.doWork();
        }

        assertThat(work).isZero();
    }

    private void start(final UdpServerContext context) {
        server = new UdpServer(context.conclude());
        server.onStart();
    }

    private void until(final Callable<Boolean> condition) {
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(20)).until(() -> {
            for (int i = 0; i < 10; i++) {
                server.doWork();
                group.doWork();
            }
            return condition.call();
        });
    }

    private byte[] token(final long clientId) {
        return token(clientId, server.localAddress());
    }

    private static byte[] token(final long clientId, final InetSocketAddress address) {
        return Tokens.mint(tokenContext(clientId, address));
    }

    private static ConnectTokenContext tokenContext(final long clientId, final InetSocketAddress address) {
        final long nowS = SystemEpochClock.INSTANCE.time() / 1000;
        return Tokens.context(clientId, address).createS(nowS).expireS(nowS + 45);
    }

    private static UdpServerContext context(final ConnectionEvents events) {
        return new UdpServerContext()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).clientCapacity(CLIENTS).events(events);
    }

    /** Sends every message back, from inside the call that told of it. */
    private static final class EchoEvents implements ConnectionEvents {
        private volatile UdpServer server;

        @Override
        public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
            return true;
        }

        @Override
        public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
            assertThat(server.isConnected(connectionId)).isTrue();
        }

        @Override
        public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
            assertThat(server.send(connectionId, 0, 0, buffer, offset, length)).isEqualTo(SendResult.SENT);
        }

        @Override
        public void onAcked(final long connectionId, final long tag) {
            throw new IllegalStateException("no tag was given");
        }

        @Override
        public void onDisconnected(final long connectionId, final DisconnectReason reason) {
            assertThat(server.isConnected(connectionId)).isFalse();
        }
    }
}
