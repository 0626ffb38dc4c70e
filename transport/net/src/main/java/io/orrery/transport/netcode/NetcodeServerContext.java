package io.orrery.transport.netcode;

import io.orrery.platform.config.Ranges;
import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Configuration of a {@link NetcodeServer}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class NetcodeServerContext {
    /** Clients when nothing is said. */
    public static final int CLIENT_CAPACITY_DEFAULT = 2_000;
    /** Fewest handshakes at once when nothing is said; otherwise as many as clients. */
    public static final int HANDSHAKE_CAPACITY_DEFAULT_MIN = 1_024;
    /** Fewest live tokens remembered when nothing is said; otherwise four for each client. */
    public static final int TOKEN_HISTORY_DEFAULT_MIN = 4_096;

    private long protocolId;
    private byte[] privateKey = new byte[0];
    private List<InetSocketAddress> publicAddresses = List.of();
    private int clientCapacity = CLIENT_CAPACITY_DEFAULT;
    private int handshakeCapacity;
    private int tokenHistoryCapacity;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private RandomGenerator random;
    private PacketCipher cipher;
    private NetCounters counters;
    private boolean isConcluded;

    /**
     * Sets the protocol id; requests with another are dropped.
     *
     * @param id unsigned, 64 bits.
     * @return this, for chaining.
     */
    public NetcodeServerContext protocolId(final long id) {
        checkOpen();
        protocolId = id;
        return this;
    }

    /**
     * Sets the key that backend and servers share.
     *
     * @param key 32 bytes, copied.
     * @return this, for chaining.
     */
    public NetcodeServerContext privateKey(final byte[] key) {
        checkOpen();
        privateKey = key.clone();
        return this;
    }

    /**
     * Sets the addresses one of which a token must name.
     *
     * @param addresses at least one, resolved.
     * @return this, for chaining.
     */
    public NetcodeServerContext publicAddresses(final List<InetSocketAddress> addresses) {
        checkOpen();
        publicAddresses = List.copyOf(addresses);
        return this;
    }

    /**
     * Sets how many clients may be connected.
     *
     * @param clients 1 to {@link Netcode#CLIENT_CAPACITY_MAX}.
     * @return this, for chaining.
     */
    public NetcodeServerContext clientCapacity(final int clients) {
        checkOpen();
        clientCapacity = clients;
        return this;
    }

    /**
     * Sets how many handshakes may be under way.
     *
     * @param handshakes 1 to 65,536; 0 for as many as clients and at least {@link #HANDSHAKE_CAPACITY_DEFAULT_MIN}.
     * @return this, for chaining.
     */
    public NetcodeServerContext handshakeCapacity(final int handshakes) {
        checkOpen();
        handshakeCapacity = handshakes;
        return this;
    }

    /**
     * Sets how many tokens may be alive at once: seen and not expired.
     *
     * @param tokens up to 1,048,576; 0 for four per client and at least {@link #TOKEN_HISTORY_DEFAULT_MIN}.
     * @return this, for chaining.
     */
    public NetcodeServerContext tokenHistoryCapacity(final int tokens) {
        checkOpen();
        tokenHistoryCapacity = tokens;
        return this;
    }

    /**
     * Sets the clock of time-outs and keep-alives.
     *
     * @param clock monotonic.
     * @return this, for chaining.
     */
    public NetcodeServerContext nanoClock(final NanoClock clock) {
        checkOpen();
        nanoClock = clock;
        return this;
    }

    /**
     * Sets the clock of token expiry.
     *
     * @param clock wall clock, milliseconds since 1970.
     * @return this, for chaining.
     */
    public NetcodeServerContext epochClock(final EpochClock clock) {
        checkOpen();
        epochClock = clock;
        return this;
    }

    /**
     * Sets where the challenge key comes from.
     *
     * @param generator cryptographically strong; a {@link SecureRandom} if nothing is said.
     * @return this, for chaining.
     */
    public NetcodeServerContext random(final RandomGenerator generator) {
        checkOpen();
        random = generator;
        return this;
    }

    /**
     * Sets the cipher.
     *
     * @param packetCipher of the server's thread; {@link PacketCiphers#create()} if nothing is said.
     * @return this, for chaining.
     */
    public NetcodeServerContext cipher(final PacketCipher packetCipher) {
        checkOpen();
        cipher = packetCipher;
        return this;
    }

    /**
     * Sets what the server counts into.
     *
     * @param netCounters written by the server's thread alone; new ones if nothing is said.
     * @return this, for chaining.
     */
    public NetcodeServerContext counters(final NetCounters netCounters) {
        checkOpen();
        counters = netCounters;
        return this;
    }

    /**
     * Fills defaults, checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public NetcodeServerContext conclude() {
        checkOpen();
        Ranges.check("privateKey.length", privateKey.length, Netcode.KEY_LENGTH, Netcode.KEY_LENGTH);
        Ranges.check("publicAddresses.size", publicAddresses.size(), 1, Netcode.ADDRESSES_MAX);
        Ranges.check("clientCapacity", clientCapacity, 1, Netcode.CLIENT_CAPACITY_MAX);
        if (handshakeCapacity == 0) {
            handshakeCapacity = Math.max(clientCapacity, HANDSHAKE_CAPACITY_DEFAULT_MIN);
        }
        if (tokenHistoryCapacity == 0) {
            tokenHistoryCapacity = Math.max(4 * clientCapacity, TOKEN_HISTORY_DEFAULT_MIN);
        }
        Ranges.check("handshakeCapacity", handshakeCapacity, 1, 1 << 16);
        Ranges.check("tokenHistoryCapacity", tokenHistoryCapacity, 1, TokenHistory.CAPACITY_MAX);
        Ranges.required("nanoClock", nanoClock);
        Ranges.required("epochClock", epochClock);
        if (random == null) {
            random = new SecureRandom();
        }
        if (cipher == null) {
            cipher = PacketCiphers.create();
        }
        if (counters == null) {
            counters = new NetCounters();
        }
        isConcluded = true;
        return this;
    }

    long protocolId() {
        return protocolId;
    }

    byte[] privateKey() {
        return privateKey;
    }

    List<InetSocketAddress> publicAddresses() {
        return publicAddresses;
    }

    int clientCapacity() {
        return clientCapacity;
    }

    int handshakeCapacity() {
        return handshakeCapacity;
    }

    int tokenHistoryCapacity() {
        return tokenHistoryCapacity;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    EpochClock epochClock() {
        return epochClock;
    }

    RandomGenerator random() {
        return random;
    }

    PacketCipher cipher() {
        return cipher;
    }

    NetCounters counters() {
        return counters;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("NetcodeServerContext is concluded");
        }
    }
}
