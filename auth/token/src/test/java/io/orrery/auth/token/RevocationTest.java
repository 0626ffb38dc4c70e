package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private final Tokens tokens = new Tokens();

    @Test
    void shouldFindATokenInTheCacheWhenItWasSeenBefore() {
        final String text = tokens.issuer.issue(1, List.of()).text();

        final TokenVerdict first = tokens.verifier.verify(text);
        final TokenVerdict second = tokens.verifier.verify(new String(text.toCharArray()));

        assertThat(second).isSameAs(first);
        assertThat(tokens.verifier.cacheHitCount()).isEqualTo(1);
        assertThat(tokens.verifier.count(TokenStatus.VALID)).isEqualTo(2);
    }

    @Test
    void shouldStayWithinItsCapacityWhenMoreTokensCome() {
        final AccessTokenVerifier small = new AccessTokenVerifier(tokens.verifierContext().cacheCapacity(16).conclude());
        for (int i = 1; i <= 200; i++) {
            assertThat(small.verify(tokens.issuer.issue(i, List.of()).text()).isValid()).isTrue();
            assertThat(small.cachedTokenCount()).isLessThanOrEqualTo(16);
        }

        assertThat(small.cachedTokenCount()).isGreaterThan(8);
    }

    @Test
    void shouldKeepNothingWhenATokenIsRefused() {
        tokens.verifier.verify("a.b.c.d.e");
        tokens.clock.advance(-10 * Tokens.SKEW_MS);
        final String early = tokens.issuer.issue(1, List.of()).text();
        tokens.clock.advance(-10 * Tokens.SKEW_MS);
        tokens.verifier.verify(early);

        assertThat(tokens.verifier.cachedTokenCount()).isZero();
    }

    @Test
    void shouldAllocateNothingWhenTokenIsInTheCache() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final String text = tokens.issuer.issue(1, List.of("player")).text();
        verifyOften(text, 20_000);

        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            verifyOften(text, 1_000);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
    }

    @Test
    void shouldRefuseOneTokenWhenItIsRevoked() {
        final IssuedToken revoked = tokens.issuer.issue(1, List.of());
        final IssuedToken other = tokens.issuer.issue(1, List.of());
        final IssuedToken unseen = tokens.issuer.issue(1, List.of());
        tokens.verifier.verify(revoked.text());
        tokens.verifier.verify(other.text());

        final boolean isDone = tokens.verifier.revokeToken(revoked.claims().tokenId())
            && tokens.verifier.revokeToken(unseen.claims().tokenId());

        assertThat(isDone).isTrue();
        assertThat(tokens.verifier.cachedTokenCount()).isEqualTo(1);
        assertThat(statusOf(revoked)).isEqualTo(TokenStatus.REVOKED);
        assertThat(statusOf(unseen)).isEqualTo(TokenStatus.REVOKED);
        assertThat(statusOf(other)).isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldRefuseWhatWasIssuedBeforeWhenAnAccountIsRevoked() {
        final IssuedToken before = tokens.issuer.issue(1, List.of());
        final IssuedToken other = tokens.issuer.issue(2, List.of());
        statusOf(before);

        tokens.verifier.revokeAccount(1, Tokens.NOW_MS);
        tokens.clock.advance(1);
        final IssuedToken after = tokens.issuer.issue(1, List.of());

        assertThat(statusOf(before)).isEqualTo(TokenStatus.REVOKED);
        assertThat(statusOf(after)).isEqualTo(TokenStatus.VALID);
        assertThat(statusOf(other)).isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldKeepTheLaterTimeWhenAnAccountIsRevokedTwice() {
        final IssuedToken issued = tokens.issuer.issue(1, List.of());

        tokens.verifier.revokeAccount(1, Tokens.NOW_MS);
        tokens.verifier.revokeAccount(1, Tokens.NOW_MS - 1_000);
        tokens.verifier.revokeEverything(Tokens.NOW_MS - 1_000);

        assertThat(statusOf(issued)).isEqualTo(TokenStatus.REVOKED);
        assertThat(tokens.verifier.revocationCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseEverythingIssuedBeforeWhenEverythingIsRevoked() {
        final IssuedToken seen = tokens.issuer.issue(1, List.of());
        final IssuedToken unseen = tokens.issuer.issue(2, List.of());
        statusOf(seen);

        tokens.verifier.revokeEverything(Tokens.NOW_MS);
        tokens.clock.advance(1);

        assertThat(tokens.verifier.cachedTokenCount()).isZero();
        assertThat(statusOf(seen)).isEqualTo(TokenStatus.REVOKED);
        assertThat(statusOf(unseen)).isEqualTo(TokenStatus.REVOKED);
        assertThat(statusOf(tokens.issuer.issue(1, List.of()))).isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldSayFullAndForgetTheExpiredWhenManyAreRevoked() {
        final AccessTokenVerifier small = new AccessTokenVerifier(tokens.verifierContext().revocationCapacity(2).conclude());
        assertThat(small.revokeToken("a") && small.revokeToken("b") && small.revokeAccount(1, Tokens.NOW_MS)).isTrue();
        assertThat(small.revokeAccount(2, Tokens.NOW_MS)).isTrue();

        assertThat(small.revokeToken("c")).isFalse();
        assertThat(small.revokeToken("a")).as("known already").isTrue();
        assertThat(small.revokeAccount(3, Tokens.NOW_MS)).isFalse();
        tokens.clock.advance(AccessTokenIssuer.LIFE_MAX_MS + 2 * Tokens.SKEW_MS);

        assertThat(small.revokeToken("c")).isTrue();
        assertThat(small.revokeAccount(3, tokens.clock.time())).isTrue();
        assertThat(small.revocationCount()).isEqualTo(2);
    }

    @Test
    void shouldForgetVerifiedTokensWhenKeysAreExchanged() {
        final IssuedToken issued = tokens.issuer.issue(1, List.of());
        statusOf(issued);

        tokens.verifier.keys(KeyRing.generate(Tokens.NOW_MS, tokens.random).verifierKeys());

        assertThat(tokens.verifier.cachedTokenCount()).isZero();
        assertThat(statusOf(issued)).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldNeverSayValidAfterwardsWhenRevocationRacesWithFirstSight() throws InterruptedException {
        final AtomicReference<String> shown = new AtomicReference<>();
        final AtomicBoolean isRunning = new AtomicBoolean(true);
        final CountDownLatch hasStarted = new CountDownLatch(1);
        final AtomicInteger faultCount = new AtomicInteger();
        final Thread reader = new Thread(() -> {
            hasStarted.countDown();
            while (isRunning.get()) {
                final String text = shown.get();
                final TokenStatus status = text == null ? TokenStatus.VALID : tokens.verifier.verify(text).status();
                if (status != TokenStatus.VALID && status != TokenStatus.REVOKED) {
                    faultCount.incrementAndGet();
                }
                Thread.onSpinWait();
            }
        }, "test-reader-0");
        reader.start();
        hasStarted.await();

        final List<String> validAfterwards = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            final IssuedToken issued = tokens.issuer.issue(1, List.of());
            shown.set(issued.text());
            for (int spin = 0; spin < i * 60; spin++) {
                Thread.onSpinWait();
            }
            tokens.verifier.revokeToken(issued.claims().tokenId());
            if (statusOf(issued) != TokenStatus.REVOKED) {
                validAfterwards.add(issued.claims().tokenId());
            }
        }
        isRunning.set(false);
        reader.join(10_000);

        assertThat(validAfterwards).as("G2").isEmpty();
        assertThat(faultCount).hasValue(0);
    }

    private void verifyOften(final String text, final int count) {
        for (int i = 0; i < count; i++) {
            if (!tokens.verifier.verify(text).isValid()) {
                throw new AssertionError("not valid");
            }
        }
    }

    private TokenStatus statusOf(final IssuedToken issued) {
        return tokens.verifier.verify(issued.text()).status();
    }
}
