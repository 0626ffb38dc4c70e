package io.orrery.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/** Nothing is allocated per packet, received or sent, on either side, timers and acknowledgements included. */
class AllocationGateTest {
    private static final int ROUNDS = 3;
    private static final int WARM_UP = 20_000;
    private static final int PACKETS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LinkedPair pair = new LinkedPair(PacketCiphers.createNative(), PacketCiphers.createNative());
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[UdpServer.MESSAGE_LENGTH_MAX]);

    @Test
    void shouldAllocateNothingPerPacketWithTheNativeCipher() {
        exchange(WARM_UP);
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            exchange(PACKETS);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
        assertThat(pair.messageCount).isEqualTo(2L * (WARM_UP + ROUNDS * PACKETS));
        assertThat(pair.ackedCount).isGreaterThan(pair.messageCount - 10);
    }

    @Test
    void shouldAllocateNothingForPacketsThatAreRefused() {
        final UnsafeBuffer forged = pair.toServer.datagram(0);
        shoot(forged, WARM_UP);
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            shoot(forged, PACKETS);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
        assertThat(pair.toClient.count()).isZero();
    }

    private void exchange(final int count) {
        for (int i = 0; i < count; i++) {
            pair.client.send(0, i + 1, message, 0, 64);
            pair.server.send(pair.connectionId, 0, i + 1, message, 0, 1000);
            pair.deliver();
            if (i % 16 == 0) {
                pair.clock.advanceMs(30);
                pair.server.doWork();
                pair.client.onTimer(pair.clock.nanoTime());
                pair.deliver();
            }
        }
    }

    private void shoot(final UnsafeBuffer forged, final int count) {
        for (int i = 0; i < count; i++) {
            forged.setMemory(0, 100, (byte) i);
            forged.putByte(0, (byte) (i % 7 | 0x80));
            pair.server.onDatagram(LinkedPair.CLIENT, forged, 0, 100);
            forged.putByte(0, (byte) 0);
            pair.server.onDatagram(LinkedPair.CLIENT, forged, 0, 1078);
        }
    }
}
