package io.orrery.transport.http;

import io.orrery.platform.config.Ranges;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Token buckets, one per client address or named key. IPv6 addresses share a bucket per /64, the least that a customer is given.
 *
 * <p>Any thread may call any method; one lock guards the table (requests come by the thousand, not by the million). Memory: at most
 * {@code bucketCountMax} buckets; a further one displaces the one that was asked longest ago, which is counted, and which would be full
 * again soonest.
 */
public final class RateLimiter {
    /** Most buckets accepted. */
    public static final int BUCKET_COUNT_MAX = 1 << 20;
    private static final double RATE_MAX_HZ = 1e6;
    private static final int BURST_MAX = 1_000_000;
    private static final int IPV6_PREFIX_BYTES = 8;

    private final int burst;
    private final double rateHz;
    private final int bucketCountMax;
    private final NanoClock clock;
    private final LinkedHashMap<Object, Bucket> buckets;
    private long refusedCount;
    private long displacedCount;

    /** Tokens of one key; guarded by the limiter's lock. */
    private static final class Bucket {
        private double tokens;
        private long filledNs;

        private Bucket(final double tokens, final long filledNs) {
            this.tokens = tokens;
            this.filledNs = filledNs;
        }
    }

    /**
     * What shares a bucket by address; a type of its own, so that no named key can meet it.
     *
     * @param bytes address or prefix in hexadecimal.
     */
    private record AddressKey(String bytes) {
    }

    /**
     * Creates a limiter with full buckets.
     *
     * @param burst tokens of a full bucket, 1 to 1,000,000.
     * @param rateHz tokens that come back per second, above 0 to 1,000,000.
     * @param bucketCountMax most keys remembered, 1 to {@link #BUCKET_COUNT_MAX}.
     * @param clock monotonic, nanoseconds.
     * @throws IllegalArgumentException naming the value and its bounds.
     */
    public RateLimiter(final int burst, final double rateHz, final int bucketCountMax, final NanoClock clock) {
        this.burst = Ranges.check("burst", burst, 1, BURST_MAX);
        this.rateHz = Ranges.check("rateHz", rateHz, Double.MIN_NORMAL, RATE_MAX_HZ);
        this.bucketCountMax = Ranges.check("bucketCountMax", bucketCountMax, 1, BUCKET_COUNT_MAX);
        this.clock = Ranges.required("clock", clock);
        buckets = new LinkedHashMap<>(16, 0.75f, true);
    }

    /**
     * Takes a token from the bucket of an address.
     *
     * @param address of the client.
     * @return 0 if there was one; else the nanoseconds until there will be one.
     */
    public long tryAcquire(final InetAddress address) {
        return tryAcquireKey(prefix(address));
    }

    /**
     * Takes a token from the bucket of a name, such as an account.
     *
     * @param key any text; the caller bounds its length.
     * @return 0 if there was one; else the nanoseconds until there will be one.
     */
    public long tryAcquire(final String key) {
        return tryAcquireKey(key);
    }

    /**
     * Takes a token from the bucket of an address, or refuses with 429.
     *
     * @param address of the client.
     * @throws HttpProblem if there is none, saying when there will be one.
     */
    public void acquire(final InetAddress address) {
        refuseUnlessZero(tryAcquire(address));
    }

    /**
     * Takes a token from the bucket of a name, or refuses with 429.
     *
     * @param key any text; the caller bounds its length.
     * @throws HttpProblem if there is none, saying when there will be one.
     */
    public void acquire(final String key) {
        refuseUnlessZero(tryAcquire(key));
    }

    /**
     * Refusals for want of a token.
     *
     * @return count since start.
     */
    public synchronized long refusedCount() {
        return refusedCount;
    }

    /**
     * Buckets that made room for others.
     *
     * @return count since start.
     */
    public synchronized long displacedCount() {
        return displacedCount;
    }

    /**
     * Buckets in use.
     *
     * @return count now.
     */
    public synchronized int bucketCount() {
        return buckets.size();
    }

    /** What shares one bucket or one count of connections. */
    static Object prefix(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        return new AddressKey(address instanceof Inet6Address
            ? Arrays.toString(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES)) : Arrays.toString(bytes));
    }

    private synchronized long tryAcquireKey(final Object key) {
        final long nowNs = clock.nanoTime();
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            if (buckets.size() == bucketCountMax) {
                buckets.pollFirstEntry();
                displacedCount++;
            }
            bucket = new Bucket(burst, nowNs);
            buckets.put(key, bucket);
        }
        final double second = TimeUnit.SECONDS.toNanos(1);
        bucket.tokens = Math.min(burst, bucket.tokens + (nowNs - bucket.filledNs) * rateHz / second);
        bucket.filledNs = nowNs;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        refusedCount++;
        return Math.max(1, (long) Math.ceil((1 - bucket.tokens) * second / rateHz));
    }

    private static void refuseUnlessZero(final long retryAfterNs) {
        if (retryAfterNs > 0) {
            throw HttpProblem.tooManyRequests(retryAfterNs);
        }
    }
}
