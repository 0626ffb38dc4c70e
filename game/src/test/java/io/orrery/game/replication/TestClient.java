package io.orrery.game.replication;

import io.orrery.client.ClientContext;
import io.orrery.client.ClientFault;
import io.orrery.client.ClientListener;
import io.orrery.client.ClientTransport;
import io.orrery.client.ClientTransportEvents;
import io.orrery.client.FrameEnvelope;
import io.orrery.client.OrreryClient;
import io.orrery.client.ReplicatedEntities;
import io.orrery.client.ReplicatedEntity;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.WelcomeEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The client library with a connection in memory: what it shows is what a player would see. */
final class TestClient implements ClientListener {
    final long connectionId;
    final long entityId;
    final OrreryClient client;
    final List<ClientFault> faults = new ArrayList<>();
    /** Frames sent and not dealt with by the test yet. */
    final List<SentFrame> outbox = new ArrayList<>();
    /** Every frame, by its place in the order of building. */
    final List<SentFrame> frames = new ArrayList<>();
    InterestModel model;
    int goneCode;
    int goneCount;
    private ClientTransportEvents events;
    private boolean isNewest;

    TestClient(final SteppedReplication stepped, final long connectionId, final long entityId) {
        this.connectionId = connectionId;
        this.entityId = entityId;
        client = new OrreryClient(new ClientContext()
            .clock(stepped.stepped.clock).listener(this).transportFactory(this::transport).conclude());
        client.connect(new byte[2_048]);
        events.onStateChange(ClientTransport.STATE_CONNECTED);
        events.onConnected();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final WelcomeEncoder welcome = new WelcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .protocolVersion(Protocol.VERSION).schemaHash(ReplicationSchema.STANDARD.hash()).entityId(entityId)
            .tickPeriodNs(50_000_000L).worldWidthCm(1).worldHeightCm(1).interestRadiusCm(1).moveSpeedCmPerS(1).nodeEpoch(1);
        events.onPayload(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength());
    }

    /** Hands a frame over; true if it became the newest and is what is shown. */
    boolean deliver(final SentFrame frame) {
        isNewest = false;
        events.onPayload(new UnsafeBuffer(frame.message), 0, frame.message.length);
        return isNewest;
    }

    ReplicatedEntities entities() {
        return client.entities();
    }

    TreeMap<Long, List<Integer>> shown() {
        final TreeMap<Long, List<Integer>> shown = new TreeMap<>();
        for (int i = 0; i < entities().count(); i++) {
            final ReplicatedEntity entity = entities().entity(i);
            shown.put(entity.entityId(), List.of(entity.kind(), entity.xCm(), entity.yCm()));
        }
        return shown;
    }

    SentFrame last() {
        return frames.getLast();
    }

    @Override
    public void onFrame(final FrameEnvelope frame) {
        isNewest = true;
    }

    @Override
    public void onFault(final ClientFault fault) {
        faults.add(fault);
    }

    private ClientTransport transport(final ClientTransportEvents ears) {
        events = ears;
        return new ClientTransport() {
            @Override
            public void connect(final byte[] connectToken) {
                ears.onStateChange(1);
            }

            @Override
            public int send(final int channel, final DirectBuffer buffer, final int offset, final int length) {
                return 1;
            }

            @Override
            public int doWork() {
                return 0;
            }

            @Override
            public void close() {
                ears.onStateChange(STATE_DISCONNECTED);
            }
        };
    }

    /** One frame and what it is to make the client show. */
    record SentFrame(int order, long number, long slot, int partition, byte[] message, TreeMap<Long, List<Integer>> expected) {
    }
}
