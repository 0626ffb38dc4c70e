package io.orrery.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stands between one client and the server and keeps what both send. Without a server it keeps what comes and passes nothing on. */
final class RecordingRelay implements AutoCloseable {
    private static final int KEPT_MAX = 2_000;
    private static final int TYPE_MASK = 0xF;

    final List<byte[]> fromClient = new ArrayList<>();
    final List<byte[]> fromServer = new ArrayList<>();

    private final InetSocketAddress server;
    private final DatagramChannel clientSide;
    private final DatagramChannel serverSide;
    private final ByteBuffer buffer = ByteBuffer.allocate(2_048);
    private SocketAddress client;

    RecordingRelay(final InetSocketAddress server) throws IOException {
        this.server = server;
        clientSide = open();
        serverSide = open();
    }

    static DatagramChannel open() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        channel.configureBlocking(false);
        return channel;
    }

    static int typeOf(final byte[] datagram) {
        return datagram[0] & TYPE_MASK;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) clientSide.getLocalAddress();
    }

    void step() throws IOException {
        for (SocketAddress source = receive(clientSide, fromClient); source != null; source = receive(clientSide, fromClient)) {
            client = source;
            if (server != null) {
                serverSide.send(buffer, server);
            }
        }
        while (receive(serverSide, fromServer) != null) {
            clientSide.send(buffer, client);
        }
    }

    /** Sends to the server from the address that it knows the client by. */
    void inject(final byte[] datagram) throws IOException {
        serverSide.send(ByteBuffer.wrap(datagram), server);
    }

    @Override
    public void close() throws IOException {
        clientSide.close();
        serverSide.close();
    }

    private SocketAddress receive(final DatagramChannel channel, final List<byte[]> kept) throws IOException {
        buffer.clear();
        final SocketAddress source = channel.receive(buffer);
        buffer.flip();
        if (source != null && kept.size() < KEPT_MAX) {
            kept.add(Arrays.copyOf(buffer.array(), buffer.limit()));
        }
        return source;
    }
}
