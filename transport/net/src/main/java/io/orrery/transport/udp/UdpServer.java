package io.orrery.transport.udp;

import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.netcode.NetCounters;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The agent that owns one UDP socket and every connection on it.
 *
 * <p>Writing thread: the agent's, from {@link #onStart()} on; {@link #counters()} may be read by any. The socket is bound by the
 * constructor, so that a launcher learns of a port in use before it starts threads. Memory: fixed by the context's capacities.
 *
 * <p>Guarantees (G1) bounded work per {@link #doWork()}; (G2) a connection that received a message answers with an acknowledgement within
 * 100 ms even if its owner sends nothing; (G3) connection ids are never used again.
 */
public final class UdpServer implements Agent {
    /** Most bytes of a message: 1,200 of a payload less the longest acknowledgement header and the channel byte. */
    public static final int MESSAGE_LENGTH_MAX = MessageLink.MESSAGE_LENGTH_MAX;

    private final String roleName;
    private final NetCounters counters;
    private final PacketCipher cipher;
    private final DatagramPort port;
    private final InetSocketAddress localAddress;
    private final MessageServer messages;
    private final int receiveLimit;
    private final UnsafeBuffer receiveBuffer = DatagramPort.receiveBuffer();
    private final ByteBuffer receiveBytes = receiveBuffer.byteBuffer();
    private Thread owner;
    private boolean isClosed;

    /**
     * Binds the socket and creates a server without clients.
     *
     * @param context concluded; its values are copied.
     * @throws UncheckedIOException in one line naming the address and the cause, if the socket cannot be bound; nothing is left open.
     */
    public UdpServer(final UdpServerContext context) {
        roleName = "net-io-" + context.index();
        counters = context.counters();
        cipher = context.cipher();
        receiveLimit = context.receiveLimitPerCall();
        final DatagramChannel channel = bindOrCloseCipher(context);
        try {
            localAddress = (InetSocketAddress) channel.getLocalAddress();
            port = new DatagramPort(channel);
            messages = new MessageServer(
                context.netcode(localAddress), context.clientCapacity(), counters, port, context.events());
        } catch (final IOException e) {
            cipher.close();
            closeAfter(channel, e);
            throw new UncheckedIOException(e);
        } catch (final RuntimeException e) {
            cipher.close();
            closeAfter(channel, e);
            throw e;
        }
    }

    @Override
    public void onStart() {
        owner = Thread.currentThread();
    }

    @Override
    public int doWork() {
        assert isOwner() : "doWork on " + Thread.currentThread() + ", " + roleName + " belongs to " + owner + ": start it there";
        return messages.doWork() + receive();
    }

    /** Says goodbye to every client, then closes the socket. Idempotent. */
    @Override
    public void onClose() {
        assert owner == null || isOwner() : "onClose on " + Thread.currentThread() + ", " + roleName + " belongs to " + owner;
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            messages.close();
        } finally {
            cipher.close();
            closeSocket();
        }
    }

    @Override
    public String roleName() {
        return roleName;
    }

    /**
     * Sends a message in a packet of its own, at once. Agent's thread.
     *
     * @param connectionId to whom.
     * @param channel 0, unreliable.
     * @param tag comes back through {@link ConnectionEvents#onAcked} when the packet is acknowledged; 0 if that is not wanted.
     * @param buffer holds the message; not kept.
     * @param offset of the message, in bytes.
     * @param length of the message, 0 to {@link #MESSAGE_LENGTH_MAX} bytes.
     * @return 1, or a result below 0 of {@link io.orrery.transport.netcode.SendResult}: NOT_CONNECTED, TOO_LONG, BACK_PRESSURED,
     *     NO_SUCH_CHANNEL.
     */
    public int send(
        final long connectionId, final int channel, final long tag, final DirectBuffer buffer, final int offset, final int length) {
        assert isOwner() : "send on " + Thread.currentThread() + ", " + roleName + " belongs to " + owner + ": send there";
        return messages.send(connectionId, channel, tag, buffer, offset, length);
    }

    /**
     * Ends a connection: ten disconnect packets, and {@link ConnectionEvents#onDisconnected} inside the call. Agent's thread.
     *
     * @param connectionId whose.
     * @return false if there is no such connection.
     */
    public boolean disconnect(final long connectionId) {
        assert isOwner() : "disconnect on " + Thread.currentThread() + ", " + roleName + " belongs to " + owner;
        return messages.disconnect(connectionId);
    }

    /**
     * Whether a connection exists. Agent's thread.
     *
     * @param connectionId whose.
     * @return false from its end on, for ever.
     */
    public boolean isConnected(final long connectionId) {
        return messages.netcode().isConnected(connectionId);
    }

    /**
     * Connected clients. Agent's thread.
     *
     * @return count now.
     */
    public int connectedCount() {
        return messages.netcode().connectedCount();
    }

    /**
     * Where the socket is bound.
     *
     * @return with the port that was chosen if 0 was asked for.
     */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * What went through.
     *
     * @return live counters, readable from any thread.
     */
    public NetCounters counters() {
        return counters;
    }

    /**
     * Which packet cipher is in use.
     *
     * @return its name.
     */
    public String cipherName() {
        return cipher.name();
    }

    private int receive() {
        int received = 0;
        try {
            while (received < receiveLimit) {
                final InetSocketAddress source = port.receive(receiveBytes);
                if (source == null) {
                    break;
                }
                received++;
                messages.onDatagram(source, receiveBuffer, 0, receiveBytes.position());
            }
        } catch (final IOException e) {
            counters.onReceiveFailed();
        }
        return received;
    }

    private boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    private void closeSocket() {
        try {
            port.channel().close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DatagramChannel bindOrCloseCipher(final UdpServerContext context) {
        try {
            return bind(context);
        } catch (final RuntimeException e) {
            cipher.close();
            throw e;
        }
    }

    private static DatagramChannel bind(final UdpServerContext context) {
        final InetSocketAddress address = context.bindAddress();
        DatagramChannel channel = null;
        try {
            final ProtocolFamily family = address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            channel = DatagramChannel.open(family);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, context.socketBufferBytes());
            channel.setOption(StandardSocketOptions.SO_SNDBUF, context.socketBufferBytes());
            channel.bind(address);
            return channel;
        } catch (final IOException e) {
            if (channel != null) {
                closeAfter(channel, e);
            }
            throw new UncheckedIOException("bindAddress=" + address.getAddress().getHostAddress() + ":" + address.getPort()
                + ", cannot bind UDP socket: " + e.getMessage() + ": choose a free port or 0 for any", e);
        }
    }

    private static void closeAfter(final DatagramChannel channel, final Exception cause) {
        try {
            channel.close();
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }
}
