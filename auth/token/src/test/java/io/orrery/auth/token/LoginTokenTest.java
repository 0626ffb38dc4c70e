package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orrery.platform.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginTokenTest {
    private static final long LOGIN_LIFE_MS = 30L * 24 * 60 * 60 * 1000;

    private final Tokens tokens = new Tokens();
    private final LoginTokenIssuer issuer = new LoginTokenIssuer(tokens.issuerContext().lifeMs(LOGIN_LIFE_MS).conclude());
    private final LoginTokenVerifier verifier =
        new LoginTokenVerifier(tokens.verifierContext().lifeMaxMs(LOGIN_LIFE_MS).conclude());

    @Test
    void shouldGiveTheClaimsBackWhenTokenIsGenuine() {
        final IssuedToken issued = issuer.issue(42);

        final TokenVerdict verdict = verifier.verify(issued.text());

        assertThat(verdict.status()).isEqualTo(TokenStatus.VALID);
        assertThat(verdict.claims()).isEqualTo(issued.claims());
        assertThat(verdict.claims().audience()).isEqualTo("login:orrery");
        assertThat(verdict.claims().roles()).isEmpty();
    }

    @Test
    void shouldNeverPassForTheOtherKindWhenKeysAndPartiesAreTheSame() {
        final String loginToken = issuer.issue(42).text();
        final String accessToken = tokens.issuer.issue(42, List.of("player")).text();

        assertThat(tokens.verifier.verify(loginToken).status()).isEqualTo(TokenStatus.WRONG_TYPE);
        assertThat(verifier.verify(accessToken).status()).isEqualTo(TokenStatus.WRONG_TYPE);
    }

    @Test
    void shouldNotPassByItsAudienceEitherWhenTheTypeIsForged() {
        final String loginHeader = tokens.accessHeader().replace("at+jwt", "login+jwt");
        final String accessClaims = tokens.encrypted(tokens.signed(loginHeader, tokens.claims()));
        final String otherAudience = tokens.claims().replace("\"orrery\"", "\"login:orrery\"");
        final String loginClaims = tokens.encrypted(tokens.signed(tokens.accessHeader(), otherAudience));

        assertThat(verifier.verify(accessClaims).status()).isEqualTo(TokenStatus.WRONG_AUDIENCE);
        assertThat(tokens.verifier.verify(loginClaims).status()).isEqualTo(TokenStatus.WRONG_AUDIENCE);
    }

    @Test
    void shouldExpireWhenItsLifeIsOver() {
        final IssuedToken issued = issuer.issue(42);

        tokens.clock.advance(LOGIN_LIFE_MS - 1_000);
        final TokenStatus before = verifier.verify(issued.text()).status();
        tokens.clock.advance(1_000 + Tokens.SKEW_MS);

        assertThat(before).isEqualTo(TokenStatus.VALID);
        assertThat(verifier.verify(issued.text()).status()).isEqualTo(TokenStatus.EXPIRED);
        assertThat(verifier.verify(null).status()).isEqualTo(TokenStatus.MALFORMED);
        assertThat(verifier.verify("x".repeat(5_000)).status()).isEqualTo(TokenStatus.TOO_LONG);
    }

    @Test
    void shouldUseTheNewKeysWhenTheyAreExchanged() {
        final KeyRing other = KeyRing.generate(Tokens.NOW_MS, tokens.random);
        final String before = issuer.issue(1).text();

        issuer.keyRing(other);
        verifier.keys(other.verifierKeys());

        assertThat(verifier.verify(issuer.issue(1).text()).status()).isEqualTo(TokenStatus.VALID);
        assertThat(verifier.verify(before).status()).isEqualTo(TokenStatus.UNKNOWN_KEY);
    }

    @Test
    void shouldGiveTheContentBackWhenFileIsRead() {
        final LoginTokenFile file = new LoginTokenFile("https://auth.test:8443", "bot-17", issuer.issue(42).text());

        final LoginTokenFile read = LoginTokenFile.parse("bot.token", file.toText());

        assertThat(read).isEqualTo(file);
        assertThat(file.toString()).isEqualTo("LoginTokenFile[server=https://auth.test:8443, account=bot-17, token masked]");
    }

    @Test
    void shouldNameTheLineWhenFileIsCutOffOrAltered() {
        final String text = new LoginTokenFile("https://auth.test:8443", "bot-17", issuer.issue(42).text()).toText();
        for (int i = 0; i < text.length(); i++) {
            final String cut = text.substring(0, i);
            final int line = (int) cut.chars().filter(c -> c == '\n').count() + 1;

            final Throwable fault = catchThrowable(() -> LoginTokenFile.parse("bot.token", cut));

            assertThat(fault).as("first %d", i).isInstanceOf(ConfigurationException.class);
            assertThat(fault.getMessage()).as("first %d", i).startsWith("bot.token line " + line + " is missing or cut off");
        }

        assertThatThrownBy(() -> LoginTokenFile.parse("f", text.replace("token 1", "token 2")))
            .hasMessage("f line 1 has version 2, this release reads version 1");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", text.replace("server ", "sewer ")))
            .hasMessage("f line 2 does not begin with \"server \"");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", text.replace("bot-17", "bot 17")))
            .hasMessageStartingWith("f line 3 has account=bot 17");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", text.replace("..", ".=.")))
            .hasMessageStartingWith("f line 4 is not the compact form");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", text + "x")).hasMessage("f line 5 follows the last line of such a file");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", "x".repeat(9_000))).hasMessage("f has 9000 characters, must have 1..8192");
        assertThatThrownBy(() -> LoginTokenFile.parse("f", null)).hasMessage("f has no text, must have 1..8192");
    }
}
