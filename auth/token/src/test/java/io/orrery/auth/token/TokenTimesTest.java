package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTimesTest {
    private final Tokens tokens = new Tokens();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHoldToTheMillisecondWhenTimeIsNearAnEnd(final boolean isCached) {
        final IssuedToken issued = tokens.issuer.issue(1, List.of());
        final long firstMs = issued.claims().issuedAtMs() - Tokens.SKEW_MS;
        final long endMs = issued.claims().expiresAtMs() + Tokens.SKEW_MS;
        if (isCached) {
            tokens.verifier.verify(issued.text());
        }

        assertThat(statusAt(firstMs - 1, issued)).isEqualTo(TokenStatus.NOT_YET_VALID);
        assertThat(statusAt(firstMs, issued)).isEqualTo(TokenStatus.VALID);
        assertThat(statusAt(endMs - 1, issued)).isEqualTo(TokenStatus.VALID);
        assertThat(statusAt(endMs, issued)).isEqualTo(TokenStatus.EXPIRED);
        assertThat(statusAt(Long.MAX_VALUE, issued)).isEqualTo(TokenStatus.EXPIRED);
        assertThat(statusAt(0, issued)).isEqualTo(TokenStatus.NOT_YET_VALID);
    }

    @Test
    void shouldLiveAsLongAsConfiguredWhenIssued() {
        final TokenClaims claims = tokens.issuer.issue(1, List.of()).claims();

        assertThat(claims.expiresAtMs()).isEqualTo((Tokens.NOW_MS + Tokens.LIFE_MS) / 1000 * 1000);
        assertThat(claims.notBeforeMs()).isEqualTo(Tokens.NOW_MS / 1000 * 1000);
    }

    @Test
    void shouldAllowNoSkewWhenNoneIsConfigured() {
        final AccessTokenVerifier exact = new AccessTokenVerifier(tokens.verifierContext().clockSkewMs(0).conclude());
        final IssuedToken issued = tokens.issuer.issue(1, List.of());

        tokens.clock.update(issued.claims().issuedAtMs() - 1);
        assertThat(exact.verify(issued.text()).status()).isEqualTo(TokenStatus.NOT_YET_VALID);
        tokens.clock.update(issued.claims().expiresAtMs());
        assertThat(exact.verify(issued.text()).status()).isEqualTo(TokenStatus.EXPIRED);
    }

    private TokenStatus statusAt(final long epochMs, final IssuedToken issued) {
        tokens.clock.update(epochMs);
        return tokens.verifier.verify(issued.text()).status();
    }
}
