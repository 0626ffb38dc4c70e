package io.orrery.world.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordRingTest {
    @Test
    void shouldRefuseWhenFullAndTakeInOrder() {
        final RecordRing ring = new RecordRing(4, 2);
        for (int i = 0; i < 4; i++) {
            ring.words()[ring.claim() + 1] = i;
            ring.commit();
        }

        final int refused = ring.claim();

        assertThat(refused).isEqualTo(RecordRing.FULL);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.words()[ring.peek() + 1]).isEqualTo(i);
            ring.release();
        }
        assertThat(ring.peek()).isEqualTo(RecordRing.EMPTY);
        assertThat(ring.claim()).isNotEqualTo(RecordRing.FULL);
    }

    @Test
    void shouldCarryEveryRecordBetweenTwoThreads() throws InterruptedException {
        final int count = 500_000;
        final RecordRing ring = new RecordRing(64, 3);
        final AtomicLong wrong = new AtomicLong();
        final Thread consumer = new Thread(() -> {
            for (long expected = 0; expected < count; ) {
                final int offset = ring.peek();
                if (offset == RecordRing.EMPTY) {
                    Thread.yield();
                    continue;
                }
                if (ring.words()[offset] != expected || ring.words()[offset + 2] != ~expected) {
                    wrong.incrementAndGet();
                }
                ring.release();
                expected++;
            }
        });
        consumer.start();

        for (long i = 0; i < count; ) {
            final int offset = ring.claim();
            if (offset == RecordRing.FULL) {
                Thread.yield();
                continue;
            }
            ring.words()[offset] = i;
            ring.words()[offset + 2] = ~i;
            ring.commit();
            i++;
        }
        consumer.join();

        assertThat(wrong).hasValue(0);
        assertThat(ring.count()).isZero();
    }

    @Test
    void shouldPointHeadingsCounterClockwiseFromEast() {
        assertThat(MoveRule.cos(0)).isEqualTo(1f);
        assertThat(MoveRule.sin(16_384)).isEqualTo(1f);
        assertThat(MoveRule.velocityX(32_768, 6)).isEqualTo(-6f);
        assertThat(MoveRule.velocityY(49_152, 6)).isEqualTo(-6f);
    }
}
