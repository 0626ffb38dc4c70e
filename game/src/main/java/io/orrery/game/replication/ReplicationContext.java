package io.orrery.game.replication;

import io.orrery.game.egress.EgressInbox;
import io.orrery.platform.config.Ranges;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.message.Protocol;
import io.orrery.world.view.ViewReader;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link ReplicationAgent}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class ReplicationContext {
    /** Nanoseconds for which a client's character may be in no view before the client is told to go. */
    public static final long LOST_CHARACTER_NS = 5_000_000_000L;
    /** Views of its partition that must have come without it meanwhile: a world that stands still loses nobody. */
    public static final int LOST_CHARACTER_VIEWS = 20;

    private int clientCapacity = 1_024;
    private int interestCapacity = 512;
    private int frameLengthMax = Protocol.MESSAGE_LENGTH_MAX;
    private double interestRadiusMetres = 100;
    private double interestHysteresisMetres = 10;
    private int viewCapacity = 16_384;
    private int agentIndex;
    private int frameNumberStart;
    private ViewReader[] viewReaders;
    private ReplicationInbox inbox;
    private EgressInbox egress;
    private TelemetrySink telemetry = TelemetrySink.NONE;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private boolean isConcluded;

    /**
     * Sets how many clients the agent serves at most.
     *
     * @param count 1 to 20,000.
     * @return this, for chaining.
     */
    public ReplicationContext clientCapacity(final int count) {
        checkOpen();
        clientCapacity = count;
        return this;
    }

    /**
     * Sets how many entities one client can know at once.
     *
     * @param count 1 to 1,024.
     * @return this, for chaining.
     */
    public ReplicationContext interestCapacity(final int count) {
        checkOpen();
        interestCapacity = count;
        return this;
    }

    /**
     * Sets the budget: the longest message that a client is sent for a tick.
     *
     * @param lengthBytes 128 to {@link Protocol#MESSAGE_LENGTH_MAX}.
     * @return this, for chaining.
     */
    public ReplicationContext frameLengthMax(final int lengthBytes) {
        checkOpen();
        frameLengthMax = lengthBytes;
        return this;
    }

    /**
     * Sets what a client sees.
     *
     * @param radiusMetres within which entities enter.
     * @param hysteresisMetres beyond the radius, within which they stay.
     * @return this, for chaining.
     */
    public ReplicationContext interest(final double radiusMetres, final double hysteresisMetres) {
        checkOpen();
        interestRadiusMetres = radiusMetres;
        interestHysteresisMetres = hysteresisMetres;
        return this;
    }

    /**
     * Sets how many rows a view can have.
     *
     * @param count owned entities and ghosts of one partition.
     * @return this, for chaining.
     */
    public ReplicationContext viewCapacity(final int count) {
        checkOpen();
        viewCapacity = count;
        return this;
    }

    /**
     * Sets the number in the agent's role name.
     *
     * @param index from 0.
     * @return this, for chaining.
     */
    public ReplicationContext agentIndex(final int index) {
        checkOpen();
        agentIndex = index;
        return this;
    }

    /** Sets what a client's frame numbers start behind, 0 unless a test brings their wrap-around near. */
    ReplicationContext frameNumberStart(final int number) {
        checkOpen();
        frameNumberStart = number;
        return this;
    }

    /**
     * Sets where views come from.
     *
     * @param readers one of each partition, the agent's own. Shape {@code [partitionCount]}.
     * @return this, for chaining.
     */
    public ReplicationContext viewReaders(final ViewReader[] readers) {
        checkOpen();
        viewReaders = readers.clone();
        return this;
    }

    /**
     * Sets where the network thread's messages come from and where frames go.
     *
     * @param from the agent's own inbox.
     * @param to the inbox of the stage behind it.
     * @return this, for chaining.
     */
    public ReplicationContext inboxes(final ReplicationInbox from, final EgressInbox to) {
        checkOpen();
        inbox = from;
        egress = to;
        return this;
    }

    /**
     * Sets where the agent's figures go.
     *
     * @param sink the agent's own.
     * @return this, for chaining.
     */
    public ReplicationContext telemetry(final TelemetrySink sink) {
        checkOpen();
        telemetry = sink;
        return this;
    }

    /**
     * Sets the clock for time-outs and figures.
     *
     * @param nanoClock monotonic.
     * @return this, for chaining.
     */
    public ReplicationContext clock(final NanoClock nanoClock) {
        checkOpen();
        clock = nanoClock;
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     */
    public ReplicationContext conclude() {
        checkOpen();
        Ranges.check("clientCapacity", clientCapacity, 1, 20_000);
        Ranges.check("interestCapacity", interestCapacity, 1, 1_024);
        Ranges.check("frameLengthMax", frameLengthMax, 128, Protocol.MESSAGE_LENGTH_MAX);
        Ranges.check("interestRadiusMetres", interestRadiusMetres, 1, 10_000);
        Ranges.check("interestHysteresisMetres", interestHysteresisMetres, 0, interestRadiusMetres);
        Ranges.check("viewCapacity", viewCapacity, 1, 4_000_000);
        Ranges.required("viewReaders", viewReaders);
        Ranges.required("inbox", inbox);
        Ranges.required("egress", egress);
        isConcluded = true;
        return this;
    }

    int clientCapacity() {
        return clientCapacity;
    }

    int interestCapacity() {
        return interestCapacity;
    }

    int frameLengthMax() {
        return frameLengthMax;
    }

    int interestRadiusCm() {
        return FrameBuilder.toCm(interestRadiusMetres);
    }

    int interestHysteresisCm() {
        return FrameBuilder.toCm(interestHysteresisMetres);
    }

    int viewCapacity() {
        return viewCapacity;
    }

    int agentIndex() {
        return agentIndex;
    }

    int frameNumberStart() {
        return frameNumberStart;
    }

    ViewReader[] viewReaders() {
        return viewReaders;
    }

    ReplicationInbox inbox() {
        return inbox;
    }

    EgressInbox egress() {
        return egress;
    }

    TelemetrySink telemetry() {
        return telemetry;
    }

    NanoClock clock() {
        return clock;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("ReplicationContext is concluded");
        }
    }
}
