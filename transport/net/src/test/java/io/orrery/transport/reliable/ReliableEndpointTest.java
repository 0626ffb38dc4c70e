package io.orrery.transport.reliable;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class ReliableEndpointTest {
    private static final byte[] MESSAGE = {42};

    private final ReliableEndpoint left = new ReliableEndpoint();
    private final ReliableEndpoint right = new ReliableEndpoint();
    private final List<Long> leftAcked = new ArrayList<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldReportATagOnceTheOtherSideHasThePacket() {
        final byte[] packet = write(left, 7, true);

        read(right, packet);
        final List<Long> before = List.copyOf(leftAcked);
        read(left, write(right, 0, false));
        read(left, write(right, 0, false));

        assertThat(before).isEmpty();
        assertThat(leftAcked).containsExactly(7L);
    }

    @Test
    void shouldOweAnAcknowledgementForMessagesOnly() {
        read(right, write(left, 0, false));
        final boolean afterHeaderOnly = right.isAckDue();
        read(right, write(left, 0, true));
        final boolean afterMessage = right.isAckDue();
        write(right, 0, false);

        assertThat(afterHeaderOnly).isFalse();
        assertThat(afterMessage).isTrue();
        assertThat(right.isAckDue()).isFalse();
    }

    @Test
    void shouldRefuseASequenceThatCameBefore() {
        final byte[] packet = write(left, 0, true);
        read(right, packet);

        assertThat(read(right, packet)).isEqualTo(ReliableEndpoint.DUPLICATE);
    }

    @Test
    void shouldNotReportAPacketThatDidNotLeave() {
        write(left, 7, true);
        left.onNotSent();
        read(right, write(left, 8, true));

        read(left, write(right, 0, false));

        assertThat(leftAcked).containsExactly(8L);
    }

    @Test
    void shouldIgnoreAcknowledgementsOfWhatWasNeverSent() {
        final int length = PacketHeader.encode(scratch, 0, 0, 500, -1);
        read(left, Arrays.copyOf(scratch.byteArray(), length));
        final byte[] packet = write(left, 7, true);

        read(right, packet);
        read(right, write(left, 8, true));
        read(left, write(right, 0, false));
        final int second = PacketHeader.encode(scratch, 0, 1, 1, 3);
        read(left, Arrays.copyOf(scratch.byteArray(), second));

        assertThat(leftAcked).containsExactly(7L, 8L);
    }

    @Test
    void shouldReportOldestFirst() {
        for (int tag = 1; tag <= 20; tag++) {
            read(right, write(left, tag, true));
        }

        read(left, write(right, 0, false));

        assertThat(leftAcked).isSorted().hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReportOnlyWhatArrivedUnderLossReorderingAndWrapAround(final long seed) {
        System.out.println("ReliableEndpointTest seed " + seed);
        final Random random = new Random(seed);
        final Set<Long> arrived = new HashSet<>();
        final List<byte[]> toRight = new ArrayList<>();
        final Deque<byte[]> toLeft = new ArrayDeque<>();
        // More than twice around the 16-bit sequences.
        for (long tag = 1; tag <= 140_000; tag++) {
            final byte[] packet = write(left, tag, true);
            if (random.nextInt(10) != 0) {
                toRight.add(random.nextInt(Math.max(1, toRight.size() - 3), toRight.size() + 2) - 1, packet);
            }
            if (toRight.size() > 4) {
                final byte[] next = toRight.removeFirst();
                if (read(right, next) > 0) {
                    arrived.add(tagOf(next));
                }
                if (random.nextInt(3) == 0) {
                    toLeft.add(write(right, 0, false));
                }
            }
            while (toLeft.size() > 2) {
                final byte[] ack = random.nextBoolean() ? toLeft.removeFirst() : toLeft.removeLast();
                if (random.nextInt(10) != 0) {
                    read(left, ack);
                }
            }
        }

        assertThat(new HashSet<>(leftAcked).size()).isEqualTo(leftAcked.size());
        assertThat(arrived.containsAll(leftAcked)).isTrue();
        assertThat(leftAcked.size()).isGreaterThan(arrived.size() * 99 / 100);
    }

    private byte[] write(final ReliableEndpoint from, final long tag, final boolean hasMessage) {
        int length = from.writeHeader(scratch, 0, tag);
        if (hasMessage) {
            scratch.putBytes(length, MESSAGE);
            scratch.putLong(length + 1, tag);
            length += 1 + Long.BYTES;
        }
        return Arrays.copyOf(scratch.byteArray(), length);
    }

    private int read(final ReliableEndpoint to, final byte[] packet) {
        return to.onHeader(new UnsafeBuffer(packet), 0, packet.length, to == left ? leftAcked::add : tag -> { });
    }

    private static long tagOf(final byte[] packet) {
        return new UnsafeBuffer(packet).getLong(packet.length - Long.BYTES);
    }
}
