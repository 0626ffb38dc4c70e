package io.orrery.transport.netcode;

import org.agrona.collections.Long2LongHashMap;

import java.net.InetSocketAddress;

/**
 * Every connect token shown to this server and not yet expired: to which source it is bound, whether it got its slot, how often it comes.
 *
 * <p>One thread. Memory: fixed at creation for the given capacity; nothing is forgotten before it expires (G1), "full" refuses. Should the
 * wall clock go back, a token that was forgotten stays refused (G2): the latest expiry ever forgotten is kept.
 *
 * <p>Tokens are known by their 16-byte tag; the first half is the key of the index, the second is compared. Two live tokens that share the
 * first half (one in 2^64) are a {@link #COLLISION}: the later one is refused.
 */
final class TokenHistory {
    static final int ABSENT = -1;
    static final int COLLISION = -2;
    static final int CAPACITY_MAX = 1 << 20;

    private static final int INDEX_BITS = 20;
    private static final long EXPIRE_MAX_S = (1L << Long.SIZE - 1 - INDEX_BITS) - 1;
    /** Ten requests a second are the standard; 80 ms apart leaves slack for jitter, and a burst may come at once. */
    private static final long REQUEST_INTERVAL_NS = 80_000_000L;
    private static final long REQUEST_BURST_NS = 3 * REQUEST_INTERVAL_NS;

    private final int capacity;
    private final Long2LongHashMap indexByTag;
    private final LongMinHeap expiries;
    private final long[] tagsLow;
    private final long[] tagsHigh;
    private final long[] paceNs;
    private final boolean[] isUsed;
    private final InetSocketAddress[] sources;
    private final int[] free;
    private int freeCount;
    private long forgottenExpireS;
    private boolean hasForgotten;

    TokenHistory(final int capacity) {
        this.capacity = capacity;
        indexByTag = new Long2LongHashMap(2 * capacity, 0.55f, ABSENT);
        expiries = new LongMinHeap(capacity);
        tagsLow = new long[capacity];
        tagsHigh = new long[capacity];
        paceNs = new long[capacity];
        isUsed = new boolean[capacity];
        sources = new InetSocketAddress[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        freeCount = capacity;
    }

    /** Index of a token, {@link #ABSENT} or {@link #COLLISION}. */
    int find(final long tagLow, final long tagHigh) {
        final int index = (int) indexByTag.get(tagLow);
        return index == ABSENT || tagsHigh[index] == tagHigh ? index : COLLISION;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    /** Whether so many are known that only tokens which can get a slot are worth a place. */
    boolean isHalfFull() {
        return freeCount <= capacity / 2;
    }

    int count() {
        return capacity - freeCount;
    }

    /** Adds a token that is absent; the history must not be full. Returns its index. */
    int add(final long tagLow, final long tagHigh, final long expireS, final long nowNs) {
        final int index = free[--freeCount];
        tagsLow[index] = tagLow;
        tagsHigh[index] = tagHigh;
        paceNs[index] = nowNs - REQUEST_BURST_NS;
        isUsed[index] = false;
        sources[index] = null;
        indexByTag.put(tagLow, index);
        expiries.push(clampedExpireS(expireS) << INDEX_BITS | index);
        return index;
    }

    /** Forgets what has expired, at most the given number at once. */
    int forgetExpired(final long nowS, final int limit) {
        int forgotten = 0;
        while (forgotten < limit && !expiries.isEmpty() && expiries.peek() >>> INDEX_BITS <= nowS) {
            final long top = expiries.pop();
            final int index = (int) (top & (1L << INDEX_BITS) - 1);
            indexByTag.remove(tagsLow[index]);
            sources[index] = null;
            free[freeCount++] = index;
            forgottenExpireS = Math.max(forgottenExpireS, top >>> INDEX_BITS);
            hasForgotten = true;
            forgotten++;
        }
        return forgotten;
    }

    /** Whether a token of this expiry may have been here and been forgotten, whatever the clock says now. */
    boolean isForgotten(final long expireS) {
        return hasForgotten && clampedExpireS(expireS) <= forgottenExpireS;
    }

    /** Whether the token was shown too often. */
    boolean isTooSoon(final int index, final long nowNs) {
        return nowNs - paceNs[index] < 0;
    }

    /** Counts one showing against the pace of the token (generic cell rate algorithm). */
    void onShown(final int index, final long nowNs) {
        final long earliestNs = nowNs - REQUEST_BURST_NS;
        final long fromNs = paceNs[index] - earliestNs > 0 ? paceNs[index] : earliestNs;
        paceNs[index] = fromNs + REQUEST_INTERVAL_NS;
    }

    boolean isUsed(final int index) {
        return isUsed[index];
    }

    void markUsed(final int index) {
        isUsed[index] = true;
    }

    boolean isBoundElsewhere(final int index, final InetSocketAddress source) {
        return sources[index] != null && !sources[index].equals(source);
    }

    void bind(final int index, final InetSocketAddress source) {
        sources[index] = source;
    }

    private static long clampedExpireS(final long expireS) {
        return expireS < 0 ? EXPIRE_MAX_S : Math.min(expireS, EXPIRE_MAX_S);
    }
}
