package io.orrery.transport.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * All connections of a server, and the thread that closes those that are overdue.
 *
 * <p>Any thread may add and remove. Memory: bounded by the connections that the listener lets in.
 */
final class ConnectionTable {
    private static final long WATCH_PERIOD_NS = 50_000_000L;

    private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Object, Integer> countByAddress = new ConcurrentHashMap<>();
    private final NanoClock clock;
    private final HttpCounters counters;
    private final int connectionsPerAddressMax;
    private final Thread watcher;
    private volatile boolean isRunning = true;

    ConnectionTable(final HttpServerContext context, final HttpCounters counters) {
        clock = context.clock();
        this.counters = counters;
        connectionsPerAddressMax = context.limits().connectionsPerAddressMax();
        watcher = Thread.ofPlatform().daemon().name(context.name() + "-http-watch-0").unstarted(this::watch);
    }

    void start() {
        watcher.start();
    }

    long nowNs() {
        return clock.nanoTime();
    }

    void on(final HttpEvent event) {
        counters.on(event);
    }

    int count() {
        return guards.size();
    }

    /** False if the address has too many: the caller closes the socket. */
    boolean admit(final ConnectionGuard guard) {
        final Object address = RateLimiter.prefix(guard.address());
        final int count = countByAddress.merge(address, 1, Integer::sum);
        if (count > connectionsPerAddressMax) {
            release(address);
            counters.on(HttpEvent.CONNECTION_REFUSED);
            return false;
        }
        guards.add(guard);
        counters.on(HttpEvent.CONNECTION_OPENED);
        return true;
    }

    void remove(final ConnectionGuard guard) {
        if (guards.remove(guard)) {
            release(RateLimiter.prefix(guard.address()));
        }
    }

    void close() {
        isRunning = false;
        LockSupport.unpark(watcher);
        guards.forEach(ConnectionGuard::close);
    }

    private void release(final Object address) {
        countByAddress.compute(address, (key, count) -> count == null || count <= 1 ? null : Integer.valueOf(count - 1));
    }

    private void watch() {
        while (isRunning) {
            final long nowNs = clock.nanoTime();
            for (final ConnectionGuard guard : guards) {
                guard.watch(nowNs);
            }
            LockSupport.parkNanos(this, WATCH_PERIOD_NS);
        }
    }
}
