package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

class TokenHistoryTest {
    private static final long NOW_NS = -77;

    @Test
    void shouldForgetInOrderOfExpiryAndNotBefore() {
        final long seed = 99;
        System.out.println("TokenHistoryTest seed " + seed);
        final Random random = new Random(seed);
        final TokenHistory history = new TokenHistory(500);
        final Map<Long, Long> expiryByTag = new HashMap<>();
        for (long nowS = 1000; nowS < 3000; nowS++) {
            history.forgetExpired(nowS, 1000);
            final long at = nowS;
            expiryByTag.values().removeIf(expireS -> expireS <= at);
            if (!history.isFull()) {
                final long tag = random.nextLong();
                final long expireS = nowS + 1 + random.nextInt(1000);
                history.add(tag, ~tag, expireS, NOW_NS);
                expiryByTag.put(tag, expireS);
            }
            assertThat(history.count()).isEqualTo(expiryByTag.size());
        }
        expiryByTag.keySet().forEach(tag -> assertThat(history.find(tag, ~tag)).isNotNegative());
        history.forgetExpired(5000, 1000);
        assertThat(history.count()).isZero();
    }

    @Test
    void shouldTellTokensApartThatShareHalfATag() {
        final TokenHistory history = new TokenHistory(4);
        final int index = history.add(5, 6, 100, NOW_NS);

        assertThat(history.find(5, 6)).isEqualTo(index);
        assertThat(history.find(5, 7)).isEqualTo(TokenHistory.COLLISION);
        assertThat(history.find(6, 6)).isEqualTo(TokenHistory.ABSENT);
    }

    @Test
    void shouldKeepTokensThatNeverExpire() {
        final TokenHistory history = new TokenHistory(4);
        history.add(5, 6, -1L, NOW_NS);

        history.forgetExpired(1L << 40, 100);

        assertThat(history.count()).isEqualTo(1);
        assertThat(history.isForgotten(-1L)).isFalse();
    }

    @Test
    void shouldLetABurstThroughThenOneEach80Ms() {
        final TokenHistory history = new TokenHistory(4);
        final int index = history.add(5, 6, 100, NOW_NS);
        int admitted = 0;
        for (int ms = 0; ms < 1000; ms++) {
            final long nowNs = NOW_NS + ms * 1_000_000L;
            if (!history.isTooSoon(index, nowNs)) {
                history.onShown(index, nowNs);
                admitted++;
            }
        }

        assertThat(admitted).isBetween(14, 17);
    }

    @Test
    void shouldPopTheLeastFirst() {
        final Random random = new Random(3);
        final LongMinHeap heap = new LongMinHeap(1000);
        final long[] values = random.longs(1000, 0, 500).toArray();
        for (final long value : values) {
            heap.push(value);
        }
        Arrays.sort(values);

        for (final long value : values) {
            assertThat(heap.peek()).isEqualTo(value);
            assertThat(heap.pop()).isEqualTo(value);
        }
        assertThat(heap.isEmpty()).isTrue();
    }
}
