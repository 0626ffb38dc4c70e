package io.orrery.game.ingress;

import io.orrery.game.replication.ReplicationInbox;
import io.orrery.platform.config.Ranges;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.world.World;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link ClientIngress}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class IngressContext {
    private World world;
    private ReplicationInbox[] replicationInboxes;
    private RandomGenerator random;
    private TelemetrySink telemetry = TelemetrySink.NONE;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private long nodeEpoch;
    private double widthMetres;
    private double heightMetres;
    private double interestRadiusMetres;
    private double moveSpeedMetresPerSecond;
    private long tickPeriodNs;
    private boolean isConcluded;

    /**
     * Sets the world that clients enter.
     *
     * @param target never null.
     * @param widthM east-west extent in metres.
     * @param heightM north-south extent in metres.
     * @return this, for chaining.
     */
    public IngressContext world(final World target, final double widthM, final double heightM) {
        checkOpen();
        world = target;
        widthMetres = widthM;
        heightMetres = heightM;
        return this;
    }

    /**
     * Sets what clients are told in their welcome.
     *
     * @param radiusMetres interest radius.
     * @param speedMetresPerSecond of walking characters.
     * @param periodNs length of a slot in nanoseconds.
     * @return this, for chaining.
     */
    public IngressContext rules(final double radiusMetres, final double speedMetresPerSecond, final long periodNs) {
        checkOpen();
        interestRadiusMetres = radiusMetres;
        moveSpeedMetresPerSecond = speedMetresPerSecond;
        tickPeriodNs = periodNs;
        return this;
    }

    /**
     * Sets the replication agents that clients are spread over.
     *
     * @param inboxes one of each agent, 1 or more.
     * @return this, for chaining.
     */
    public IngressContext replicationInboxes(final ReplicationInbox[] inboxes) {
        checkOpen();
        replicationInboxes = inboxes.clone();
        return this;
    }

    /**
     * Sets the start count of this server; tokens of any other are refused.
     *
     * @param epoch from 1.
     * @return this, for chaining.
     */
    public IngressContext nodeEpoch(final long epoch) {
        checkOpen();
        nodeEpoch = epoch;
        return this;
    }

    /**
     * Sets what start positions are drawn from when a token names none.
     *
     * @param generator used on the network thread only.
     * @return this, for chaining.
     */
    public IngressContext random(final RandomGenerator generator) {
        checkOpen();
        random = generator;
        return this;
    }

    /**
     * Sets where figures go.
     *
     * @param sink used on the network thread only.
     * @param nanoClock monotonic.
     * @return this, for chaining.
     */
    public IngressContext telemetry(final TelemetrySink sink, final NanoClock nanoClock) {
        checkOpen();
        telemetry = sink;
        clock = nanoClock;
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     */
    public IngressContext conclude() {
        checkOpen();
        Ranges.required("world", world);
        Ranges.required("replicationInboxes", replicationInboxes);
        Ranges.required("random", random);
        Ranges.check("replicationInboxes.length", replicationInboxes.length, 1, 64);
        Ranges.check("nodeEpoch", nodeEpoch, 1, Long.MAX_VALUE);
        isConcluded = true;
        return this;
    }

    World world() {
        return world;
    }

    ReplicationInbox[] replicationInboxes() {
        return replicationInboxes;
    }

    RandomGenerator random() {
        return random;
    }

    TelemetrySink telemetry() {
        return telemetry;
    }

    NanoClock clock() {
        return clock;
    }

    long nodeEpoch() {
        return nodeEpoch;
    }

    double widthMetres() {
        return widthMetres;
    }

    double heightMetres() {
        return heightMetres;
    }

    double interestRadiusMetres() {
        return interestRadiusMetres;
    }

    double moveSpeedMetresPerSecond() {
        return moveSpeedMetresPerSecond;
    }

    long tickPeriodNs() {
        return tickPeriodNs;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("IngressContext is concluded");
        }
    }
}
