package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Datagrams between addresses in one thread: delivered step by step, lost, doubled and delayed as a seed says. */
public final class SimulatedNetwork {
    /** One datagram as it was sent. */
    public record Datagram(InetSocketAddress source, InetSocketAddress target, byte[] bytes) {
        int type() {
            return bytes[0] & 0xF;
        }
    }

    /** Where datagrams arrive. */
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(InetSocketAddress source, MutableDirectBuffer buffer, int offset, int length);
    }

    private record InFlight(Datagram datagram, long dueStep) {
    }

    private final Random random;
    private final double lossRatio;
    private final double doubleRatio;
    private final int delayStepsMax;
    private final Map<InetSocketAddress, Receiver> receivers = new HashMap<>();
    private final List<InFlight> inFlight = new ArrayList<>();
    private final List<Datagram> sent = new ArrayList<>();
    private final UnsafeBuffer buffer = OffHeap.allocate(2048);
    private long step;
    private boolean isBlocked;

    public SimulatedNetwork() {
        this(new Random(1), 0, 0, 0);
    }

    public SimulatedNetwork(final Random random, final double lossRatio, final double doubleRatio, final int delayStepsMax) {
        this.random = random;
        this.lossRatio = lossRatio;
        this.doubleRatio = doubleRatio;
        this.delayStepsMax = delayStepsMax;
    }

    public void attach(final InetSocketAddress address, final Receiver receiver) {
        receivers.put(address, receiver);
    }

    public void detach(final InetSocketAddress address) {
        receivers.remove(address);
    }

    public DatagramSender sender(final InetSocketAddress source) {
        return (target, from, offset, length) -> send(source, target, from, offset, length);
    }

    /** While blocked, senders are told that nothing is taken. */
    public void block(final boolean blocked) {
        isBlocked = blocked;
    }

    /** Delivers what is due, and what that makes due at once; returns how many. */
    public int deliver() {
        step++;
        int delivered = 0;
        boolean isProgress = true;
        while (isProgress) {
            isProgress = false;
            for (int i = 0; i < inFlight.size(); i++) {
                if (inFlight.get(i).dueStep <= step) {
                    inject(inFlight.remove(i).datagram);
                    delivered++;
                    isProgress = true;
                    break;
                }
            }
        }
        return delivered;
    }

    /** Delivers one datagram now, whoever made it. */
    public void inject(final Datagram datagram) {
        final Receiver receiver = receivers.get(datagram.target);
        if (receiver != null) {
            buffer.putBytes(0, datagram.bytes);
            receiver.onDatagram(datagram.source, buffer, 0, datagram.bytes.length);
        }
    }

    /** Forgets what is under way. */
    public void dropInFlight() {
        inFlight.clear();
    }

    /** Everything sent since the start or the last clearing, lost or not. */
    public List<Datagram> sent() {
        return sent;
    }

    public List<Datagram> sentFrom(final InetSocketAddress source, final int type) {
        return sent.stream().filter(d -> d.source.equals(source) && d.type() == type).toList();
    }

    private boolean send(
        final InetSocketAddress source, final InetSocketAddress target, final DirectBuffer from, final int offset, final int length) {
        if (isBlocked) {
            return false;
        }
        final byte[] bytes = new byte[length];
        from.getBytes(offset, bytes);
        final Datagram datagram = new Datagram(source, target, bytes);
        sent.add(datagram);
        if (random.nextDouble() >= lossRatio) {
            launch(datagram);
            if (random.nextDouble() < doubleRatio) {
                launch(datagram);
            }
        }
        return true;
    }

    private void launch(final Datagram datagram) {
        final int delaySteps = delayStepsMax == 0 ? 0 : random.nextInt(delayStepsMax + 1);
        inFlight.add(new InFlight(datagram, step + delaySteps));
    }
}
