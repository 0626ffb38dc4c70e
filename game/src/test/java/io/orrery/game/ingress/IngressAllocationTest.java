package io.orrery.game.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.game.replication.ReplicationTap;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IngressAllocationTest {
    private static final int ROUNDS = 4;
    private static final int ROUND_MESSAGES = 5_000;
    private static final int MESSAGES_PER_SLOT = 20;
    private static final int FIRST_SEQUENCE_OFFSET = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingForCommandsAndAcknowledgements() {
        final IngressFixture fixture = new IngressFixture(1_024);
        final long connectionId = fixture.enter();
        fixture.stepped.tick();
        final UnsafeBuffer message = new UnsafeBuffer(IngressFixture.commands(1, 2, true));
        long leastBytes = Long.MAX_VALUE;
        int sequence = 1;
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = 0;
            for (int i = 0; i < ROUND_MESSAGES; i++) {
                message.putInt(FIRST_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                sequence += 3;
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                fixture.ingress.onPayload(connectionId, message, 0, message.capacity());
                fixture.ingress.onAcked(connectionId, i);
                fixture.ingress.onFrame(connectionId, 0, sequence - 1);
                fixture.ingress.doWork();
                bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
                if (i % MESSAGES_PER_SLOT == 0) {
                    fixture.stepped.tick();
                    ReplicationTap.drain(fixture.inbox);
                }
            }
            leastBytes = round == 0 ? leastBytes : Math.min(leastBytes, bytes);
        }

        assertThat(leastBytes).isZero();
        assertThat(fixture.ingress.counters().commandCount()).isEqualTo(3L * ROUNDS * ROUND_MESSAGES);
        assertThat(fixture.ingress.counters().commandFullCount()).isZero();
    }
}
