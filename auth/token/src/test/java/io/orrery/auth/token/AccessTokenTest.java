package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
    private static final long SEED = 20261122L;
    private static final String OTHER_CHARS = "A_9.= \n\u00e9\u0141+/";

    private final Tokens tokens = new Tokens();

    @Test
    void shouldGiveTheClaimsBackWhenTokenIsGenuine() {
        final IssuedToken issued = tokens.issuer.issue(42, List.of("player", "gm"));

        final TokenVerdict verdict = tokens.verifier.verify(issued.text());

        assertThat(verdict.status()).isEqualTo(TokenStatus.VALID);
        assertThat(verdict.claims()).isEqualTo(issued.claims());
        assertThat(verdict.claims().accountId()).isEqualTo(42);
        assertThat(verdict.claims().issuedAtMs()).isEqualTo(Tokens.NOW_MS);
        assertThat(verdict.claims().hasRole("gm")).isTrue();
        assertThat(verdict.claims().hasRole("admin")).isFalse();
    }

    @Test
    void shouldBeReadByAThirdSideWhenItHasTheKeys() throws Exception {
        final IssuedToken issued = tokens.issuer.issue(Long.MAX_VALUE, List.of("player"));

        final JWEObject outer = JWEObject.parse(issued.text());
        outer.decrypt(new DirectDecrypter(tokens.encryptionKey().raw));
        final JWSObject inner = JWSObject.parse(outer.getPayload().toString());
        final Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, new Ed25519PublicKeyParameters(tokens.signingKey().verifying.raw));
        signer.update(inner.getSigningInput(), 0, inner.getSigningInput().length);
        final JWTClaimsSet claims = JWTClaimsSet.parse(inner.getPayload().toJSONObject());

        assertThat(outer.getHeader().getContentType()).isEqualTo("JWT");
        assertThat(inner.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(signer.verifySignature(inner.getSignature().decode())).isTrue();
        assertThat(claims.getSubject()).isEqualTo(Long.toString(Long.MAX_VALUE));
        assertThat(claims.getAudience()).containsExactly(Tokens.AUDIENCE);
        assertThat(claims.getJWTID()).isEqualTo(issued.claims().tokenId());
        assertThat(claims.getExpirationTime().getTime()).isEqualTo(issued.claims().expiresAtMs());
        assertThat(claims.getStringListClaim("roles")).containsExactly("player");
    }

    @Test
    void shouldNeverRepeatATextWhenClaimsAreEqual() {
        final Set<String> parts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            final String[] fields = tokens.issuer.issue(42, List.of("player")).text().split("\\.");
            parts.add(fields[2]);
            parts.add(fields[3]);
            parts.add(fields[4]);
        }

        assertThat(parts).hasSize(300);
    }

    @Test
    void shouldRefuseWhenAnyCharacterIsAltered() {
        final String text = tokens.issuer.issue(42, List.of("player")).text();
        final Set<TokenStatus> statuses = new HashSet<>();

        for (int i = 0; i < text.length(); i++) {
            for (final char other : (OTHER_CHARS + (char) (text.charAt(i) ^ 1)).toCharArray()) {
                if (other != text.charAt(i)) {
                    final String altered = text.substring(0, i) + other + text.substring(i + 1);
                    statuses.add(tokens.verifier.verify(altered).status());
                }
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(TokenStatus.MALFORMED, TokenStatus.UNKNOWN_KEY, TokenStatus.NOT_DECRYPTABLE);
    }

    @Test
    void shouldRefuseWhenCutOffLengthenedOrThinnedAnywhere() {
        final String text = tokens.issuer.issue(42, List.of("player")).text();
        final Set<TokenStatus> statuses = new HashSet<>();

        for (int i = 0; i < text.length(); i++) {
            statuses.add(tokens.verifier.verify(text.substring(0, i)).status());
            statuses.add(tokens.verifier.verify(text.substring(i + 1)).status());
            statuses.add(tokens.verifier.verify(text.substring(0, i) + text.substring(i + 1)).status());
            statuses.add(tokens.verifier.verify(text.substring(0, i) + 'A' + text.substring(i)).status());
        }
        statuses.add(tokens.verifier.verify(text + text).status());

        assertThat(statuses).doesNotContain(TokenStatus.VALID);
        assertThat(tokens.verifier.verify(text).status()).isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldRefuseWhenAHolderOfTheEncryptionKeyAltersWhatWasSigned() {
        final String inner = tokens.signed(tokens.accessHeader(), tokens.claims());
        final Set<TokenStatus> statuses = new HashSet<>();

        for (int i = 0; i < inner.length(); i++) {
            final char other = inner.charAt(i) == 'A' ? 'B' : 'A';
            statuses.add(tokens.verifier.verify(tokens.encrypted(inner.substring(0, i) + other + inner.substring(i + 1))).status());
            statuses.add(tokens.verifier.verify(tokens.encrypted(inner.substring(0, i))).status());
            statuses.add(tokens.verifier.verify(tokens.encrypted(inner.substring(0, i) + '=' + inner.substring(i + 1))).status());
        }

        assertThat(statuses).containsExactlyInAnyOrder(TokenStatus.MALFORMED, TokenStatus.UNKNOWN_KEY, TokenStatus.BAD_SIGNATURE);
        assertThat(tokens.verifier.verify(tokens.encrypted(inner)).status()).as("control").isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldRefuseWhenTextIsRandom() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 1_000; i++) {
            final char[] chars = new char[random.nextInt(1, 600)];
            for (int j = 0; j < chars.length; j++) {
                chars[j] = (char) (random.nextInt(8) == 0 ? '.' : random.nextInt(i % 2 == 0 ? 128 : 65_536));
            }

            final TokenVerdict verdict = tokens.verifier.verify(new String(chars));

            assertThat(verdict.status()).as("seed %d, string %d", SEED, i).isEqualTo(TokenStatus.MALFORMED);
            assertThat(verdict.claims()).isNull();
        }
    }

    @Test
    void shouldSayTooLongOrMalformedWhenTextHasNoUsableLength() {
        final char[] chars = new char[AccessTokenVerifier.TOKEN_CHARS_MAX + 1];
        Arrays.fill(chars, 'A');
        final String tooLong = new String(chars);

        assertThat(tokens.verifier.verify(tooLong).status()).isEqualTo(TokenStatus.TOO_LONG);
        assertThat(tokens.verifier.verify(tooLong.substring(1)).status()).isEqualTo(TokenStatus.MALFORMED);
        assertThat(tokens.verifier.verify("").status()).isEqualTo(TokenStatus.MALFORMED);
        assertThat(tokens.verifier.verify("....").status()).isEqualTo(TokenStatus.MALFORMED);
        assertThat(tokens.verifier.verify(null).status()).isEqualTo(TokenStatus.MALFORMED);
        assertThat(tokens.verifier.count(TokenStatus.MALFORMED)).isEqualTo(4);
    }

    @Test
    void shouldFitWhenEveryClaimIsAtItsBound() {
        final String role = "r".repeat(Names.ROLE_CHARS_MAX);
        final String issuer = "i".repeat(Names.PARTY_CHARS_MAX);
        final String audience = "a".repeat(Names.PARTY_CHARS_MAX - "login:".length());
        final AccessTokenIssuer longIssuer = new AccessTokenIssuer(tokens.issuerContext().issuer(issuer).audience(audience).conclude());
        final AccessTokenVerifier longVerifier =
            new AccessTokenVerifier(tokens.verifierContext().issuer(issuer).audience(audience).conclude());

        final IssuedToken issued = longIssuer.issue(Long.MAX_VALUE, Collections.nCopies(TokenClaims.ROLE_COUNT_MAX, role));

        assertThat(issued.text().length()).isLessThan(AccessTokenVerifier.TOKEN_CHARS_MAX);
        assertThat(longVerifier.verify(issued.text()).status()).isEqualTo(TokenStatus.VALID);
    }

    @Test
    void shouldRefuseToIssueWhenArgumentsAreOutOfRange() {
        assertThatThrownBy(() -> tokens.issuer.issue(0, List.of())).hasMessage("accountId=0, must be >= 1");
        assertThatThrownBy(() -> tokens.issuer.issue(1, List.of("a\"b"))).hasMessageStartingWith("role=a\"b, must be");
        assertThatThrownBy(() -> tokens.issuer.issue(1, Collections.nCopies(17, "a"))).hasMessage("roleCount=17, must be in 0..16");
        assertThatThrownBy(() -> new AccessTokenIssuer(tokens.issuerContext().lifeMs(3_600_001).conclude()))
            .hasMessage("lifeMs=3600001, must be in 1000..3600000 for access tokens");
        assertThatThrownBy(() -> tokens.issuerContext().audience("login:x").conclude()).hasMessageContaining("must not begin with login:");
        assertThatThrownBy(() -> tokens.issuerContext().issuer("a b").conclude()).hasMessageStartingWith("issuer=a b, must be");
        assertThatThrownBy(() -> new AccessTokenVerifier(tokens.verifierContext())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayWhyWhenTheClockStandsBeforeTheFirstKey() {
        tokens.clock.update(Tokens.NOW_MS - 2_000_000);

        assertThatThrownBy(() -> tokens.issuer.issue(1, List.of()))
            .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("no key is active at 2026-");
    }

    @Test
    void shouldMaskTheTextWhenPrinted() {
        final IssuedToken issued = tokens.issuer.issue(42, List.of());

        assertThat(issued.toString()).contains(issued.claims().tokenId()).doesNotContain(issued.text().substring(100, 120));
    }
}
