package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void shouldRefuseWhenTheBucketIsEmptyAndSayWhenItIsNot() {
        final RateLimiter limiter = new RateLimiter(2, 4, 10, clock);
        limiter.tryAcquire("account");
        limiter.tryAcquire("account");

        final long waitNs = limiter.tryAcquire("account");
        clock.advanceMs(250);

        assertThat(waitNs).isEqualTo(250_000_000L);
        assertThat(limiter.tryAcquire("account")).isZero();
        assertThat(limiter.tryAcquire("account")).isPositive();
        assertThat(limiter.tryAcquire("another")).isZero();
        assertThat(limiter.refusedCount()).isEqualTo(2);
    }

    @Test
    void shouldNeverHoldMoreThanTheBurst() {
        final RateLimiter limiter = new RateLimiter(3, 1000, 10, clock);
        limiter.tryAcquire("a");

        clock.advanceMs(3_600_000);

        for (int i = 0; i < 3; i++) {
            assertThat(limiter.tryAcquire("a")).isZero();
        }
        assertThat(limiter.tryAcquire("a")).isPositive();
    }

    @Test
    void shouldShareABucketPerIpv6PrefixButNotPerIpv4Address() {
        final RateLimiter limiter = new RateLimiter(1, 1, 10, clock);

        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("2001:db8:0:1::1"))).isZero();
        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("2001:db8:0:1:ffff::9"))).isPositive();
        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("2001:db8:0:2::1"))).isZero();
        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("192.0.2.1"))).isZero();
        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("192.0.2.2"))).isZero();
        assertThat(limiter.tryAcquire(InetAddress.ofLiteral("::ffff:192.0.2.2"))).isPositive();
    }

    @Test
    void shouldStayBoundedWhenKeysAreEndless() {
        final RateLimiter limiter = new RateLimiter(1, 0.001, 100, clock);
        for (int i = 0; i < 10_000; i++) {
            limiter.tryAcquire("key" + i);
        }

        assertThat(limiter.bucketCount()).isEqualTo(100);
        assertThat(limiter.displacedCount()).isEqualTo(9_900);
        assertThat(limiter.tryAcquire("key9999")).isPositive();
    }

    @Test
    void shouldNameValueAndBounds() {
        assertThatThrownBy(() -> new RateLimiter(0, 1, 1, clock)).hasMessage("burst=0, must be in 1..1000000");
    }
}
