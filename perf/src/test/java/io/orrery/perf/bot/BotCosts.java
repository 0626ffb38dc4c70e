package io.orrery.perf.bot;

import com.sun.management.ThreadMXBean;
import io.orrery.client.UdpTransportGroup;
import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.frame.FrameWriter;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.FrameEncoder;
import io.orrery.transport.message.codec.HelloDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.WelcomeEncoder;
import io.orrery.transport.netcode.ConnectTokenContext;
import io.orrery.transport.netcode.ConnectTokens;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.udp.ConnectionEvents;
import io.orrery.transport.udp.UdpClientContext;
import io.orrery.transport.udp.UdpServer;
import io.orrery.transport.udp.UdpServerContext;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a bot costs: CPU time of the swarm's thread and heap, for so many bots that are shown so many walking entities 20 times a second
 * over loopback. Run by hand: {@code BotCosts botCount entityCount seconds}.
 */
final class BotCosts {
    private static final byte[] PRIVATE_KEY = new byte[32];
    private static final long OWN_ID = 1_000_000;

    private BotCosts() {
    }

    public static void main(final String[] args) throws InterruptedException {
        final int botCount = Integer.parseInt(args[0]);
        final int entityCount = Integer.parseInt(args[1]);
        final long durationMs = Long.parseLong(args[2]) * 1_000;
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Game game = new Game(entityCount);
        final AgentRunner server = new AgentRunner(new SleepingMillisIdleStrategy(1), BotCosts::onFault, null, game);
        AgentRunner.startOnThread(server);
        while (game.address == null) {
            Thread.onSpinWait();
        }

        final long heapBefore = usedHeapBytes();
        final BotSwarm swarm = swarm(botCount, game.address);
        final AgentRunner bots = new AgentRunner(new SleepingMillisIdleStrategy(1), BotCosts::onFault, null, swarm);
        final Thread botThread = AgentRunner.startOnThread(bots);
        while (swarm.snapshot() == null || swarm.snapshot().inWorldCount() < botCount) {
            Thread.sleep(100);
        }
        Thread.sleep(10_000);

        final long heapAfter = usedHeapBytes();
        final long cpuBefore = threads.getThreadCpuTime(botThread.threadId());
        final long allocatedBefore = threads.getThreadAllocatedBytes(botThread.threadId());
        final long framesBefore = swarm.snapshot().framesReceived();
        Thread.sleep(durationMs);
        final long cpuNs = threads.getThreadCpuTime(botThread.threadId()) - cpuBefore;
        final long allocated = threads.getThreadAllocatedBytes(botThread.threadId()) - allocatedBefore;
        final BotSwarmSnapshot snapshot = swarm.snapshot();
        System.out.printf("bots=%d entities=%d heap_bytes_per_bot=%d cpu_us_per_bot_per_s=%.0f cpu_ns_per_frame=%d"
                + " allocated_bytes_per_frame=%.1f bytes_in_per_bot_per_s=%.0f frames_per_bot_per_s=%.1f violations=%d %s%n",
            botCount, entityCount, (heapAfter - heapBefore) / botCount, cpuNs / 1e3 / botCount / (durationMs / 1e3),
            cpuNs / (snapshot.framesReceived() - framesBefore), (double) allocated / (snapshot.framesReceived() - framesBefore),
            snapshot.bytesInPerBotPerS(), snapshot.framesPerBotPerS(), snapshot.violationCount(),
            swarm.violations().isEmpty() ? "" : swarm.violations().getFirst());
        bots.close();
        server.close();
    }

    private static void onFault(final Throwable fault) {
        fault.printStackTrace();
    }

    private static long usedHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static BotSwarm swarm(final int botCount, final InetSocketAddress address) {
        final ConnectTokens tokens = new ConnectTokens(PacketCiphers.create());
        return new BotSwarm(new BotContext().botCount(botCount).rampNs(2_000_000_000L)
            .commandIntervalNs(3_600_000_000_000L, 3_600_000_000_000L)
            .transportGroup(new UdpTransportGroup(new UdpClientContext().groupCapacity(botCount).conclude()))
            .tokenSource(index -> {
                final long nowS = System.currentTimeMillis() / 1_000;
                return tokens.mint(new ConnectTokenContext().protocolId(Protocol.NETCODE_PROTOCOL_ID).clientId(index + 1L)
                    .createS(nowS).expireS(nowS + 30).timeoutS(5).publicAddresses(List.of(address)).userData(new byte[256])
                    .privateKey(PRIVATE_KEY).conclude());
            })
            .conclude());
    }

