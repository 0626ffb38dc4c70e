package io.orrery.transport.udp;

import com.sun.management.ThreadMXBean;
import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.netcode.ClientShared;
import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.DatagramSender;
import io.orrery.transport.netcode.ManualClock;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.Netcode;
import io.orrery.transport.netcode.NetcodeServerContext;
import io.orrery.transport.netcode.Tokens;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long does the server spend on one packet without sockets, received and sent, by message length and cipher? And what does an idle
 * group of clients cost per pass? Nanoseconds of processor time, median of rounds; prints one line each.
 */
public final class NetMeasure {
    private static final int BATCH = 4096;
    private static final int ROUNDS = 31;
    private static final int SLOT = 1280;
    private static final int HANDSHAKE_ROUNDS = 8;

    private NetMeasure() {
    }

    public static void main(final String[] args) {
        for (int warm = 0; warm < 2; warm++) {
            for (final boolean isNative : new boolean[] {true, false}) {
                for (final int length : new int[] {64, 1190}) {
                    packets(isNative, length, warm == 1);
                }
            }
        }
        aead(74);
        aead(1200);
        handshakes(true);
        hostile();
        idleGroup(Integer.getInteger("clients", 500));
    }

    private static PacketCipher cipher(final boolean isNative) {
        return isNative ? PacketCiphers.createNative() : PacketCiphers.createJdk();
    }

    private static void packets(final boolean isNative, final int length, final boolean isPrinted) {
        final LinkedPair pair = new LinkedPair(cipher(isNative), PacketCiphers.createNative());
        final Store store = new Store();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[length]);
        final long[] receiveNs = new long[ROUNDS];
        final long[] sendNs = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            store.count = 0;
            for (int i = 0; i < BATCH; i++) {
                pair.client.send(0, 0, message, 0, length);
                store.send(null, pair.toServer.datagram(0), 0, pair.toServer.length(0));
                pair.toServer.clear();
            }
            long startNs = cpuNs();
            for (int i = 0; i < BATCH; i++) {
                pair.server.onDatagram(LinkedPair.CLIENT, store.packets, i * SLOT, store.lengths[i]);
            }
            receiveNs[round] = (cpuNs() - startNs) / BATCH;

