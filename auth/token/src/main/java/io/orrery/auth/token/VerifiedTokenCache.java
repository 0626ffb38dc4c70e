package io.orrery.auth.token;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * Tokens that were verified, with their verdicts: a set-associative table of immutable entries that any thread reads and writes without
 * locks. A full set gives up its over-aged entry or the next in turn.
 *
 * <p>Only genuine tokens enter, and a set is chosen by the last characters of a token, its authentication tag: who cannot make tokens can
 * neither fill a set on purpose nor learn anything from the time that a comparison takes. Memory: capacity times one token and its claims.
 */
final class VerifiedTokenCache {
    static final int WAY_COUNT = 4;

    /** Characters of the tag in base64url. */
    private static final int HASHED_CHARS = 22;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    /** {@code [set * WAY_COUNT + way]}, null or an entry; set and get are sequentially consistent, which revocation relies on. */
    private final AtomicReferenceArray<Entry> entries;
    private final int setMask;
    private final AtomicInteger turn = new AtomicInteger();

    /** Creates an empty cache; the capacity is a power of two of at least {@link #WAY_COUNT}. */
    VerifiedTokenCache(final int capacity) {
        entries = new AtomicReferenceArray<>(capacity);
        setMask = capacity / WAY_COUNT - 1;
    }

    /** The verdict over a token that was verified with these keys, or null. */
    TokenVerdict find(final String token, final VerifierKeys keys) {
        final long hash = hashOf(token);
        final int first = firstOf(hash);
        for (int i = first; i < first + WAY_COUNT; i++) {
            final Entry entry = entries.get(i);
            if (entry != null && entry.hash == hash && entry.keys == keys && entry.token.equals(token)) {
                return entry.verdict;
            }
        }
        return null;
    }

    void put(final String token, final VerifierKeys keys, final TokenVerdict verdict, final long nowMs) {
        final long hash = hashOf(token);
        final int first = firstOf(hash);
        int chosen = first + (turn.getAndIncrement() & WAY_COUNT - 1);
        for (int i = first; i < first + WAY_COUNT; i++) {
            final Entry entry = entries.get(i);
            if (entry == null || entry.keys != keys || entry.verdict.isOverAt(nowMs) || entry.token.equals(token)) {
                chosen = i;
                break;
            }
        }
        entries.set(chosen, new Entry(hash, token, keys, verdict));
    }

    /** Forgets the tokens whose claims fit. Scans all: for revocations, not for requests. */
    void removeIf(final Predicate<TokenClaims> predicate) {
        for (int i = 0; i < entries.length(); i++) {
            final Entry entry = entries.get(i);
            if (entry != null && predicate.test(entry.verdict.claims())) {
                // Fails only if another entry took its place meanwhile; its writer looks at the revocations after writing.
                entries.compareAndSet(i, entry, null);
            }
        }
    }

    /** Counts what is held; scans all. */
    int entryCount() {
        int count = 0;
        for (int i = 0; i < entries.length(); i++) {
            if (entries.get(i) != null) {
                count++;
            }
        }
        return count;
    }

    private int firstOf(final long hash) {
        return ((int) (hash >>> 32) & setMask) * WAY_COUNT;
    }

    private static long hashOf(final String token) {
        long hash = token.length();
        for (int i = Math.max(0, token.length() - HASHED_CHARS); i < token.length(); i++) {
            hash = (hash ^ token.charAt(i)) * HASH_FACTOR;
        }
        return hash ^ hash >>> 29;
    }

    private record Entry(long hash, String token, VerifierKeys keys, TokenVerdict verdict) {
    }
}
