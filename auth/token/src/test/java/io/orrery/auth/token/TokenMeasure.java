package io.orrery.auth.token;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * How many access tokens does one core issue, verify at first sight, and verify again, beside the JDK's own Ed25519 over the same bytes?
 * Bouncy Castle's Ed25519 stands beside it. Rates per second of processor time of one thread, the best of several rounds taken in turn: a
 * busy machine troubles all alike and waiting is not counted.
 */
public final class TokenMeasure {
    private static final int ROUND_COUNT = 5;
    private static final int TOKEN_COUNT = 400;
    private static final int CACHED_COUNT = 1_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TokenMeasure() {
    }

    public static void main(final String[] args) throws Exception {
        final long startMs = SystemEpochClock.INSTANCE.time();
        final KeyRing ring = KeyRing.generate(startMs, new SecureRandom());
        final SigningKey key = ring.signingKeyAt(startMs);
        final AccessTokenIssuer issuer = new AccessTokenIssuer(new TokenIssuerContext().keyRing(ring).issuer(Tokens.ISSUER)
            .audience(Tokens.AUDIENCE).conclude());
        final byte[] message = new byte[360];
        final Signature signature = Signature.getInstance("Ed25519");
        final byte[] signed = sign(key, signature, message);
        final double[] bestHz = new double[6];
        String text = "";
        for (int round = 0; round < ROUND_COUNT; round++) {
            final String[] issued = new String[TOKEN_COUNT];
            final AccessTokenVerifier verifier = new AccessTokenVerifier(new TokenVerifierContext().keys(ring.verifierKeys())
                .issuer(Tokens.ISSUER).audience(Tokens.AUDIENCE).cacheCapacity(16).conclude());

            long startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TOKEN_COUNT; i++) {
                sign(key, signature, message);
            }
            best(bestHz, 0, TOKEN_COUNT, startNs);
            startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TOKEN_COUNT; i++) {
                issued[i] = issuer.issue(i + 1, List.of("player")).text();
            }
            best(bestHz, 1, TOKEN_COUNT, startNs);
            startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TOKEN_COUNT; i++) {
                signature.initVerify(key.verifying.publicKey);
                signature.update(message);
                require(signature.verify(signed));
            }
            best(bestHz, 2, TOKEN_COUNT, startNs);
            startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TOKEN_COUNT; i++) {
                final Ed25519Signer other = new Ed25519Signer();
                other.init(false, new Ed25519PublicKeyParameters(key.verifying.raw));
                other.update(message, 0, message.length);
                require(other.verifySignature(signed));
            }
            best(bestHz, 5, TOKEN_COUNT, startNs);
            startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TOKEN_COUNT; i++) {
                require(verifier.verify(issued[i]).isValid());
            }
            best(bestHz, 3, TOKEN_COUNT, startNs);
            // Each request brings a text of its own: four equal ones, so that a look at the same object is no answer.
            text = issued[TOKEN_COUNT - 1];
            final String[] copies = {new String(text.toCharArray()), new String(text.toCharArray()), new String(text.toCharArray()), text};
            startNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < CACHED_COUNT; i++) {
                require(verifier.verify(copies[i & 3]).isValid());
            }
            best(bestHz, 4, CACHED_COUNT, startNs);
            require(verifier.cacheHitCount() == CACHED_COUNT);
        }
        System.out.printf("token length %d chars%n", text.length());
        System.out.printf("JDK Ed25519 sign     %,12.0f /s%n", bestHz[0]);
        System.out.printf("issue                %,12.0f /s  (%.2f of it)%n", bestHz[1], bestHz[1] / bestHz[0]);
        System.out.printf("JDK Ed25519 verify   %,12.0f /s%n", bestHz[2]);
        System.out.printf("Bouncy Castle verify %,12.0f /s%n", bestHz[5]);
        System.out.printf("verify, first sight  %,12.0f /s  (%.2f of it)%n", bestHz[3], bestHz[3] / bestHz[2]);
        System.out.printf("verify, seen before  %,12.0f /s%n", bestHz[4]);
    }

    private static byte[] sign(final SigningKey key, final Signature signature, final byte[] message) throws Exception {
        signature.initSign(key.privateKey);
        signature.update(message);
        return signature.sign();
    }

    private static void best(final double[] bestHz, final int index, final int count, final long startNs) {
        bestHz[index] = Math.max(bestHz[index], count * 1e9 / (THREADS.getCurrentThreadCpuTime() - startNs));
    }

    private static void require(final boolean isTrue) {
        if (!isTrue) {
            throw new IllegalStateException("a measured call gave a wrong result");
        }
    }
}
