package io.orrery.transport.udp;

import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.TimerWheel;
import io.orrery.transport.netcode.WheelTimer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Many clients on one thread: one selector finds those with something to read, one timing wheel those with something due, and an idle
 * client costs neither a system call nor a look.
 *
 * <p>Writing thread: the one that calls {@link #doWork()}. Memory: one socket, one {@link UdpClient} per client up to the capacity; cipher,
 * counters and buffers are shared.
 */
public final class UdpClientGroup implements AutoCloseable {
    /** Timers called per {@link #doWork()} at most; the rest waits for the next call. */
    private static final int TIMER_LIMIT = 1024;

    private final ClientIo io;
    private final int capacity;
    private final Selector selector;
    private final TimerWheel wheel;
    private final Set<UdpClient> clients = new LinkedHashSet<>();
    private final Consumer<SelectionKey> readyHandler = this::onReady;
    private long nowNs;
    private int receivedCount;

    /**
     * Creates a group without clients.
     *
     * @param context concluded; serves this group alone.
     * @throws UncheckedIOException if there is no selector to be had.
     */
    public UdpClientGroup(final UdpClientContext context) {
        io = new ClientIo(context);
        capacity = context.groupCapacity();
        wheel = new TimerWheel(io.nanoClock.nanoTime());
        try {
            selector = Selector.open();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open a selector: " + e.getMessage(), e);
        }
    }

    /**
     * Opens one more client, not connected yet.
     *
     * @param events told of everything, inside {@link #doWork()}.
     * @return the client; its {@link UdpClient#close()} takes it out of the group. Null if the group is full.
     * @throws UncheckedIOException if there are no more sockets; the group goes on as it was.
     */
    public UdpClient newClient(final ClientEvents events) {
        if (clients.size() >= capacity) {
            return null;
        }
        final UdpClient client = new UdpClient(io, this, events);
        try {
            client.channel().register(selector, SelectionKey.OP_READ, client);
        } catch (final IOException e) {
            client.close();
            throw new UncheckedIOException(e);
        }
        clients.add(client);
        return client;
    }

    /**
     * Steps the clients that have something to read or something due, without blocking.
     *
     * @return how much was done.
     */
    public int doWork() {
        nowNs = io.nanoClock.nanoTime();
        receivedCount = 0;
        try {
            selector.selectNow(readyHandler);
        } catch (final IOException e) {
            io.counters.onReceiveFailed();
        }
        return receivedCount + wheel.poll(nowNs, TIMER_LIMIT);
    }

    /** Closes every client, then the selector. Idempotent. */
    @Override
    public void close() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            List.copyOf(clients).forEach(UdpClient::close);
        } finally {
            io.close();
            closeSelector();
        }
    }

    /**
     * Clients of this group, connected or not.
     *
     * @return count now.
     */
    public int clientCount() {
        return clients.size();
    }

    /**
     * What went through all clients together.
     *
     * @return live counters.
     */
    public NetCounters counters() {
        return io.counters;
    }

    /**
     * Which packet cipher is in use.
     *
     * @return its name.
     */
    public String cipherName() {
        return io.cipherName();
    }

    void schedule(final WheelTimer timer, final long dueNs) {
        wheel.schedule(timer, dueNs);
    }

    void onClosed(final UdpClient client, final WheelTimer timer) {
        wheel.cancel(timer);
        clients.remove(client);
    }

    private void onReady(final SelectionKey key) {
        receivedCount += ((UdpClient) key.attachment()).receive(nowNs);
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