            startNs = cpuNs();
            for (int i = 0; i < BATCH; i++) {
                pair.server.send(pair.connectionId, 0, i + 1, message, 0, length);
            }
            sendNs[round] = (cpuNs() - startNs) / BATCH;
            pair.toClient.clear();
        }
        if (pair.messageCount != (long) ROUNDS * BATCH) {
            throw new IllegalStateException("messages=" + pair.messageCount);
        }
        if (isPrinted) {
            System.out.println(cipher(isNative).name() + " message " + length + " B: receive " + median(receiveNs) + " ns, send "
                + median(sendNs) + " ns");
        }
    }

    /** The cipher by itself, to compare a whole packet with. */
    private static void aead(final int length) {
        final PacketCipher cipher = PacketCiphers.createNative();
        final UnsafeBuffer key = OffHeap.allocate(32);
        final UnsafeBuffer additional = OffHeap.allocate(22);
        final UnsafeBuffer data = OffHeap.allocate(2048);
        final long[] ns = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            final long startNs = cpuNs();
            for (int i = 0; i < BATCH; i++) {
                cipher.seal(key, i, additional, data, 0, length);
            }
            ns[round] = (cpuNs() - startNs) / BATCH;
        }
        System.out.println(cipher.name() + " alone, seal " + length + " B: " + median(ns) + " ns");
    }

    private static void handshakes(final boolean isNative) {
        final int clients = 2000;
        final ManualClock clock = new ManualClock();
        final Store toServer = new Store();
        final Store toClient = new Store();
        final NetcodeServerContext context = new NetcodeServerContext()
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).publicAddresses(List.of(Tokens.SERVER))
            .clientCapacity(HANDSHAKE_ROUNDS * clients).nanoClock(clock).epochClock(clock.epoch()).cipher(cipher(isNative)).conclude();
        final MessageServer server = new MessageServer(context, HANDSHAKE_ROUNDS * clients, new NetCounters(), toClient,
            new RecordingEvents());
        final ClientShared shared = new ClientShared(PacketCiphers.createNative(), new NetCounters());
        for (int round = 0; round < HANDSHAKE_ROUNDS; round++) {
            final List<MessageClient> list = new ArrayList<>();
            final List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                list.add(new MessageClient(shared, clock, toServer, new RecordingClientEvents()));
                addresses.add(Tokens.address("10." + round + "." + i / 250 + "." + i % 250, 5000));
                list.get(i).connect(Tokens.mint(round * 100_000L + i));
            }
            long spentNs = 0;
            for (int phase = 0; phase < 2; phase++) {
                final long startNs = cpuNs();
                for (int i = 0; i < clients; i++) {
                    server.onDatagram(addresses.get(i), toServer.packets, i * SLOT, toServer.lengths[i]);
                }
                spentNs += cpuNs() - startNs;
                toServer.count = 0;
                for (int i = 0; i < clients; i++) {
                    list.get(i).onDatagram(Tokens.SERVER, toClient.packets, i * SLOT, toClient.lengths[i], clock.nanoTime());
                }
                toClient.count = 0;
            }
            if (list.stream().anyMatch(client -> client.netcode().state() != ClientState.CONNECTED)) {
                throw new IllegalStateException("not all connected");
            }
            System.out.println("handshake, server's part, round " + round + ": " + spentNs / clients + " ns");
        }
    }

    private static void hostile() {
        final LinkedPair pair = new LinkedPair(PacketCiphers.createNative(), PacketCiphers.createNative());
        final Store store = new Store();
        pair.client.send(0, 0, new UnsafeBuffer(new byte[64]), 0, 64);
        store.send(null, pair.toServer.datagram(0), 0, pair.toServer.length(0));
        final int length = store.lengths[0];
        final byte[] payload = new byte[length];
        store.packets.getBytes(0, payload);
        report("malformed header", pair, new byte[] {0x7f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19});
        final byte[] forged = payload.clone();
        forged[length - 1] ^= 1;
        report("forged tag, 64 B message", pair, forged);
        pair.deliver();
        report("replayed payload", pair, payload);
        final UnsafeBuffer request = new UnsafeBuffer(new byte[Netcode.REQUEST_LENGTH]);
        final DatagramSender keeper = (target, buffer, offset, sentLength) -> {
            request.putBytes(0, buffer, offset, sentLength);
            return true;
        };
        new MessageClient(new ClientShared(PacketCiphers.createNative(), new NetCounters()), pair.clock, keeper,
            new RecordingClientEvents()).connect(Tokens.mint(99));
        report("repeated valid request, rate limited", pair, request.byteArray());
        final byte[] alteredRequest = request.byteArray().clone();
        alteredRequest[Netcode.REQUEST_LENGTH - 16] ^= 1;
        report("forged connect token", pair, alteredRequest);
    }

    private static void report(final String what, final LinkedPair pair, final byte[] datagram) {
        final boolean isRequest = datagram.length == Netcode.REQUEST_LENGTH;
        final InetSocketAddress source = isRequest ? Tokens.address("10.7.7.7", 1) : LinkedPair.CLIENT;
        final UnsafeBuffer buffer = OffHeap.allocate(2048);
        final long[] ns = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            final long startNs = cpuNs();
            for (int i = 0; i < BATCH; i++) {
                buffer.putBytes(0, datagram);
                pair.server.onDatagram(source, buffer, 0, datagram.length);
            }
            ns[round] = (cpuNs() - startNs) / BATCH;
            pair.toClient.clear();
        }
        System.out.println(what + ": " + median(ns) + " ns");
    }

    private static void idleGroup(final int count) {
        final UdpServer server = new UdpServer(new UdpServerContext()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).events(new RecordingEvents())
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).conclude());
        server.onStart();
        final UdpClientGroup group = new UdpClientGroup(new UdpClientContext().conclude());
        final long nowS = SystemEpochClock.INSTANCE.time() / 1000;
        final long connectStartNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            group.newClient(new RecordingClientEvents())
                .connect(Tokens.mint(Tokens.context(i, server.localAddress()).createS(nowS).expireS(nowS + 45)));
            server.doWork();
            group.doWork();
        }
        while (server.connectedCount() < count) {
            server.doWork();
            group.doWork();
        }
        final long connectNs = System.nanoTime() - connectStartNs;
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long passes = 0;
        long groupNs = 0;
        long serverBytes = 0;
        long groupBytes = 0;
        final long receivedBefore = server.counters().datagramsReceived();
        final long endNs = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() - endNs < 0) {
            final long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            server.doWork();
            final long bytesBetween = threads.getCurrentThreadAllocatedBytes();
            final long startNs = System.nanoTime();
            group.doWork();
            groupNs += System.nanoTime() - startNs;
            serverBytes += bytesBetween - bytesBefore;
            groupBytes += threads.getCurrentThreadAllocatedBytes() - bytesBetween;
            passes++;
        }
        System.out.println(count + " clients connected in " + connectNs / 1_000_000 + " ms on one thread with the server; group pass "
            + groupNs / passes + " ns mean, keep-alives both ways included (" + 20L * count + " datagrams/s)");
        final long received = Math.max(1, server.counters().datagramsReceived() - receivedBefore);
        System.out.println("allocated per datagram with sockets: server " + serverBytes / received + " B, group "
            + groupBytes / received + " B");
        group.close();
        server.onClose();
    }

    /** Processor time of this thread: what others do on the machine disturbs it less than the wall clock. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long median(final long[] values) {
        final long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Keeps a batch of datagrams, one slot each. */
    private static final class Store implements DatagramSender {
        private final UnsafeBuffer packets = OffHeap.allocate(BATCH * SLOT);
        private final int[] lengths = new int[BATCH];
        private int count;

        @Override
        public boolean send(final InetSocketAddress target, final DirectBuffer buffer, final int offset, final int length) {
            packets.putBytes(count * SLOT, buffer, offset, length);
            lengths[count] = length;
            count++;
            return true;
        }
    }
}
