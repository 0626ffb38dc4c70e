package io.orrery.transport.udp;

import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.NetcodeClient;
import io.orrery.transport.netcode.WheelTimer;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * One client with a socket of its own, bound to a port that the system chooses.
 *
 * <p>Writing thread: the one that steps it, by {@link #doWork()} or by the {@link UdpClientGroup} that made it. Memory: fixed.
 */
public final class UdpClient implements AutoCloseable {
    private final ClientIo io;
    private final UdpClientGroup group;
    private final DatagramPort port;
    private final MessageClient messages;
    private final GroupTimer groupTimer = new GroupTimer();
    private long dueNs;
    private boolean isClosed;

    /**
     * Opens the socket of a client that is stepped by {@link #doWork()}.
     *
     * @param context concluded; serves this client alone.
     * @param events told of everything, on the calling thread.
     * @throws UncheckedIOException if there are no more sockets; nothing is left open.
     */
    public UdpClient(final UdpClientContext context, final ClientEvents events) {
        this(new ClientIo(context), null, events);
    }

    UdpClient(final ClientIo io, final UdpClientGroup group, final ClientEvents events) {
        this.io = io;
        this.group = group;
        port = new DatagramPort(open(io.socketBufferBytes));
        messages = new MessageClient(io.shared, io.nanoClock, port, events);
    }

    /**
     * Begins to connect; the first request leaves inside the call. A connection there was ends first.
     *
     * @param connectToken 2,048 bytes as received, copied.
     * @return false if the token is not valid: the state is then {@link ClientState#INVALID_TOKEN}.
     */
    public boolean connect(final byte[] connectToken) {
        if (isClosed) {
            throw new IllegalStateException("client is closed");
        }
        final boolean isValid = messages.connect(connectToken);
        if (isValid) {
            dueNs = io.nanoClock.nanoTime();
            if (group != null) {
                group.schedule(groupTimer, dueNs);
            }
        }
        return isValid;
    }

    /**
     * Takes what came, bounded, and does what is due. Only for a client that is in no group.
     *
     * @return how much was done.
     * @throws IllegalStateException if a group steps this client.
     */
    public int doWork() {
        if (group != null) {
            throw new IllegalStateException("a client of a group is stepped by UdpClientGroup.doWork");
        }
        if (isClosed) {
            return 0;
        }
        final long nowNs = io.nanoClock.nanoTime();
        int work = receive(nowNs);
        if (messages.netcode().state().isActive() && nowNs - dueNs >= 0) {
            dueNs = messages.onTimer(nowNs);
            work++;
        }
        return work;
    }

    /**
     * Sends a message in a packet of its own, at once.
     *
     * @param channel 0, unreliable.
     * @param tag comes back through {@link ClientEvents#onAcked} when the packet is acknowledged; 0 if that is not wanted.
     * @param buffer holds the message; not kept.
     * @param offset of the message, in bytes.
     * @param length of the message, 0 to {@link UdpServer#MESSAGE_LENGTH_MAX} bytes.
     * @return 1, or a result below 0 of {@link io.orrery.transport.netcode.SendResult}: NOT_CONNECTED, TOO_LONG, BACK_PRESSURED,
     *     NO_SUCH_CHANNEL.
     */
    public int send(final int channel, final long tag, final DirectBuffer buffer, final int offset, final int length) {
        return messages.send(channel, tag, buffer, offset, length);
    }

    /** Says goodbye ten times if there was anything to leave. The client may connect again, with another token. */
    public void disconnect() {
        messages.disconnect();
    }

    /** Says goodbye and closes the socket. Idempotent. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            messages.disconnect();
        } finally {
            closeSocket();
        }
    }

    /**
     * Where the client stands.
     *
     * @return never null.
     */
    public ClientState state() {
        return messages.netcode().state();
    }

    /**
     * Slot that the server gave.
     *
     * @return from 0; meaningful once connected.
     */
    public int clientIndex() {
        return messages.netcode().clientIndex();
    }

    /**
     * Address being dialled or connected to.
     *
     * @return null before the first connect.
     */
    public InetSocketAddress server() {
        return messages.netcode().server();
    }

    /**
     * What went through this client, or through its group.
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

    DatagramChannel channel() {
        return port.channel();
    }

    int receive(final long nowNs) {
        int received = 0;
        try {
            while (received < io.receiveLimit && !isClosed) {
                final InetSocketAddress source = port.receive(io.receiveBytes);
                if (source == null) {
                    break;
                }
                received++;
                messages.onDatagram(source, io.receiveBuffer, 0, io.receiveBytes.position(), nowNs);
            }
        } catch (final IOException e) {
            io.counters.onReceiveFailed();
        }
        return received;
    }

    private void closeSocket() {
        try {
            port.channel().close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (group == null) {
                io.close();
            } else {
                group.onClosed(this, groupTimer);
            }
        }
    }

    private static DatagramChannel open(final int socketBufferBytes) {
        try {
            final DatagramChannel channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
                channel.bind(null);
                return channel;
            } catch (final IOException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open a UDP socket: " + e.getMessage(), e);
        }
    }

    /** Lets the group's wheel step this client. */
    private final class GroupTimer extends WheelTimer {
        @Override
        protected void onTimer(final long nowNs) {
            final long nextNs = messages.onTimer(nowNs);
            if (nextNs != NetcodeClient.NEVER_NS) {
                group.schedule(this, nextNs);
            }
        }
    }
}
