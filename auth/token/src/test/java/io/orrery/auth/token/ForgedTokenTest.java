package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What someone tries who has the encryption keys, as every verifier has, or knows how libraries were fooled before. */
class ForgedTokenTest {
    private final Tokens tokens = new Tokens();

    @Test
    void shouldRefuseWhenAlgorithmIsNone() {
        final String claims = Tokens.base64Url(tokens.claims());
        final String none = Tokens.base64Url("{\"alg\":\"none\"}") + '.' + claims + '.';

        assertThat(statusOf(tokens.encrypted(none))).isEqualTo(TokenStatus.MALFORMED);
        assertThat(statusOf(tokens.encrypted(none + "A".repeat(86)))).isEqualTo(TokenStatus.MALFORMED);
        assertThat(statusOf(none)).isEqualTo(TokenStatus.MALFORMED);
        final String unsigned = Tokens.base64Url(tokens.accessHeader()) + '.' + claims + '.';
        assertThat(statusOf(tokens.encrypted(unsigned))).isEqualTo(TokenStatus.MALFORMED);
        assertThat(statusOf(tokens.encrypted(unsigned + "A".repeat(86)))).isEqualTo(TokenStatus.BAD_SIGNATURE);
    }

    @Test
    void shouldRefuseWhenMacIsMadeWithThePublicKey() throws Exception {
        final JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(tokens.signingKey().life().kid()).build();
        final JWSObject forged = new JWSObject(header, new Payload(tokens.claims()));
        forged.sign(new MACSigner(tokens.signingKey().verifying.raw));

        assertThat(statusOf(tokens.encrypted(forged.serialize()))).isEqualTo(TokenStatus.MALFORMED);
        assertThat(statusOf(forged.serialize())).isEqualTo(TokenStatus.MALFORMED);
    }

    @Test
    void shouldRefuseWhenSignedTokenIsNotEncrypted() {
        assertThat(statusOf(tokens.signed(tokens.accessHeader(), tokens.claims()))).isEqualTo(TokenStatus.MALFORMED);
    }

    @Test
    void shouldRefuseWhenEncryptionIsAnotherOrCompressed() throws Exception {
        final String kid = tokens.encryptionKey().life.kid();
        final Payload payload = new Payload(tokens.signed(tokens.accessHeader(), tokens.claims()));
        final JWEObject otherMethod = new JWEObject(new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256)
            .contentType("JWT").keyID(kid).build(), payload);
        otherMethod.encrypt(new DirectEncrypter(tokens.encryptionKey().raw));
        final JWEObject zipped = new JWEObject(new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
            .contentType("JWT").keyID(kid).compressionAlgorithm(CompressionAlgorithm.DEF).build(), payload);
        zipped.encrypt(new DirectEncrypter(tokens.encryptionKey().raw));

