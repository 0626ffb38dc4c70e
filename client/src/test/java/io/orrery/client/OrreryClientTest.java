package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.RefusalCode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrreryClientTest {
    private static final byte[] TOKEN = new byte[2_048];
    private static final int[] OWN = {0, 5_000, 6_000};
    private static final int[] MOVED = {0, 5_030, 6_000};

    private final ManualClock clock = new ManualClock();
    private final RecordingListener listener = new RecordingListener();
    private final List<FakeTransport> transports = new ArrayList<>();
    private final OrreryClient client = new OrreryClient(new ClientContext().clock(clock).listener(listener)
        .transportFactory(this::newTransport).conclude());

    @Test
    void shouldRepeatHelloEvery100MsUntilWelcome() {
        final FakeTransport transport = connected();

        client.doWork();
        clock.advanceMs(99);
        client.doWork();
        clock.advanceMs(1);
        client.doWork();
        transport.deliver(Messages.welcome());
        clock.advanceMs(500);
        client.doWork();

        assertThat(transport.sent).hasSize(2).allSatisfy(message -> assertThat(Messages.describe(message))
            .isEqualTo("hello " + Protocol.VERSION + " " + ReplicationSchema.STANDARD.hash()));
        assertThat(client.state()).isEqualTo(ClientState.IN_WORLD);
        assertThat(client.world()).isEqualTo(new WorldInfo(Messages.OWN_ID, 50_000_000L, 200_000, 100_000, 10_000, 600, 5));
        assertThat(listener.lines).containsExactly("CONNECTING", "GREETING", "IN_WORLD");
    }

    @Test
    void shouldGiveUpWhenNobodyAnswersHello() {
        final FakeTransport transport = connected();

        for (int i = 0; i < 60; i++) {
            client.doWork();
            clock.advanceMs(100);
        }

        assertThat(client.state()).isEqualTo(ClientState.HELLO_UNANSWERED);
        assertThat(transport.sent).hasSize(50);
        assertThat(transport.isClosed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PROTOCOL_VERSION, 2, 1, 'protocolVersion=1, must be 2; use a client of that version'",
        "SCHEMA_HASH, 255, 16, 'schemaHash=0x10, must be 0xff; use a client built with the server''s replication schema'",
        "WORLD_FULL, 200, 200, 'characters=200, must be below 200: the world is full; try again later'",
        "MALFORMED, 0, 7, 'messages=7 that cannot be read, must be at most 0; the client is faulty or speaks another protocol'",
        "DRAINING, 0, 0, 'server is draining: expected=0, found=0; connect to another one'"})
    void shouldSayWhyWhenRefused(final RefusalCode code, final long expected, final long found, final String message) {
        final FakeTransport transport = connected();

        transport.deliver(Messages.refused(code, expected, found));
        client.doWork();

        assertThat(client.state()).isEqualTo(ClientState.REFUSED);
        assertThat(client.refusal()).isEqualTo(new Refusal(code.value(), expected, found));
        assertThat(client.refusal().message()).isEqualTo(message);
        assertThat(transport.isClosed).isTrue();
        assertThat(listener.lines).endsWith("REFUSED");
    }

    @Test
    void shouldStayRefusedWhenTheServerThenDisconnects() {
        final FakeTransport transport = inWorld();

        transport.deliver(Messages.refused(RefusalCode.DRAINING, 0, 0));
        transport.events.onStateChange(0);

        assertThat(client.state()).isEqualTo(ClientState.REFUSED);
    }

    @Test
    void shouldNameTheCodeWhenItIsUnknown() {
        assertThat(new Refusal(99, 1, 2).message()).contains("code=99").contains("expected=1, found=2");
    }

    @Test
    void shouldRefuseByItselfWhenWelcomeHasAnotherSchemaHash() {
        final FakeTransport transport = connected();

        transport.deliver(Messages.welcome(Protocol.VERSION, 42, Messages.TICK_PERIOD_NS));

        assertThat(client.state()).isEqualTo(ClientState.REFUSED);
        assertThat(client.refusal()).isEqualTo(
            new Refusal(RefusalCode.SCHEMA_HASH.value(), 42, ReplicationSchema.STANDARD.hash()));
    }

    @Test
    void shouldRefuseByItselfWhenWelcomeHasAnotherProtocolVersion() {
        final FakeTransport transport = connected();

        transport.deliver(Messages.welcome(9, ReplicationSchema.STANDARD.hash(), Messages.TICK_PERIOD_NS));

        assertThat(client.refusal().message()).isEqualTo("protocolVersion=1, must be 9; use a client of that version");
    }

    @Test
    void shouldCountAFaultWhenWelcomeHasNoTickPeriod() {
        final FakeTransport transport = connected();

        transport.deliver(Messages.welcome(Protocol.VERSION, ReplicationSchema.STANDARD.hash(), 0));

        assertThat(client.state()).isEqualTo(ClientState.GREETING);
        assertThat(listener.faults).containsExactly(ClientFault.MALFORMED_MESSAGE);
    }

    @Test
    void shouldSendCommandsAtOnceAndAgainUntilAFrameAcknowledgesThem() {
        final FakeTransport transport = inWorld();

        final long first = client.move(16_384);
        final long second = client.stop();
        clock.advanceMs(49);
        client.doWork();
        clock.advanceMs(1);
        client.doWork();
        transport.deliver(Messages.frame(1, 10, 1, 0, writer -> { }));
        clock.advanceMs(50);
        client.doWork();
        transport.deliver(Messages.frame(2, 11, 2, 0, writer -> { }));
        clock.advanceMs(50);
        client.doWork();

        assertThat(first).isEqualTo(1);
        assertThat(second).isEqualTo(2);
        assertThat(transport.sent).extracting(Messages::describe).containsExactly(
            "commands 1 move 16384",
            "commands 1 move 16384 stop",
            "commands 1 move 16384 stop",
            "commands 2 stop");
        assertThat(client.acknowledgedCommand()).isEqualTo(2);
        assertThat(client.pendingCommandCount()).isZero();
    }

    @Test
    void shouldRefuseACommandWhen32ArePending() {
        final FakeTransport transport = inWorld();
        for (int i = 0; i < Protocol.COMMANDS_MAX; i++) {
            client.move(i);
        }

        final long refused = client.move(1);
        transport.deliver(Messages.frame(1, 10, 3, 0, writer -> { }));
        final long accepted = client.move(1);

        assertThat(refused).isEqualTo(OrreryClient.COMMANDS_FULL);
        assertThat(accepted).isEqualTo(33);
        assertThat(Messages.describe(transport.sent.getLast())).startsWith("commands 4 move 3 ");
    }

    @Test
    void shouldRefuseACommandWhenNotInWorld() {
        connected();

        assertThat(client.move(1)).isEqualTo(OrreryClient.NOT_IN_WORLD);
    }

    @Test
    void shouldSendCommandsLaterWhenTheTransportIsFull() {
        final FakeTransport transport = inWorld();
        transport.isFull = true;

        client.move(5);
        transport.isFull = false;
        clock.advanceMs(50);
        client.doWork();

        assertThat(client.counters().sendsRefused()).isEqualTo(1);
        assertThat(transport.sent).extracting(Messages::describe).containsExactly("commands 1 move 5");
    }

    @Test
    void shouldReportAFaultWhenAFrameAcknowledgesWhatWasNeverGiven() {
        final FakeTransport transport = inWorld();
        client.move(5);

        transport.deliver(Messages.frame(1, 10, 2, 0, writer -> { }));

        assertThat(listener.faults).containsExactly(ClientFault.UNKNOWN_COMMAND);
        assertThat(client.pendingCommandCount()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatFramesSayAndHandOnTheirEnvelope() {
        final FakeTransport transport = inWorld();

        transport.deliver(Messages.frame(1, 100, 0, 0, writer -> writer.enter(3, Messages.OWN_ID, OWN, 0)));
        transport.deliver(Messages.frame(2, 101, 0, 1, writer -> writer.update(3, 1, OWN, 0, MOVED, 0)));

        final ReplicatedEntity own = client.entities().find(Messages.OWN_ID);
        assertThat(own.xCm()).isEqualTo(5_030);
        assertThat(own.slot()).isEqualTo(101);
        assertThat(listener.lines).endsWith("enter 77",
            "frame 1 slot 100 command 0 age 3 time 100 lost 9", "frame 2 slot 101 command 0 age 3 time 100 lost 9");
    }

    @Test
    void shouldKeepFramesThatOvertakeWelcome() {
        final FakeTransport transport = connected();

        transport.deliver(Messages.frame(1, 100, 0, 0, writer -> writer.enter(3, Messages.OWN_ID, OWN, 0)));
        transport.deliver(Messages.welcome());
        transport.deliver(Messages.frame(2, 101, 0, 1, writer -> writer.update(3, 1, OWN, 0, MOVED, 0)));

        assertThat(client.entities().find(Messages.OWN_ID).xCm()).isEqualTo(5_030);
        assertThat(listener.faults).isEmpty();
    }

    @Test
    void shouldFailToConnectWhenTheTransportDoes() {
        client.connect(TOKEN);
        transports.getFirst().events.onStateChange(-2);
        client.doWork();

        assertThat(client.state()).isEqualTo(ClientState.CONNECT_FAILED);
        assertThat(client.transportState()).isEqualTo(-2);
        assertThat(transports.getFirst().isClosed).isTrue();
    }

    @Test
    void shouldStartAfreshWhenConnectingAgain() {
        final FakeTransport first = inWorld();
        first.deliver(Messages.frame(900, 100, 0, 0, writer -> writer.enter(3, Messages.OWN_ID, OWN, 0)));
        client.move(1);
        first.events.onStateChange(-4);
        client.doWork();

        final ClientState ended = client.state();
        final FakeTransport second = inWorld();
        first.deliver(Messages.frame(901, 101, 0, 0, writer -> writer.enter(4, 5L, OWN, 0)));
        second.deliver(Messages.frame(1, 50, 0, 0, writer -> writer.enter(9, 6L, OWN, 0)));

        assertThat(ended).isEqualTo(ClientState.DISCONNECTED);
        assertThat(client.entities().count()).isEqualTo(1);
        assertThat(client.entities().find(6L)).isNotNull();
        assertThat(client.move(7)).isEqualTo(1);
    }

    @Test
    void shouldSayGoodbyeWhenClosed() {
        final FakeTransport transport = inWorld();

        client.close();
        client.close();

        assertThat(transport.isClosed).isTrue();
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(listener.lines).endsWith("IN_WORLD", "CLOSED");
        assertThatThrownBy(() -> client.connect(TOKEN)).isInstanceOf(IllegalStateException.class).hasMessageContaining("state=CLOSED");
    }

    @Test
    void shouldNotFailWhenThereIsNoRoomForAConnection() {
        final OrreryClient roomless = new OrreryClient(new ClientContext().transportFactory(events -> null).conclude());

        roomless.connect(TOKEN);

        assertThat(roomless.state()).isEqualTo(ClientState.CONNECT_FAILED);
    }

    @Test
    void shouldCountAndSurviveWhenMessagesAreRandomOrTruncated() {
        final long seed = 20_261;
        final Random random = new Random(seed);
        final FakeTransport transport = inWorld();
        final byte[] good = Messages.frame(1, 10, 0, 0, writer -> {
            for (int i = 0; i < 20; i++) {
                writer.enter(i, 100 + i, OWN, 0);
            }
        });

        for (int i = 0; i < 1_000; i++) {
            transport.deliver(damaged(random, good, i));
        }
        for (int cut = 0; cut < good.length; cut++) {
            transport.deliver(Arrays.copyOf(good, cut));
        }

        final long shown = client.counters().framesShown() + client.counters().framesLate() + client.counters().framesIgnored();
        assertThat(listener.faults.size() + shown).as("seed %d", seed).isGreaterThanOrEqualTo(1_000L);
        assertThat(client.counters().faults(ClientFault.MALFORMED_MESSAGE)).isGreaterThan(300);
        assertThat(client.counters().faults(ClientFault.MALFORMED_FRAME)).isGreaterThan(50);
        assertThat(client.counters().faults(ClientFault.UNKNOWN_MESSAGE)).isGreaterThan(1);
        assertThat(client.state()).isIn(ClientState.IN_WORLD, ClientState.REFUSED);
    }

    @Test
    void shouldAllocateNothingWhenFramesAndCommandsFlow() {
        final FakeTransport transport = inWorld();
        transport.isRecording = false;
        transport.deliver(Messages.frame(1, 1, 0, 0, writer -> {
            for (int i = 0; i < 40; i++) {
                writer.enter(i, Messages.OWN_ID + i, OWN, 0);
            }
        }));
        final byte[] leaveAndEnter = Messages.body(0, writer -> {
            writer.leave(39);
            writer.enter(50, 500, OWN, 0);
            for (int i = 0; i < 39; i++) {
                writer.update(i, 0, OWN, 0, MOVED, 0);
            }
        });
        final byte[] leaveBack = Messages.body(1, writer -> {
            writer.leave(50);
            writer.enter(39, Messages.OWN_ID + 39, OWN, 0);
            for (int i = 0; i < 39; i++) {
                writer.update(i, 1, MOVED, 0, MOVED, 0);
            }
        });
        final UnsafeBuffer odd = new UnsafeBuffer(Messages.frame(0, 0, 0, leaveAndEnter));
        final UnsafeBuffer even = new UnsafeBuffer(Messages.frame(0, 0, 0, leaveBack));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final WorldPosition position = new WorldPosition();
        final RecordingListener.Pause pause = listener.pause();

        long leastBytes = Long.MAX_VALUE;
        int number = 1;
        for (int round = 0; round < 4; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                number = frames(transport, odd, even, number);
                client.entities().position(Messages.OWN_ID, number - 1.5, position);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        pause.end();

        assertThat(leastBytes).isZero();
        assertThat(client.counters().framesShown()).isEqualTo(4_001);
        assertThat(listener.faults).isEmpty();
        assertThat(client.pendingCommandCount()).isZero();
    }

    private int frames(final FakeTransport transport, final UnsafeBuffer odd, final UnsafeBuffer even, final int number) {
        final long sequence = client.move(number);
        client.doWork();
        stamp(odd, number + 1, sequence);
        transport.events.onPayload(odd, 0, odd.capacity());
        stamp(even, number + 2, sequence);
        transport.events.onPayload(even, 0, even.capacity());
        clock.advanceMs(50);
        return number + 2;
    }

    private static void stamp(final UnsafeBuffer frame, final int number, final long lastCommand) {
        frame.putInt(8, number);
        frame.putInt(12, number);
        frame.putInt(16, (int) lastCommand);
    }

    private static byte[] damaged(final Random random, final byte[] good, final int number) {
        switch (random.nextInt(4)) {
            case 0 -> {
                final byte[] noise = new byte[random.nextInt(100)];
                random.nextBytes(noise);
                return noise;
            }
            case 1 -> {
                return Arrays.copyOf(good, random.nextInt(good.length));
            }
            case 2 -> {
                final byte[] noisyBody = good.clone();
                new UnsafeBuffer(noisyBody).putInt(8, 2 + number);
                for (int i = 27; i < noisyBody.length; i++) {
                    noisyBody[i] = (byte) random.nextInt();
                }
                return noisyBody;
            }
            default -> {
                final byte[] flipped = good.clone();
                flipped[random.nextBoolean() ? random.nextInt(8) : 25 + random.nextInt(2)] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
        }
    }

    private FakeTransport connected() {
        client.connect(TOKEN);
        transports.getLast().accept();
        return transports.getLast();
    }

    private FakeTransport inWorld() {
        final FakeTransport transport = connected();
        transport.deliver(Messages.welcome());
        transport.sent.clear();
        return transport;
    }

    private ClientTransport newTransport(final ClientTransportEvents events) {
        transports.add(new FakeTransport(events));
        return transports.getLast();
    }
}
