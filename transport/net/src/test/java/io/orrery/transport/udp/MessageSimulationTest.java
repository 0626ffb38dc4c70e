package io.orrery.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.netcode.ClientShared;
import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.ManualClock;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.NetcodeServerContext;
import io.orrery.transport.netcode.RefusalReason;
import io.orrery.transport.netcode.SendResult;
import io.orrery.transport.netcode.SimulatedNetwork;
import io.orrery.transport.netcode.Tokens;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Both ends with everything between application and datagram, on a network that loses, doubles, delays and reorders. */
class MessageSimulationTest {
    private static final int STEP_MS = 5;

    private final ManualClock clock = new ManualClock();
    private final RecordingEvents events = new RecordingEvents();
    private final NetCounters serverCounters = new NetCounters();
    private final NetCounters clientCounters = new NetCounters();
    private final ClientShared shared = new ClientShared(PacketCiphers.create(), clientCounters);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[UdpServer.MESSAGE_LENGTH_MAX]);
    private final List<MessageClient> clients = new ArrayList<>();
    private final List<RecordingClientEvents> clientEvents = new ArrayList<>();
    private SimulatedNetwork network;
    private MessageServer server;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldDeliverOnceAtMostAndAcknowledgeOnlyWhatArrived(final long seed) {
        System.out.println("MessageSimulationTest seed " + seed);
        final Random random = new Random(seed);
        start(new SimulatedNetwork(random, 0.1, 0.05, 4), 8);
        run(1000);
        assertThat(clients).allMatch(client -> client.netcode().state() == ClientState.CONNECTED);

        long number = 0;
        for (int i = 0; i < 1000; i++) {
            for (final MessageClient client : clients) {
                number++;
                message.putLong(0, number);
                assertThat(client.send(0, number, message, 0, 8 + random.nextInt(1180))).isEqualTo(SendResult.SENT);
            }
            for (final long connectionId : events.connectionIds) {
                number++;
                message.putLong(0, number);
                assertThat(server.send(connectionId, 0, number, message, 0, 64)).isEqualTo(SendResult.SENT);
            }
            run(2 * STEP_MS);
        }
        run(500);

        final List<Long> up = events.messages.stream().map(RecordingEvents.Message::number).toList();
        final List<Long> acked = clientEvents.stream().flatMap(e -> e.ackedTags.stream()).toList();
        assertOnce(up);
        assertOnce(acked);
        assertOnce(events.ackedTags);
        final Set<Long> down = new HashSet<>();
        clientEvents.forEach(e -> e.messages.forEach(bytes -> down.add(new UnsafeBuffer(bytes).getLong(0))));
        assertThat(new HashSet<>(up).containsAll(acked)).isTrue();
        assertThat(down.containsAll(events.ackedTags)).isTrue();
        assertThat(up.size()).isBetween(6_800, 7_600);
        assertThat(acked.size()).isGreaterThan(up.size() * 98 / 100);
        assertThat(events.ackedTags.size()).isGreaterThan(down.size() * 98 / 100);
        assertThat(events.endings).isEmpty();
    }

    @Test
    void shouldAcknowledgeWithin100MsIfNothingElseIsSent() {
        start(new SimulatedNetwork(), 1);
        run(300);
        clients.getFirst().send(0, 77, message, 0, 10);
        server.send(events.connectionIds.getFirst(), 0, 78, message, 0, 10);

        run(110);

        assertThat(clientEvents.getFirst().ackedTags).containsExactly(77L);
        assertThat(events.ackedTags).containsExactly(78L);
    }

    @Test
    void shouldSendEmptyKeepAlivesOnlyWhenIdle() {
        start(new SimulatedNetwork(), 1);
        run(300);
        final long payloadsBefore = serverCounters.payloadsSent();

        run(2000);

        assertThat(serverCounters.payloadsSent()).isEqualTo(payloadsBefore);
        assertThat(serverCounters.payloadsReceived()).isZero();
    }

    @Test
    void shouldTakeTheLongestMessageAndRefuseALongerOne() {
        start(new SimulatedNetwork(), 1);
        run(100);
        final long connectionId = events.connectionIds.getFirst();
        final UnsafeBuffer long1191 = new UnsafeBuffer(new byte[1191]);

        assertThat(UdpServer.MESSAGE_LENGTH_MAX).isEqualTo(1190);
        assertThat(server.send(connectionId, 0, 0, long1191, 0, 1190)).isEqualTo(SendResult.SENT);
        assertThat(server.send(connectionId, 0, 0, long1191, 0, 1191)).isEqualTo(SendResult.TOO_LONG);
        assertThat(server.send(connectionId, 0, 0, long1191, 0, -1)).isEqualTo(SendResult.TOO_LONG);
        assertThat(server.send(connectionId, 1, 0, long1191, 0, 5)).isEqualTo(SendResult.NO_SUCH_CHANNEL);
        assertThat(server.send(connectionId + (1L << 32), 0, 0, long1191, 0, 5)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(clients.getFirst().send(0, 0, long1191, 0, 0)).as("empty").isEqualTo(SendResult.SENT);
        run(50);
        assertThat(clientEvents.getFirst().messages.getFirst()).hasSize(1190);
        assertThat(events.messages.getFirst().bytes()).isEmpty();
    }

    @Test
    void shouldRefuseAndCountPayloadsThatAreNotMessages() {
        start(new SimulatedNetwork(), 1);
        run(100);

        raw(0x01, 0, 0, 0, 0);
        raw(0x20);
        raw(0x22, 1, 0, 0, 0xFF);
        raw(0x20, 50, 0, 0, 9, 1, 2);
        raw(0x20, 51, 0, 0, 0, 1, 2);
        raw(0x20, 51, 0, 0, 0, 1, 2);
        run(20);

        assertThat(serverCounters.refused(RefusalReason.HEADER_FRAGMENT)).isEqualTo(1);
        assertThat(serverCounters.refused(RefusalReason.HEADER_TRUNCATED)).isEqualTo(1);
        assertThat(serverCounters.refused(RefusalReason.HEADER_NOT_CANONICAL)).isEqualTo(1);
        assertThat(serverCounters.refused(RefusalReason.CHANNEL_UNKNOWN)).isEqualTo(1);
        assertThat(serverCounters.refused(RefusalReason.MESSAGE_DUPLICATE)).isEqualTo(1);
        assertThat(events.messages).hasSize(1);
        assertThat(server.netcode().connectedCount()).isEqualTo(1);
    }

    @Test
    void shouldForgetTagsOfPacketsThatTheSocketDidNotTake() {
        start(new SimulatedNetwork(), 1);
        run(200);
        network.block(true);

        final int result = server.send(events.connectionIds.getFirst(), 0, 5, message, 0, 10);
        network.block(false);
        server.send(events.connectionIds.getFirst(), 0, 6, message, 0, 10);
        run(250);

        assertThat(result).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(events.ackedTags).containsExactly(6L);
    }

    @Test
    void shouldEndConnectionsInEveryWay() {
        start(new SimulatedNetwork(), 3);
        run(200);
        clients.get(0).disconnect();
        server.disconnect(events.connectionIds.get(1));
        run(10);
        server.close();
        run(10);

        assertThat(events.endings).containsExactlyInAnyOrder(
            DisconnectReason.CLIENT_LEFT, DisconnectReason.CLOSED_BY_SERVER, DisconnectReason.SERVER_CLOSING);
        assertThat(clients).allMatch(client -> client.netcode().state() == ClientState.DISCONNECTED);
        assertThat(serverCounters.connects()).isEqualTo(3);
        assertThat(serverCounters.disconnects(DisconnectReason.CLIENT_LEFT)).isEqualTo(1);
    }

    private void start(final SimulatedNetwork simulated, final int clientCount) {
        network = simulated;
        final NetcodeServerContext context = new NetcodeServerContext()
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).publicAddresses(List.of(Tokens.SERVER))
            .clientCapacity(16).nanoClock(clock).epochClock(clock.epoch()).counters(serverCounters).conclude();
        server = new MessageServer(context, 16, serverCounters, network.sender(Tokens.SERVER), events);
        network.attach(Tokens.SERVER, server::onDatagram);
        for (int i = 0; i < clientCount; i++) {
            final InetSocketAddress address = Tokens.address("10.5.0.1", 2000 + i);
            final RecordingClientEvents told = new RecordingClientEvents();
            final MessageClient client = new MessageClient(shared, clock, network.sender(address), told);
            network.attach(address, (source, buffer, offset, length) ->
                client.onDatagram(source, buffer, offset, length, clock.nanoTime()));
            client.connect(Tokens.mint(500 + i));
            clients.add(client);
            clientEvents.add(told);
        }
    }

    private void run(final int ms) {
        for (int i = 0; i < ms; i += STEP_MS) {
            clock.advanceMs(STEP_MS);
            server.doWork();
            clients.forEach(client -> client.onTimer(clock.nanoTime()));
            network.deliver();
        }
    }

    /** Sends a payload that our own client would not compose. */
    private void raw(final int... bytes) {
        final var netcode = clients.getFirst().netcode();
        for (int i = 0; i < bytes.length; i++) {
            netcode.payloadBuffer().putByte(9 + i, (byte) bytes[i]);
        }
        assertThat(netcode.sendPayload(bytes.length, clock.nanoTime())).isEqualTo(SendResult.SENT);
    }

    private static void assertOnce(final List<Long> numbers) {
        assertThat(new HashSet<>(numbers).size()).isEqualTo(numbers.size());
    }
}
