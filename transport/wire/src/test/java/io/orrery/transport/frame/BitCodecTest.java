package io.orrery.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BitCodecTest {
    @Test
    void shouldReadBackEveryLengthWhenValuesAreRandom() {
        final long seed = 4_711;
        final Random random = new Random(seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 * 1_024]);
        final int[] values = new int[1_000];
        final int[] bitCounts = new int[values.length];
        final BitWriter writer = new BitWriter();
        writer.wrap(buffer, 3, 7 * 1_024);
        for (int i = 0; i < values.length; i++) {
            bitCounts[i] = random.nextInt(33);
            values[i] = bitCounts[i] == 0 ? 0 : random.nextInt() >>> 32 - bitCounts[i];
            writer.write(values[i], bitCounts[i]);
        }

        final int length = writer.finish();
        final BitReader reader = new BitReader();
        reader.wrap(buffer, 3, length);

        for (int i = 0; i < values.length; i++) {
            assertThat(reader.read(bitCounts[i])).as("seed %d value %d of %d bits", seed, i, bitCounts[i]).isEqualTo(values[i]);
        }
        assertThat(reader.isOverrun()).isFalse();
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void shouldReturnZeroAndRememberWhenReadPastTheEnd() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[] {-1, -1, -1, -1});
        final BitReader reader = new BitReader();
        reader.wrap(buffer, 0, 1);

        final int inside = reader.read(5);
        final int outside = reader.read(4);

        assertThat(inside).isEqualTo(31);
        assertThat(outside).isZero();
        assertThat(reader.isOverrun()).isTrue();
        assertThat(reader.read(1)).as("nothing is trusted afterwards").isZero();
    }

    @Test
    void shouldSeeTrailingBitsWhenTheLastByteIsNotFilledWithZeros() {
        final BitReader reader = new BitReader();
        reader.wrap(new UnsafeBuffer(new byte[] {0b0001_0111}), 0, 1);

        reader.read(3);

        assertThat(reader.isAtEnd()).isFalse();
    }
}