    /** Sends everybody surroundings of the same kind; characters stand still, because bots are told to give no commands. */
    private static final class Game implements Agent, ConnectionEvents {
        private static final long TICK_NS = 50_000_000L;

        private final List<long[]> clients = new ArrayList<>();
        private final int entityCount;
        private final UdpServer server;
        private final FrameWriter writer = new FrameWriter(ReplicationSchema.STANDARD);
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);
        private final UnsafeBuffer body = new UnsafeBuffer(new byte[1_100]);
        private final FrameEncoder frame = new FrameEncoder();
        private final MessageHeaderEncoder header = new MessageHeaderEncoder();
        private volatile InetSocketAddress address;
        private long dueNs;
        private int slot;

        private Game(final int entityCount) {
            this.entityCount = entityCount;
            server = new UdpServer(new UdpServerContext().bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .protocolId(Protocol.NETCODE_PROTOCOL_ID).privateKey(PRIVATE_KEY).clientCapacity(4_096).events(this).conclude());
        }

        @Override
        public void onStart() {
            server.onStart();
            address = server.localAddress();
            dueNs = System.nanoTime();
        }

        @Override
        public int doWork() {
            int work = server.doWork();
            if (System.nanoTime() - dueNs >= 0) {
                dueNs += TICK_NS;
                slot++;
                clients.forEach(this::sendFrame);
                work++;
            }
            return work;
        }

        @Override
        public void onClose() {
            server.onClose();
        }

        @Override
        public String roleName() {
            return "game-stub";
        }

        @Override
        public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
            return true;
        }

        @Override
        public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
            clients.add(new long[] {connectionId, OWN_ID + clientId, 0, 0});
        }

        @Override
        public void onPayload(final long connectionId, final DirectBuffer source, final int offset, final int length) {
            if (source.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset()) == HelloDecoder.TEMPLATE_ID) {
                final long[] client = clients.stream().filter(entry -> entry[0] == connectionId).findFirst().orElseThrow();
                client[2] = 1;
                final WelcomeEncoder welcome = new WelcomeEncoder().wrapAndApplyHeader(buffer, 0, header)
                    .protocolVersion(Protocol.VERSION).schemaHash(ReplicationSchema.STANDARD.hash()).entityId(client[1])
                    .tickPeriodNs(TICK_NS).worldWidthCm(240_000).worldHeightCm(2_400_000).interestRadiusCm(10_000)
                    .moveSpeedCmPerS(600).nodeEpoch(1);
                server.send(connectionId, 0, 0, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength());
            }
        }

        @Override
        public void onAcked(final long connectionId, final long tag) {
            // Everything is sent in full or against the frame before: loopback loses nothing that matters here.
        }

        @Override
        public void onDisconnected(final long connectionId, final DisconnectReason reason) {
            clients.removeIf(client -> client[0] == connectionId);
        }

        private void sendFrame(final long[] client) {
            if (client[2] == 0) {
                return;
            }
            client[3]++;
            final int column = (int) (client[1] - OWN_ID) % 20 * 12_000 + 2_400;
            final int row = (int) (client[1] - OWN_ID) / 20 * 12_000;
            final boolean isFirst = client[3] <= 20;
            writer.begin(body, 0, body.capacity(), isFirst ? 0 : 1);
            for (int i = 0; i < entityCount; i++) {
                final long id = i == 0 ? client[1] : client[1] * 1_000 + i;
                final int[] state = {0, column + i * 20 + (i == 0 ? 0 : slot % 2 * 30), row + i * 20};
                final int[] before = {0, column + i * 20 + (i == 0 ? 0 : (slot + 1) % 2 * 30), row + i * 20};
                if (isFirst) {
                    writer.enter(i, id, state, 0);
                } else {
                    writer.update(i, 1, before, 0, state, 0);
                }
            }
            final int length = writer.finish();
            frame.wrapAndApplyHeader(buffer, 0, header).frameNumber(client[3]).slot(slot).lastCommand(0).commandAge(0)
                .timeFactorPercent((short) 100).lostSlotCount(0).putBody(body, 0, length);
            server.send(client[0], 0, 0, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength());
        }
    }
}
