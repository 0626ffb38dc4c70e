package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class ReplayWindowTest {
    private static final long MAX = -1L;

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void shouldTakeEachSequenceOnceInOrder() {
        for (long sequence = 0; sequence < 1000; sequence++) {
            assertThat(window.isReplayed(sequence)).isFalse();
            window.advance(sequence);
            assertThat(window.isReplayed(sequence)).isTrue();
        }
    }

    @Test
    void shouldRefuseWhatIsOlderThanTheWindow() {
        window.advance(1000);

        assertThat(window.isReplayed(1000 - 256)).isTrue();
        assertThat(window.isReplayed(1000 - 255)).isFalse();
        assertThat(window.isReplayed(0)).isTrue();
    }

    @Test
    void shouldTakeZeroAfterHigherSequencesInsideTheWindow() {
        window.advance(255);

        assertThat(window.isReplayed(0)).isFalse();

        window.advance(256);

        assertThat(window.isReplayed(0)).isTrue();
        assertThat(window.isReplayed(1)).isFalse();
    }

    @Test
    void shouldNotOverflowAtTheLastSequences() {
        window.advance(MAX);

        assertThat(window.isReplayed(MAX)).isTrue();
        assertThat(window.isReplayed(MAX - 1)).isFalse();
        assertThat(window.isReplayed(MAX - 255)).isFalse();
        assertThat(window.isReplayed(MAX - 256)).isTrue();
        assertThat(window.isReplayed(0)).isTrue();
        assertThat(window.isReplayed(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void shouldCrossTheSignBit() {
        window.advance(Long.MAX_VALUE);

        assertThat(window.isReplayed(Long.MIN_VALUE)).isFalse();
        window.advance(Long.MIN_VALUE);
        assertThat(window.isReplayed(Long.MAX_VALUE)).isTrue();
        assertThat(window.isReplayed(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void shouldChangeNothingWhenAsked() {
        window.advance(10);

        window.isReplayed(MAX);
        window.isReplayed(5000);

        assertThat(window.mostRecent()).isEqualTo(10);
        assertThat(window.isReplayed(9)).isFalse();
    }

    @Test
    void shouldForgetWhenReset() {
        window.advance(MAX);

        window.reset();

        assertThat(window.isReplayed(0)).isFalse();
        assertThat(window.isReplayed(MAX)).isFalse();
    }

    @Test
    void shouldAgreeWithASetOfAllThatCame() {
        for (final long start : new long[] {0, 1L << 63, MAX - 40_000}) {
            final long seed = 4711;
            System.out.println("ReplayWindowTest seed " + seed + " start " + Long.toUnsignedString(start));
            final Random random = new Random(seed);
            final Set<Long> received = new HashSet<>();
            window.reset();
            long newest = start;
            window.advance(newest);
            received.add(newest);
            for (int i = 0; i < 20_000; i++) {
                final long sequence = newest + random.nextInt(600) - 597;
                if (Long.compareUnsigned(sequence, start) >= 0) {
                    final boolean isOld = Long.compareUnsigned(sequence, newest) <= 0 && newest - sequence >= 256;
                    assertThat(window.isReplayed(sequence)).isEqualTo(isOld || received.contains(sequence));
                    if (!window.isReplayed(sequence)) {
                        window.advance(sequence);
                        received.add(sequence);
                        newest = Long.compareUnsigned(sequence, newest) > 0 ? sequence : newest;
                    }
                }
            }
        }
    }
}
