package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.netcode.ConnectTokenContext;
import io.orrery.transport.netcode.ConnectTokens;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.udp.ConnectionEvents;
import io.orrery.transport.udp.UdpClientContext;
import io.orrery.transport.udp.UdpServer;
import io.orrery.transport.udp.UdpServerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets: a client, alone and in a group, against a server that answers Hello with Welcome and a frame. */
class UdpTransportTest {
    private static final byte[] PRIVATE_KEY = new byte[32];

    private final List<DisconnectReason> disconnects = new ArrayList<>();
    private UdpServer server;
    private long nextClientId = 1;

    @BeforeEach
    void startServer() {
        server = new UdpServer(new UdpServerContext()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .protocolId(Protocol.NETCODE_PROTOCOL_ID).privateKey(PRIVATE_KEY).events(new Greeter()).conclude());
        server.onStart();
    }

    @AfterEach
    void stopServer() {
        server.onClose();
    }

    @Test
    void shouldEnterTheWorldAndLeaveItWhenAlone() {
        final OrreryClient client = new OrreryClient(new ClientContext().conclude());

        client.connect(token());
        drive(client::doWork, () -> client.entities().count() == 1);
        final long sequence = client.move(5);
        drive(client::doWork, () -> client.acknowledgedCommand() == sequence);
        client.close();
        drive(() -> 0, () -> !disconnects.isEmpty());

        assertThat(disconnects).hasSize(1);
        assertThat(client.world().moveSpeedCmPerS()).isEqualTo(600);
    }

    @Test
    void shouldServeManyClientsAndCountTheirTrafficWhenInAGroup() {
        final UdpTransportGroup group = new UdpTransportGroup(
            new UdpClientContext().nanoClock(SystemNanoClock.INSTANCE).groupCapacity(3).conclude());
        final List<OrreryClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(new OrreryClient(new ClientContext().transportFactory(group).conclude()));
            clients.getLast().connect(token());
        }

        drive(() -> {
            int work = group.doWork();
            for (final OrreryClient client : clients) {
                work += client.doWork();
            }
            return work;
        }, () -> clients.stream().filter(client -> client.entities().count() == 1).count() == 3);

        assertThat(clients.getLast().state()).as("no room for the fourth").isEqualTo(ClientState.CONNECT_FAILED);
        assertThat(group.packetsReceived()).isGreaterThanOrEqualTo(12);
        assertThat(group.bytesReceived()).isGreaterThan(28 * group.packetsReceived());
        assertThat(group.packetsSent()).isGreaterThanOrEqualTo(9);
        assertThat(group.bytesSent()).isGreaterThan(28 * group.packetsSent());
        group.close();
    }

    @Test
    void shouldFailToConnectWhenTheTokenIsNotOne() {
        final OrreryClient client = new OrreryClient(new ClientContext().conclude());

        client.connect(new byte[2_048]);
        client.doWork();

        assertThat(client.state()).isEqualTo(ClientState.CONNECT_FAILED);
        assertThat(client.transportState()).isEqualTo(-5);
        client.close();
    }

    private void drive(final Callable<Integer> work, final Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).pollInSameThread()
            .until(() -> {
                server.doWork();
                work.call();
                return condition.call();
            });
    }

    private byte[] token() {
        nextClientId++;
        final long nowS = System.currentTimeMillis() / 1_000;
        return new ConnectTokens(PacketCiphers.create()).mint(new ConnectTokenContext()
            .protocolId(Protocol.NETCODE_PROTOCOL_ID).clientId(nextClientId).createS(nowS).expireS(nowS + 30).timeoutS(5)
            .publicAddresses(List.of(server.localAddress())).userData(new byte[256]).privateKey(PRIVATE_KEY).conclude());
    }

    private final class Greeter implements ConnectionEvents {
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
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            if (Messages.describe(message).startsWith("hello")) {
                send(connectionId, Messages.welcome());
                send(connectionId, Messages.frame(1, 1, 0, 0, writer -> writer.enter(0, Messages.OWN_ID, new int[] {0, 1, 2}, 0)));
            } else {
                send(connectionId, Messages.frame(2, 2, 1, 0, writer -> { }));
            }
        }

        @Override
        public void onAcked(final long connectionId, final long tag) {
            assertThat(tag).isZero();
        }

        @Override
        public void onDisconnected(final long connectionId, final DisconnectReason reason) {
            disconnects.add(reason);
        }

        private void send(final long connectionId, final byte[] message) {
            server.send(connectionId, Protocol.CHANNEL_UNRELIABLE, 0, new UnsafeBuffer(message), 0, message.length);
        }
    }
}
