package io.orrery.game.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.message.codec.FrameEncoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.udp.ConnectionEvents;
import io.orrery.transport.udp.UdpServer;
import io.orrery.transport.udp.UdpServerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EgressAgentTest implements EgressListener, ConnectionEvents {
    private final EgressInbox first = new EgressInbox(1 << 16);
    private final EgressInbox second = new EgressInbox(1 << 16);
    private final List<String> heard = new ArrayList<>();
    private UdpServer server;
    private EgressAgent agent;

    @BeforeEach
    void start() {
        server = new UdpServer(new UdpServerContext()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).protocolId(1).privateKey(new byte[32])
            .clientCapacity(1).events(this).conclude());
        server.onStart();
        agent = new EgressAgent(new EgressInbox[] {first, second}, server, this);
    }

    @AfterEach
    void stop() {
        server.onClose();
    }

    @Test
    void shouldTellWhatFramesSayOfEveryInboxWhenClientsAreGoneToo() {
        first.offerFrame(11, 1, 3, frame(0xFFFF_FFFEL), frameLength());
        first.offerGone(12, RefusalCode.WORLD_FULL.value());
        second.offerFrame(13, 2, 0, frame(0), frameLength());

        final int work = agent.doWork();

        assertThat(work).isEqualTo(3);
        assertThat(heard).containsExactly("frame 11 in 3 applied 4294967294", "gone 12 WORLD_FULL", "frame 13 in 0 applied 0");
        assertThat(agent.doWork()).isZero();
        assertThat(server.counters().datagramsSent()).as("nobody is connected").isZero();
    }

    @Test
    void shouldTakeABoundedNumberOfMessagesAtOnce() {
        int offeredCount = 0;
        while (first.offerGone(offeredCount, RefusalCode.DRAINING.value())) {
            offeredCount++;
        }

        final int work = agent.doWork();
        final boolean hasRoomAgain = first.offerGone(offeredCount, RefusalCode.DRAINING.value());

        assertThat(offeredCount).isGreaterThan(256);
        assertThat(work).isEqualTo(256);
        assertThat(hasRoomAgain).isTrue();
    }

    @Test
    void shouldRefuseAFrameWhenTheInboxIsFull() {
        final UnsafeBuffer message = frame(1);
        int takenCount = 0;
        while (first.offerFrame(1, takenCount, 0, message, 1_190)) {
            takenCount++;
        }

        assertThat(takenCount).isBetween(50, 54);
        assertThat(agent.doWork()).isEqualTo(takenCount);
        assertThat(first.offerFrame(1, takenCount, 0, message, 1_190)).isTrue();
    }

    @Override
    public void onFrame(final long connectionId, final int partition, final long appliedSequence) {
        heard.add("frame " + connectionId + " in " + partition + " applied " + appliedSequence);
    }

    @Override
    public void onGone(final long connectionId, final RefusalCode code) {
        heard.add("gone " + connectionId + " " + code);
    }

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        return true;
    }

    @Override
    public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
        heard.add("connected " + connectionId);
    }

    @Override
    public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
        heard.add("payload " + connectionId);
    }

    @Override
    public void onAcked(final long connectionId, final long tag) {
        heard.add("acked " + connectionId);
    }

    @Override
    public void onDisconnected(final long connectionId, final DisconnectReason reason) {
        heard.add("disconnected " + connectionId);
    }

    private static UnsafeBuffer frame(final long lastCommand) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_200]);
        new FrameEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .frameNumber(1).slot(2).lastCommand(lastCommand).commandAge(0).timeFactorPercent((short) 100).lostSlotCount(0)
            .putBody(new byte[2], 0, 2);
        return buffer;
    }

    private static int frameLength() {
        return MessageHeaderEncoder.ENCODED_LENGTH + FrameEncoder.BLOCK_LENGTH + 2 + 2;
    }
}