        assertThat(statusOf(otherMethod.serialize())).isEqualTo(TokenStatus.MALFORMED);
        assertThat(statusOf(zipped.serialize())).isEqualTo(TokenStatus.MALFORMED);
    }

    @Test
    void shouldRefuseWhenOuterHeaderIsNotByteForByteOurs() {
        final String inner = tokens.signed(tokens.accessHeader(), tokens.claims());
        final String header = tokens.encryptionHeader();
        final String members = header.substring(1, header.length() - 1);

        assertThat(statusOf(tokens.encrypted(header, inner))).as("control").isEqualTo(TokenStatus.VALID);
        for (final String other : new String[] {
            '{' + members + ",\"crit\":[\"x\"],\"x\":1}",
            '{' + members + ",\"zip\":\"DEF\"}",
            '{' + members + ',' + members + '}',
            "{\"alg\":\"dir\"," + members + '}',
            '{' + members + ",\"kid\":\"other\"}",
            '{' + members + ",\"jku\":\"https://evil.test/keys\"}",
            "{ " + members + '}',
            header + ' ',
            header.replace("A256GCM", "A128GCM"),
            header.replace("dir", "A256GCMKW"),
            header.replace("\"cty\":\"JWT\",", ""),
            header.replace("JWT", "jwt"),
            "", "{}", "null", "[]"}) {
            assertThat(statusOf(tokens.encrypted(other, inner))).as(other).isEqualTo(TokenStatus.MALFORMED);
        }
        assertThat(statusOf(tokens.encrypted(header.replace("\"kid\":\"", "\"kid\":\"x"), inner))).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseWhenInnerHeaderIsNotByteForByteOurs() {
        final String header = tokens.accessHeader();
        final String members = header.substring(1, header.length() - 1);

        for (final String other : new String[] {
            '{' + members + ",\"crit\":[\"exp\"]}",
            '{' + members + ",\"b64\":false,\"crit\":[\"b64\"]}",
            '{' + members + ',' + members + '}',
            "{\"alg\":\"none\"," + members + '}',
            '{' + members + ",\"jwk\":{}}",
            header.replace("EdDSA", "ES256"),
            header.replace("EdDSA", "eddsa"),
            header.replace("at+jwt", "JWT"),
            header.replace(",\"typ\":\"at+jwt\"", ""),
            "{}", "[]"}) {
            assertThat(statusOf(tokens.encrypted(tokens.signed(other, tokens.claims())))).as(other).isEqualTo(TokenStatus.MALFORMED);
        }
        final String unknown = header.replace("\"kid\":\"", "\"kid\":\"x");
        assertThat(statusOf(tokens.encrypted(tokens.signed(unknown, tokens.claims())))).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseWhenClaimsAreInAnotherForm() {
        final String claims = tokens.claims();

        for (final String other : new String[] {
            claims.replace("\"sub\":\"42\"", "\"sub\":42"),
            claims.replace("\"sub\":\"42\"", "\"sub\":\"042\""),
            claims.replace("\"sub\":\"42\"", "\"sub\":\"0\""),
            claims.replace("\"sub\":\"42\"", "\"sub\":\"-1\""),
            claims.replace("\"sub\":\"42\"", "\"sub\":\"9223372036854775808\""),
            claims.replace("\"sub\":\"42\"", "\"sub\":\"42\",\"sub\":\"43\""),
            claims.replace("\"roles\":[\"gm\"]", "\"roles\":[\"gm\",]"),
            claims.replace("\"roles\":[\"gm\"]", "\"roles\":[gm]"),
            claims.replace("\"roles\":[\"gm\"]", "\"roles\":[\"\"]"),
            claims.replace("\"roles\":[\"gm\"]", "\"roles\":[" + "\"gm\",".repeat(16) + "\"gm\"]"),
            claims.replace(".123", ""),
            claims.replace(".123", ".12"),
            claims.replace(".123", ".1234"),
            claims.replace("\"exp\":", "\"exp\":9999"),
            claims.replace("\"exp\":", "\"exp\":-"),
            claims.replace("\"nbf\":", "\"nbf\": "),
            claims + ' ',
            claims.substring(0, claims.length() - 1),
            claims.substring(0, claims.length() - 3),
            "{}"}) {
            assertThat(other).isNotEqualTo(claims);
            assertThat(statusOf(tokens.encrypted(tokens.signed(tokens.accessHeader(), other)))).as(other).isEqualTo(TokenStatus.MALFORMED);
        }
    }

    @Test
    void shouldRefuseWhenClaimsAreCutOffAnywhere() {
        final String claims = tokens.claims();
        final ClaimsCodec codec = new ClaimsCodec();
        final byte[] bytes = claims.getBytes(StandardCharsets.US_ASCII);

        for (int i = 0; i < bytes.length; i++) {
            assertThat(codec.read(bytes, 0, i)).as("first %d bytes", i).isNull();
        }
        assertThat(codec.read(bytes, 0, bytes.length)).isNotNull();
    }

    @Test
    void shouldRefuseWhenTokenIsOfAnotherIssuerOrAudience() {
        final String other = issuedBy(tokens.issuerContext().issuer("https://other.test"));
        final String elsewhere = issuedBy(tokens.issuerContext().audience("elsewhere"));
        final String strangers = issuedBy(tokens.issuerContext().keyRing(KeyRing.generate(Tokens.NOW_MS, new SeededRandom(99))));

        assertThat(statusOf(other)).isEqualTo(TokenStatus.WRONG_ISSUER);
        assertThat(statusOf(elsewhere)).isEqualTo(TokenStatus.WRONG_AUDIENCE);
        assertThat(statusOf(strangers)).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseWhenARetiredKeySignsSomethingNew() {
        final KeyRing rotated = tokens.ring.rotated(Tokens.NOW_MS - 10, Tokens.NOW_MS, tokens.random);
        tokens.verifier.keys(rotated.verifierKeys());

        // The old keys are still known, for what they made before; these claims are dated at the moment they were retired.
        final String late = tokens.encrypted(tokens.signed(tokens.accessHeader(), tokens.claims()));

        assertThat(statusOf(late)).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldBoundTheLifeWhenAnIssuerGrantsMore() {
        final AccessTokenVerifier strict = new AccessTokenVerifier(tokens.verifierContext().lifeMaxMs(10_000).conclude());
        final String text = tokens.issuer.issue(1, List.of()).text();

        tokens.clock.advance(10_000 + Tokens.SKEW_MS - 1);
        final TokenStatus inTime = strict.verify(text).status();
        tokens.clock.advance(1);

        assertThat(inTime).isEqualTo(TokenStatus.VALID);
        assertThat(strict.verify(text).status()).isEqualTo(TokenStatus.EXPIRED);
    }

    private static String issuedBy(final TokenIssuerContext context) {
        return new AccessTokenIssuer(context.conclude()).issue(1, List.of()).text();
    }

    private TokenStatus statusOf(final String text) {
        return tokens.verifier.verify(text).status();
    }
}
