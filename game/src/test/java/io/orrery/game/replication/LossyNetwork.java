package io.orrery.game.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Loses, doubles, delays and reorders one client's frames and their acknowledgements. As the reliable header's 32 bits do, it acknowledges
 * no frame that arrives 32 or more behind the newest.
 */
final class LossyNetwork {
    private static final int ACK_WINDOW = 32;

    private final Random random;
    private final SteppedReplication replication;
    private final TestClient client;
    private final double lossRatio;
    private final int delayTicksMax;
    private final TreeMap<Integer, List<TestClient.SentFrame>> inFlight = new TreeMap<>();
    private final TreeMap<Integer, List<TestClient.SentFrame>> acks = new TreeMap<>();
    private long newestOrder = -1;
    private int tick;

    LossyNetwork(final Random random, final SteppedReplication replication, final TestClient client, final double lossRatio,
                 final int delayTicksMax) {
        this.random = random;
        this.replication = replication;
        this.client = client;
        this.lossRatio = lossRatio;
        this.delayTicksMax = delayTicksMax;
    }

    /** Carries what was sent since the last call and what is due; tells of each frame that becomes the newest. */
    void tick(final BiConsumer<TestClient, TestClient.SentFrame> onNewest) {
        tick++;
        for (final TestClient.SentFrame frame : client.outbox) {
            send(frame);
        }
        client.outbox.clear();
        for (final TestClient.SentFrame frame : due(inFlight)) {
            if (client.deliver(frame)) {
                onNewest.accept(client, frame);
            }
            newestOrder = Math.max(newestOrder, frame.order());
            if (newestOrder - frame.order() < ACK_WINDOW && random.nextDouble() >= lossRatio) {
                put(acks, random.nextInt(1 + delayTicksMax), frame);
            }
        }
        for (final TestClient.SentFrame frame : due(acks)) {
            replication.ack(client, frame);
        }
    }

    private void send(final TestClient.SentFrame frame) {
        if (random.nextDouble() < lossRatio) {
            return;
        }
        put(inFlight, random.nextInt(3) == 0 ? random.nextInt(1 + delayTicksMax) : 0, frame);
        if (random.nextDouble() < lossRatio / 2) {
            put(inFlight, random.nextInt(1 + delayTicksMax), frame);
        }
    }

    private void put(final TreeMap<Integer, List<TestClient.SentFrame>> line, final int delayTicks, final TestClient.SentFrame frame) {
        line.computeIfAbsent(tick + delayTicks, key -> new ArrayList<>()).add(frame);
    }

    private List<TestClient.SentFrame> due(final TreeMap<Integer, List<TestClient.SentFrame>> line) {
        final List<TestClient.SentFrame> due = line.remove(tick);
        return due == null ? List.of() : due;
    }
}
