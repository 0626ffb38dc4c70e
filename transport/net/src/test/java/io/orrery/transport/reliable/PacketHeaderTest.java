package io.orrery.transport.reliable;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class PacketHeaderTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final PacketHeader header = new PacketHeader();

    @Test
    void shouldPayFourBytesWithoutLoss() {
        assertThat(encoded(100, 98, -1)).isEqualTo("20640002");
        assertThat(encoded(1, 65_535, -1)).isEqualTo("20010002");
    }

    @Test
    void shouldPayNineBytesAtMost() {
        assertThat(encoded(0x1234, 0x0102, 0)).isEqualTo("1e3412020100000000");
        assertThat(encoded(0, 65_535, 0)).as("first packet of a connection").isEqualTo("3e00000100000000");
        assertThat(encoded(5, 4, 0xFF00FF01)).as("only mask bytes that are not full").isEqualTo("2a050001" + "01" + "00");
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        final long seed = 31;
        System.out.println("PacketHeaderTest seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            final int sequence = random.nextInt(1 << 16);
            final int ack = random.nextBoolean() ? random.nextInt(1 << 16) : sequence - random.nextInt(300) & 0xFFFF;
            final int mask = random.nextInt() | random.nextInt() | (random.nextBoolean() ? 0xFF << 8 * random.nextInt(4) : 0);
            final int offset = random.nextInt(8);

            final int length = PacketHeader.encode(buffer, offset, sequence, ack, mask);
            final int read = header.decode(buffer, offset, length);

            assertThat(length).isBetween(PacketHeader.LENGTH_MIN, PacketHeader.LENGTH_MAX);
            assertThat(read).isEqualTo(length);
            assertThat(header.sequence()).isEqualTo(sequence);
            assertThat(header.ack()).isEqualTo(ack);
            assertThat(header.ackMask()).isEqualTo(mask);
        }
    }

    @Test
    void shouldRefuseEveryTruncation() {
        final int length = PacketHeader.encode(buffer, 0, 1000, 1, 0);

        for (int cut = 0; cut < length; cut++) {
            assertThat(header.decode(buffer, 0, cut)).isEqualTo(PacketHeader.TRUNCATED);
        }
    }

    @Test
    void shouldAcceptExactlyWhatItWouldWriteItself() {
        final long seed = 32;
        System.out.println("PacketHeaderTest seed " + seed);
        final Random random = new Random(seed);
        final UnsafeBuffer again = new UnsafeBuffer(new byte[16]);
        int acceptedCount = 0;
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(buffer.byteArray());
            buffer.putByte(0, (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(32) << 1));
            if (random.nextBoolean()) {
                buffer.putByte(4 + random.nextInt(4), (byte) -1);
            }
            if (random.nextInt(4) == 0) {
                buffer.putShort(3, buffer.getShort(1));
            }

            final int length = header.decode(buffer, 0, 12);

            if (length > 0) {
                acceptedCount++;
                final int rewritten = PacketHeader.encode(again, 0, header.sequence(), header.ack(), header.ackMask());
                assertThat(Arrays.copyOf(again.byteArray(), rewritten)).isEqualTo(Arrays.copyOf(buffer.byteArray(), length));
            }
        }

        assertThat(acceptedCount).isBetween(10_000, 190_000);
    }

    @Test
    void shouldRefuseFormsThatAreNotCanonical() {
        assertThat(decode("22010000ff")).as("full mask byte present").isEqualTo(PacketHeader.NOT_CANONICAL);
        assertThat(decode("0002000100")).as("long ack that fits one byte").isEqualTo(PacketHeader.NOT_CANONICAL);
        assertThat(decode("60010000")).as("bit 6").isEqualTo(PacketHeader.NOT_CANONICAL);
        assertThat(decode("a0010000")).as("bit 7").isEqualTo(PacketHeader.NOT_CANONICAL);
        assertThat(decode("0100000000")).as("fragment").isEqualTo(PacketHeader.FRAGMENT);
        assertThat(decode("20010000")).isEqualTo(4);
    }

    private int decode(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        buffer.putBytes(0, bytes);
        return header.decode(buffer, 0, bytes.length);
    }

    private String encoded(final int sequence, final int ack, final int mask) {
        final int length = PacketHeader.encode(buffer, 0, sequence, ack, mask);
        return HexFormat.of().formatHex(buffer.byteArray(), 0, length);
    }
}
