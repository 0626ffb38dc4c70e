package io.orrery.client;

import io.orrery.platform.config.Ranges;
import io.orrery.transport.frame.ReplicationSchema;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of an {@link OrreryClient}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by its maker until concluded, read-only afterwards. One concluded context may serve many clients if its
 * listener may.
 */
public final class ClientContext {
    /** Time between two Hellos when nothing is said, in nanoseconds. */
    public static final long HELLO_INTERVAL_DEFAULT_NS = 100_000_000L;
    /** Time to wait for an answer to Hello when nothing is said, in nanoseconds. */
    public static final long HELLO_TIMEOUT_DEFAULT_NS = 5_000_000_000L;
    /** Time between two sendings of pending commands when nothing is said, in nanoseconds. */
    public static final long RESEND_INTERVAL_DEFAULT_NS = 50_000_000L;

    private static final long INTERVAL_MIN_NS = 1_000_000L;
    private static final long INTERVAL_MAX_NS = 60_000_000_000L;

    private NanoClock clock = SystemNanoClock.INSTANCE;
    private ReplicationSchema schema = ReplicationSchema.STANDARD;
    private ClientListener listener = ClientListener.NONE;
    private ClientTransportFactory transportFactory;
    private long helloIntervalNs = HELLO_INTERVAL_DEFAULT_NS;
    private long helloTimeoutNs = HELLO_TIMEOUT_DEFAULT_NS;
    private long resendIntervalNs = RESEND_INTERVAL_DEFAULT_NS;
    private boolean isConcluded;

    /** Creates an open context of defaults. */
    public ClientContext() {
    }

    /**
     * Sets the clock that timers go by; tests pass one they move by hand.
     *
     * @param nanoClock monotonic, nanoseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext clock(final NanoClock nanoClock) {
        checkOpen();
        clock = nanoClock;
        return this;
    }

    /**
     * Sets what a state row holds; the server compares its hash.
     *
     * @param replicationSchema with kind, x and y in front, as {@link ReplicationSchema} numbers them.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext schema(final ReplicationSchema replicationSchema) {
        checkOpen();
        schema = replicationSchema;
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param clientListener called on the client's thread.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext listener(final ClientListener clientListener) {
        checkOpen();
        listener = clientListener;
        return this;
    }

    /**
     * Sets where connections come from; {@link UdpTransportFactory} if nothing is said.
     *
     * @param factory makes one transport for each {@link OrreryClient#connect}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext transportFactory(final ClientTransportFactory factory) {
        checkOpen();
        transportFactory = factory;
        return this;
    }

    /**
     * Sets how often Hello is repeated until the server answers.
     *
     * @param intervalNs nanoseconds, 1,000,000 to 60,000,000,000.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext helloIntervalNs(final long intervalNs) {
        checkOpen();
        helloIntervalNs = intervalNs;
        return this;
    }

    /**
     * Sets how long Hello is repeated before the client gives up.
     *
     * @param timeoutNs nanoseconds, {@code helloIntervalNs} to 60,000,000,000.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext helloTimeoutNs(final long timeoutNs) {
        checkOpen();
        helloTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * Sets how often commands are sent again that no frame has acknowledged.
     *
     * @param intervalNs nanoseconds, 1,000,000 to 60,000,000,000.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ClientContext resendIntervalNs(final long intervalNs) {
        checkOpen();
        resendIntervalNs = intervalNs;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public ClientContext conclude() {
        checkOpen();
        Ranges.required("clock", clock);
        Ranges.required("schema", schema);
        Ranges.required("listener", listener);
        Ranges.check("schema.fieldCount", schema.fieldCount(), ReplicationSchema.Y + 1, 32);
        Ranges.check("helloIntervalNs", helloIntervalNs, INTERVAL_MIN_NS, INTERVAL_MAX_NS);
        Ranges.check("helloTimeoutNs", helloTimeoutNs, helloIntervalNs, INTERVAL_MAX_NS);
        Ranges.check("resendIntervalNs", resendIntervalNs, INTERVAL_MIN_NS, INTERVAL_MAX_NS);
        if (transportFactory == null) {
            transportFactory = new UdpTransportFactory(clock);
        }
        isConcluded = true;
        return this;
    }

    NanoClock clock() {
        return clock;
    }

    ReplicationSchema schema() {
        return schema;
    }

    ClientListener listener() {
        return listener;
    }

    ClientTransportFactory transportFactory() {
        return transportFactory;
    }

    long helloIntervalNs() {
        return helloIntervalNs;
    }

    long helloTimeoutNs() {
        return helloTimeoutNs;
    }

    long resendIntervalNs() {
        return resendIntervalNs;
    }

    boolean isConcluded() {
        return isConcluded;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("ClientContext is concluded");
        }
    }
}
