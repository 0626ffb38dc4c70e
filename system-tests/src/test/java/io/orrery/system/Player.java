package io.orrery.system;

import io.orrery.client.ClientContext;
import io.orrery.client.ClientFault;
import io.orrery.client.ClientListener;
import io.orrery.client.ClientState;
import io.orrery.client.ClientTransportFactory;
import io.orrery.client.FrameEnvelope;
import io.orrery.client.MovePrediction;
import io.orrery.client.OrreryClient;
import io.orrery.client.ReplicatedEntity;
import io.orrery.client.UdpTransportGroup;
import io.orrery.client.WorldPosition;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.udp.UdpClientContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client with a socket group of its own, stepped by the test's thread; holds every frame against the movement rule. */
final class Player implements ClientListener, AutoCloseable {
    private static final double TOLERANCE_CM = 2;

    final List<ClientState> states = new ArrayList<>();
    final List<ClientFault> faults = new ArrayList<>();
    final List<String> wrongPlaces = new ArrayList<>();
    final List<Long> left = new ArrayList<>();
    int judgedFrames;

    private final UdpTransportGroup group = new UdpTransportGroup(new UdpClientContext().groupCapacity(4).conclude());
    private final OrreryClient client;
    private final WorldPosition expected = new WorldPosition();
    private MovePrediction prediction;
    private int heading = -1;
    private long anchorCommand = -1;
    private int anchorLostSlots;

    Player(final byte[] connectToken) {
        this(connectToken, ReplicationSchema.STANDARD, factory -> factory);
    }

    Player(final byte[] connectToken, final ReplicationSchema schema, final UnaryOperator<ClientTransportFactory> wrapping) {
        client = new OrreryClient(new ClientContext().schema(schema).listener(this).transportFactory(wrapping.apply(group)).conclude());
        client.connect(connectToken);
    }

    OrreryClient client() {
        return client;
    }

    ClientState state() {
        return client.state();
    }

    boolean isInWorld() {
        return client.state() == ClientState.IN_WORLD && own() != null;
    }

    long entityId() {
        return client.world().entityId();
    }

    ReplicatedEntity own() {
        return client.entities().find(entityId());
    }

    boolean sees(final Player other) {
        return client.entities().find(other.entityId()) != null;
    }

    long packetsReceived() {
        return group.packetsReceived();
    }

    /** Walks from the next frame on that acknowledges the command. */
    void walk(final int heading16) {
        heading = heading16;
        if (client.move(heading16) < 0) {
            throw new IllegalStateException("the command was not taken in state " + client.state());
        }
    }

    void step() {
        group.doWork();
        client.doWork();
    }

    @Override
    public void onStateChange(final ClientState state) {
        states.add(state);
    }

    @Override
    public void onFault(final ClientFault fault) {
        faults.add(fault);
    }

    @Override
    public void onLeave(final long entityId) {
        left.add(entityId);
    }

    @Override
    public void onFrame(final FrameEnvelope frame) {
        final ReplicatedEntity own = own();
        if (own == null || client.pendingCommandCount() > 0) {
            return;
        }
        if (prediction == null) {
            prediction = new MovePrediction(client.world());
        }
        if (frame.lastCommand() != anchorCommand || frame.lostSlotCount() != anchorLostSlots) {
            anchorCommand = frame.lastCommand();
            anchorLostSlots = frame.lostSlotCount();
            prediction.anchor(frame.slot(), frame.lostSlotCount(), own.xCm(), own.yCm());
            if (heading >= 0) {
                prediction.move(heading);
            }
            return;
        }
        judgedFrames++;
        prediction.at(frame.slot(), frame.lostSlotCount(), expected);
        if (Math.abs(expected.xCm() - own.xCm()) > TOLERANCE_CM || Math.abs(expected.yCm() - own.yCm()) > TOLERANCE_CM) {
            wrongPlaces.add("slot " + frame.slot() + ": (" + own.xCm() + ", " + own.yCm() + "), must be (" + expected.xCm() + ", "
                + expected.yCm() + ")");
        }
    }

    @Override
    public void close() {
        client.close();
        group.close();
    }
}
