package io.orrery.auth.token;

import io.orrery.platform.config.OneLine;
import io.orrery.platform.config.Ranges;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of an auth server: Ed25519 pairs that sign and AES-256 keys that encrypt. Immutable; a change makes a new ring. Held by the
 * auth server alone; verifiers get {@link #verifierKeys()}.
 *
 * <p>Rotation without an outage: {@link #rotated} adds a pair and a key that become active later, and retires the ones before at that very
 * moment; the new text reaches every verifier in between; once the last token of a retired key has expired, {@link #pruned} drops it. A
 * stolen ring is answered by a fresh one from {@link #generate}: all tokens end and everyone logs in again.
 *
 * <p>Guarantees (G1) of each sort exactly one key, the newest, is not retired; (G2) key ids are unique; (G3) {@link #toString()} shows no
 * secret. Tokens are encrypted with random nonces of 96 bits, so a key must be rotated before 2^32 tokens (NIST SP 800-38D section 8.3):
 * at 1,000 a second that is 49 days. Memory: at most {@link #KEY_COUNT_MAX} keys of each sort.
 */
public final class KeyRing {
    /** Most keys of each sort. */
    public static final int KEY_COUNT_MAX = 32;
    /** Longest text that is read, in characters; {@link #KEY_COUNT_MAX} keys of both sorts fit. */
    public static final int TEXT_CHARS_MAX = 32 * 1024;

    private static final int KID_RANDOM_LENGTH = 9;

    private final List<SigningKey> signingKeys;
    private final List<EncryptionKey> encryptionKeys;
    private final VerifierKeys verifierKeys;

    KeyRing(final List<SigningKey> signingKeys, final List<EncryptionKey> encryptionKeys) {
        this.signingKeys = List.copyOf(signingKeys);
        this.encryptionKeys = List.copyOf(encryptionKeys);
        final List<VerifyingKey> verifyingKeys = new ArrayList<>();
        for (final SigningKey key : signingKeys) {
            verifyingKeys.add(key.verifying);
        }
        verifierKeys = new VerifierKeys(verifyingKeys, encryptionKeys);
    }

    /**
     * Makes a ring with one pair and one key, active at once.
     *
     * @param nowMs epoch milliseconds.
     * @param random source of the secrets.
     * @return the ring.
     */
    public static KeyRing generate(final long nowMs, final SecureRandom random) {
        return new KeyRing(List.of(), List.of()).with(nowMs, nowMs, random);
    }

    /**
     * Reads the text that {@link #toText()} wrote.
     *
     * <p>Lines end in a newline, fields are parted by one space, there are no comments. Times are UTC like
     * {@code 2026-11-22T08:00:00.000Z}, a retirement time may be {@code -}. Keys are 32 bytes of base64url. The last field of a line checks
     * it: the first 6 bytes of SHA-256 over the line before that field and its space; the last line's over all lines before it.
     * Keys of a sort stand oldest first.
     *
     * <pre>
     * orrery-key-ring 1
     * signing KID CREATED ACTIVE RETIRED SECRET PUBLIC CHECK
     * encryption KID CREATED ACTIVE RETIRED SECRET CHECK
     * end KEY-COUNT CHECK
     * </pre>
     *
     * <p>Verifier keys have the title {@code orrery-verifier-keys 1} and for each pair a line
     * {@code verify KID CREATED ACTIVE RETIRED PUBLIC CHECK}.
     *
     * @param sourceName where the text comes from, for messages: a file's name.
     * @param text from outside.
     * @return the ring.
     * @throws io.orrery.platform.config.ConfigurationException naming source, line and fault; nothing of a key is in the message.
     */
    public static KeyRing parse(final String sourceName, final String text) {
        return KeyTextReader.keyRing(sourceName, text);
    }

    /**
     * Writes all keys as text. It holds secrets: only for a file with mode 0600.
     *
     * @return text for {@link #parse}.
     */
    public String toText() {
        final KeyTextWriter writer = new KeyTextWriter(KeyTextWriter.RING_TITLE);
        for (final SigningKey key : signingKeys) {
            writer.line(KeyTextWriter.SIGNING, key.life(), key.seed, key.verifying.raw);
        }
        for (final EncryptionKey key : encryptionKeys) {
            writer.line(KeyTextWriter.ENCRYPTION, key.life, key.raw);
        }
        return writer.end();
    }

    /**
     * The part for verifiers.
     *
     * @return public signing keys and encryption keys.
     */
    public VerifierKeys verifierKeys() {
        return verifierKeys;
    }

    /**
     * Adds a new pair and a new key, and retires the ones before when those become active.
     *
     * @param nowMs epoch milliseconds.
     * @param activeFromMs when the new ones begin to be used, at or after now and after the newest ones began: long enough for every
     *     verifier to have them.
     * @param random source of the secrets.
     * @return the new ring.
     * @throws IllegalArgumentException naming value and bounds; also if {@link #KEY_COUNT_MAX} keys are there, which pruning mends.
     */
    public KeyRing rotated(final long nowMs, final long activeFromMs, final SecureRandom random) {
        final long newestMs = Math.max(signingKeys.getLast().life().activeFromMs(), encryptionKeys.getLast().life.activeFromMs());
        Ranges.check("activeFromMs", activeFromMs, Math.max(nowMs, newestMs + 1), ClaimsCodec.EPOCH_SECONDS_MAX * 1000);
        Ranges.check("keyCount", Math.max(signingKeys.size(), encryptionKeys.size()), 1, KEY_COUNT_MAX - 1);
        return with(nowMs, activeFromMs, random);
    }

    /**
     * Drops keys whose tokens have all expired.
     *
     * @param nowMs epoch milliseconds.
     * @param keepMs how long a retired key is kept: at least the longest life of a token and the clock skew that verifiers allow.
     * @return a ring with what is left; always at least the newest of each sort.
     */
    public KeyRing pruned(final long nowMs, final long keepMs) {
        Ranges.check("keepMs", keepMs, 0L, ClaimsCodec.EPOCH_SECONDS_MAX * 1000);
        final List<SigningKey> signing = new ArrayList<>(signingKeys);
        signing.removeIf(key -> isOver(key.life(), nowMs, keepMs));
        final List<EncryptionKey> encryption = new ArrayList<>(encryptionKeys);
        encryption.removeIf(key -> isOver(key.life, nowMs, keepMs));
        return new KeyRing(signing, encryption);
    }

    /**
     * Ids of the signing keys, for operators.
     *
     * @return oldest first.
     */
    public List<String> signingKids() {
        final List<String> kids = new ArrayList<>();
        signingKeys.forEach(key -> kids.add(key.life().kid()));
        return List.copyOf(kids);
    }

    /**
     * When the newest keys begin to be used; later than now while a rotation is under way.
     *
     * @return epoch milliseconds.
     */
    public long newestActiveFromMs() {
        return signingKeys.getLast().life().activeFromMs();
    }

    /** The pair that signs at a time, or null before the first became active. */
    SigningKey signingKeyAt(final long epochMs) {
        for (int i = signingKeys.size() - 1; i >= 0; i--) {
            if (signingKeys.get(i).life().isActiveAt(epochMs)) {
                return signingKeys.get(i);
            }
        }
        return null;
    }

    /** The key that encrypts at a time, or null before the first became active. */
    EncryptionKey encryptionKeyAt(final long epochMs) {
        for (int i = encryptionKeys.size() - 1; i >= 0; i--) {
            if (encryptionKeys.get(i).life.isActiveAt(epochMs)) {
                return encryptionKeys.get(i);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "KeyRing" + verifierKeys.toString().substring("VerifierKeys".length());
    }

    /** What is wrong with the keys of one sort, oldest first, or null: (G1), (G2). */
    static String faultOf(final List<KeyLife> lives, final String sort) {
        if (lives.isEmpty()) {
            return "has no " + sort + " key";
        }
        final Set<String> kids = new HashSet<>();
        for (int i = 0; i < lives.size(); i++) {
            final KeyLife life = lives.get(i);
            if (!kids.add(life.kid())) {
                return "has the " + sort + " key " + OneLine.of(life.kid()) + " twice";
            }
            if (life.isOpen() != (i == lives.size() - 1)) {
                return "must have one " + sort + " key without a retirement time, the last; " + life.kid() + " breaks that";
            }
            if (i > 0 && life.activeFromMs() < lives.get(i - 1).retiredAtMs()) {
                return "has the " + sort + " key " + life.kid() + " active before the one above it is retired";
            }
        }
        return null;
    }

    private KeyRing with(final long nowMs, final long activeFromMs, final SecureRandom random) {
        final List<SigningKey> signing = new ArrayList<>(signingKeys);
        if (!signing.isEmpty()) {
            signing.add(signing.removeLast().retiredAt(activeFromMs));
        }
        final byte[][] pair = Ed25519.generate(random);
        final KeyLife signingLife = new KeyLife(kid('s', random), nowMs, activeFromMs, KeyLife.OPEN);
        signing.add(new SigningKey(new VerifyingKey(signingLife, pair[1]), pair[0]));

        final List<EncryptionKey> encryption = new ArrayList<>(encryptionKeys);
        if (!encryption.isEmpty()) {
            encryption.add(encryption.removeLast().retiredAt(activeFromMs));
        }
        final byte[] secret = new byte[EncryptionKey.KEY_LENGTH];
        random.nextBytes(secret);
        final KeyLife encryptionLife = new KeyLife(kid('e', random), nowMs, activeFromMs, KeyLife.OPEN);
        encryption.add(new EncryptionKey(encryptionLife, secret));
        return new KeyRing(signing, encryption);
    }

    private static String kid(final char sort, final SecureRandom random) {
        final byte[] bytes = new byte[KID_RANDOM_LENGTH];
        random.nextBytes(bytes);
        return sort + StrictBase64Url.encode(bytes);
    }

    private static boolean isOver(final KeyLife life, final long nowMs, final long keepMs) {
        return !life.isOpen() && life.retiredAtMs() <= nowMs - keepMs;
    }
}
