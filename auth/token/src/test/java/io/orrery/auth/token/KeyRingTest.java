package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.CachedEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final long LEAD_MS = 60_000;
    private static final long KEEP_MS = Tokens.LIFE_MS + Tokens.SKEW_MS;

    private final SeededRandom random = new SeededRandom(3);

    @Test
    void shouldSignWithTheNewKeyOnlyFromItsTimeWhenRotated() {
        final KeyRing first = KeyRing.generate(1_000, random);
        final KeyRing second = first.rotated(5_000, 9_000, random);

        assertThat(second.signingKids()).hasSize(2).startsWith(first.signingKids().getFirst());
        assertThat(second.newestActiveFromMs()).isEqualTo(9_000);
        assertThat(second.signingKeyAt(999)).isNull();
        assertThat(second.signingKeyAt(8_999).life().kid()).isEqualTo(first.signingKids().getFirst());
        assertThat(second.signingKeyAt(9_000).life().kid()).isEqualTo(second.signingKids().getLast());
        assertThat(second.encryptionKeyAt(8_999).life.kid()).isEqualTo(first.encryptionKeyAt(8_999).life.kid());
        assertThat(second.encryptionKeyAt(9_000).life.kid()).isNotEqualTo(first.encryptionKeyAt(9_000).life.kid());
    }

    @Test
    void shouldDropOnlyWhatIsOverWhenPruned() {
        final KeyRing ring = KeyRing.generate(0, random).rotated(1_000, 1_000, random).rotated(2_000, 2_000, random);

        assertThat(ring.pruned(1_499, 500).signingKids()).hasSize(3);
        assertThat(ring.pruned(1_500, 500).signingKids()).hasSize(2);
        assertThat(ring.pruned(Long.MAX_VALUE, 0).signingKids()).containsExactly(ring.signingKids().getLast());
    }

    @Test
    void shouldNameTheBoundsWhenRotationIsMisused() {
        final KeyRing ring = KeyRing.generate(1_000, random);
        KeyRing full = ring;
        for (int i = 1; i < KeyRing.KEY_COUNT_MAX; i++) {
            full = full.rotated(1_000, 1_000 + i, random);
        }
        final KeyRing last = full;

        assertThatThrownBy(() -> ring.rotated(1_000, 1_000, random)).hasMessageStartingWith("activeFromMs=1000, must be in 1001..");
        assertThatThrownBy(() -> ring.rotated(5_000, 4_999, random)).hasMessageStartingWith("activeFromMs=4999, must be in 5000..");
        assertThatThrownBy(() -> last.rotated(2_000, 2_000, random)).hasMessage("keyCount=32, must be in 1..31");
        assertThat(KeyRing.parse("full", last.toText()).toText()).isEqualTo(last.toText());
    }

    /** Rotations, pruning, late verifiers, clocks that differ: no unexpired token is ever refused, no expired one passes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHaveNoOutageWhenKeysRotate(final long seed) {
        final SplittableRandom choice = new SplittableRandom(seed);
        final CachedEpochClock authClock = Tokens.clockAt(Tokens.NOW_MS);
        final CachedEpochClock verifierClock = Tokens.clockAt(Tokens.NOW_MS);
        final long offsetMs = choice.nextLong(-Tokens.SKEW_MS, Tokens.SKEW_MS + 1);
        final SeededRandom keyRandom = new SeededRandom(seed);
        KeyRing ring = KeyRing.generate(Tokens.NOW_MS, keyRandom);
        final AccessTokenIssuer issuer = new AccessTokenIssuer(new TokenIssuerContext().keyRing(ring).issuer("i").audience("a")
            .lifeMs(Tokens.LIFE_MS).clock(authClock).conclude());
        final AccessTokenVerifier verifier = new AccessTokenVerifier(new TokenVerifierContext().keys(ring.verifierKeys()).issuer("i")
            .audience("a").lifeMaxMs(Tokens.LIFE_MS).clockSkewMs(Tokens.SKEW_MS).clock(verifierClock).cacheCapacity(16).conclude());
        final List<IssuedToken> issued = new ArrayList<>();
        String distributed = null;
        long distributeAtMs = Long.MAX_VALUE;

        for (int step = 0; step < 100; step++) {
            authClock.advance(choice.nextInt(25_000));
            verifierClock.update(authClock.time() + offsetMs);
            final long nowMs = authClock.time();
            if (nowMs >= distributeAtMs) {
                verifier.keys(VerifierKeys.parse("keys", distributed));
                distributeAtMs = Long.MAX_VALUE;
            }
            if (distributeAtMs == Long.MAX_VALUE && choice.nextInt(8) == 0 && nowMs > ring.newestActiveFromMs()) {
                final KeyRing rotated = ring.pruned(nowMs, KEEP_MS).rotated(nowMs, nowMs + LEAD_MS, keyRandom);
                ring = KeyRing.parse("ring", rotated.toText());
                issuer.keyRing(ring);
                distributed = ring.verifierKeys().toText();
                // A step is at most 25 s: the verifiers have the keys before they are used.
                distributeAtMs = nowMs + choice.nextLong(LEAD_MS - 25_000);
            }
            issued.add(issuer.issue(step + 1, List.of()));

            final IssuedToken shown = issued.get(choice.nextInt(Math.max(0, issued.size() - 40), issued.size()));
            final TokenStatus status = verifier.verify(shown.text()).status();
            if (nowMs < shown.claims().expiresAtMs()) {
                assertThat(status).as("seed %d step %d offset %d", seed, step, offsetMs).isEqualTo(TokenStatus.VALID);
            } else if (nowMs >= shown.claims().expiresAtMs() + 2 * Tokens.SKEW_MS) {
                assertThat(status).as("seed %d step %d", seed, step).isIn(TokenStatus.EXPIRED, TokenStatus.UNKNOWN_KEY);
            }
        }
        assertThat(ring.signingKids().size()).as("seed %d", seed).isBetween(1, 12);
    }
}
