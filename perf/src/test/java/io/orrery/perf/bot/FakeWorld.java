package io.orrery.perf.bot;

import io.orrery.client.ClientTransport;
import io.orrery.client.ClientTransportEvents;
import io.orrery.client.ClientTransportGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A server and its network in memory: honest, unless a test sets one of its lies. Stepped by hand, one slot at a time. */
final class FakeWorld implements ClientTransportGroup {
    static final int WIDTH_CM = 60_000;
    static final int HEIGHT_CM = 50_000;
    static final int RADIUS_CM = 10_000;
    static final int HYSTERESIS_CM = 1_000;
    static final int SPEED_CM_PER_S = 600;
    static final double TICK_S = 0.05;

    /** What a client is told instead of the truth. Each method is asked with the truth and returns what is said. */
    interface Lie {
        default boolean isShown(final FakeConnection client, final Body entity, final boolean isTrulyShown) {
            return isTrulyShown;
        }

        default int xCm(final FakeConnection client, final Body entity, final int xCm) {
            return xCm;
        }

        default long slot(final FakeConnection client, final long slot) {
            return slot;
        }

        default long lastCommand(final FakeConnection client, final long lastCommand) {
            return lastCommand;
        }

        default int lostSlotCount(final FakeConnection client) {
            return 0;
        }

        default boolean isFrameSent(final FakeConnection client) {
            return true;
        }

        default byte[] body(final FakeConnection client, final byte[] body) {
            return body;
        }
    }

    /** Something that walks. */
    static final class Body {
        final long id;
        final boolean isPlayer;
        double xCm;
        double yCm;
        double stepXCm;
        double stepYCm;

        Body(final long id, final boolean isPlayer, final double xCm, final double yCm) {
            this.id = id;
            this.isPlayer = isPlayer;
            this.xCm = xCm;
            this.yCm = yCm;
        }

        void head(final double radians, final double speedCmPerS) {
            stepXCm = Math.cos(radians) * speedCmPerS * TICK_S;
            stepYCm = Math.sin(radians) * speedCmPerS * TICK_S;
        }

        double distanceCm(final Body other) {
            return Math.hypot(Math.rint(xCm) - Math.rint(other.xCm), Math.rint(yCm) - Math.rint(other.yCm));
        }

        void step() {
            xCm = Math.clamp(xCm + stepXCm, 0, WIDTH_CM);
            yCm = Math.clamp(yCm + stepYCm, 0, HEIGHT_CM);
        }
    }

    final List<Body> bodies = new ArrayList<>();
    final List<FakeConnection> connections = new ArrayList<>();
    final Random random;
    Lie lie = new Lie() { };
    int lossOneIn = 20;
    boolean isRefusing;
    boolean isRoomless;
    boolean isStepping = true;
    boolean isClosed;
    long slot = 0xFFFF_FF00L;
    long bytesReceived;
    long bytesSent;
    long packetsReceived;
    long packetsSent;
    private long nextId = 1;

    FakeWorld(final long seed, final int npcCount) {
        random = new Random(seed);
        for (int i = 0; i < npcCount; i++) {
            bodies.add(new Body(newId(), false, random.nextInt(WIDTH_CM), random.nextInt(HEIGHT_CM)));
        }
    }

    long newId() {
        nextId++;
        return nextId << 8;
    }

    /** Runs one slot and sends a frame to everyone. */
    void tick() {
        slot++;
        connections.removeIf(connection -> connection.isClosed);
        for (final FakeConnection connection : connections) {
            connection.applyCommands();
        }
        for (final Body body : bodies) {
            if (!body.isPlayer && random.nextInt(60) == 0) {
                body.head(random.nextDouble() * 2 * Math.PI, random.nextInt(3) == 0 ? 0 : 150);
            }
            if (isStepping) {
                body.step();
            }
        }
        for (final FakeConnection connection : connections) {
            connection.sendFrame();
        }
    }

    boolean isLost() {
        return lossOneIn > 0 && random.nextInt(lossOneIn) == 0;
    }

    @Override
    public ClientTransport create(final ClientTransportEvents events) {
        if (isRoomless) {
            return null;
        }
        final FakeConnection connection = new FakeConnection(this, events);
        connections.add(connection);
        return connection;
    }

    @Override
    public int doWork() {
        for (final FakeConnection connection : List.copyOf(connections)) {
            connection.deliver();
        }
        return 0;
    }

    @Override
    public long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }

    @Override
    public long packetsReceived() {
        return packetsReceived;
    }

    @Override
    public long packetsSent() {
        return packetsSent;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
