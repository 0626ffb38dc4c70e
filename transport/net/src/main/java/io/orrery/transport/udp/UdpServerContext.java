package io.orrery.transport.udp;

import io.orrery.platform.config.Ranges;
import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.Netcode;
import io.orrery.transport.netcode.NetcodeServerContext;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Configuration of a {@link UdpServer}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class UdpServerContext {
    /** Datagrams per call when nothing is said. */
    public static final int RECEIVE_LIMIT_DEFAULT = 256;
    /** Kernel's buffer in each direction when nothing is said, in bytes. */
    public static final int SOCKET_BUFFER_DEFAULT_BYTES = 4 << 20;

    private static final int KEY_LENGTH = 32;

    private int index;
    private InetSocketAddress bindAddress;
    private List<InetSocketAddress> publicAddresses = List.of();
    private long protocolId;
    private byte[] privateKey = new byte[0];
    private int clientCapacity = NetcodeServerContext.CLIENT_CAPACITY_DEFAULT;
    private int handshakeCapacity;
    private int tokenHistoryCapacity;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private RandomGenerator random;
    private ConnectionEvents events;
    private int receiveLimitPerCall = RECEIVE_LIMIT_DEFAULT;
    private int socketBufferBytes = SOCKET_BUFFER_DEFAULT_BYTES;
    private PacketCipher cipher;
    private NetCounters counters;
    private boolean isConcluded;

    /**
     * Sets the number in the agent's role name.
     *
     * @param agentIndex from 0.
     * @return this, for chaining.
     */
    public UdpServerContext index(final int agentIndex) {
        checkOpen();
        index = agentIndex;
        return this;
    }

    /**
     * Sets where to bind.
     *
     * @param address resolved; port 0 lets the system choose.
     * @return this, for chaining.
     */
    public UdpServerContext bindAddress(final InetSocketAddress address) {
        checkOpen();
        bindAddress = address;
        return this;
    }

    /**
     * Sets the addresses one of which a connect token must name; the bound address if nothing is said.
     *
     * @param addresses resolved; required when bound to a wildcard address.
     * @return this, for chaining.
     */
    public UdpServerContext publicAddresses(final List<InetSocketAddress> addresses) {
        checkOpen();
        publicAddresses = List.copyOf(addresses);
        return this;
    }

    /**
     * Sets the protocol id; requests with another are dropped.
     *
     * @param id unsigned, 64 bits.
     * @return this, for chaining.
     */
    public UdpServerContext protocolId(final long id) {
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
    public UdpServerContext privateKey(final byte[] key) {
        checkOpen();
        privateKey = key.clone();
        return this;
    }

    /**
     * Sets how many clients may be connected.
     *
     * @param clients 1 to {@link Netcode#CLIENT_CAPACITY_MAX}.
     * @return this, for chaining.
     */
    public UdpServerContext clientCapacity(final int clients) {
        checkOpen();
        clientCapacity = clients;
        return this;
    }

    /**
     * Sets how many handshakes may be under way.
     *
     * @param handshakes 0 for the default of {@link NetcodeServerContext#handshakeCapacity(int)}.
     * @return this, for chaining.
     */
    public UdpServerContext handshakeCapacity(final int handshakes) {
        checkOpen();
        handshakeCapacity = handshakes;
        return this;
    }

    /**
     * Sets how many connect tokens may be alive at once: seen and not expired.
     *
     * @param tokens 0 for the default of {@link NetcodeServerContext#tokenHistoryCapacity(int)}.
     * @return this, for chaining.
     */
    public UdpServerContext tokenHistoryCapacity(final int tokens) {
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
    public UdpServerContext nanoClock(final NanoClock clock) {
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
    public UdpServerContext epochClock(final EpochClock clock) {
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
    public UdpServerContext random(final RandomGenerator generator) {
        checkOpen();
        random = generator;
        return this;
    }

    /**
     * Sets who is told of connections and messages.
     *
     * @param connectionEvents called on the agent's thread.
     * @return this, for chaining.
     */
    public UdpServerContext events(final ConnectionEvents connectionEvents) {
        checkOpen();
        events = connectionEvents;
        return this;
    }

    /**
     * Sets how many datagrams one duty cycle takes.
     *
     * @param datagrams 1 to 65,536.
     * @return this, for chaining.
     */
    public UdpServerContext receiveLimitPerCall(final int datagrams) {
        checkOpen();
        receiveLimitPerCall = datagrams;
        return this;
    }

    /**
     * Sets the kernel's buffer in each direction; the system may give less.
     *
     * @param bytes 65,536 to 268,435,456.
     * @return this, for chaining.
     */
    public UdpServerContext socketBufferBytes(final int bytes) {
        checkOpen();
        socketBufferBytes = bytes;
        return this;
    }

    /**
     * Sets the cipher, owned and closed by the server.
     *
     * @param packetCipher of the agent's thread alone; {@link PacketCiphers#create()} if nothing is said.
     * @return this, for chaining.
     */
    public UdpServerContext cipher(final PacketCipher packetCipher) {
        checkOpen();
        cipher = packetCipher;
        return this;
    }

    /**
     * Sets what the server counts into.
     *
     * @param netCounters written by the agent's thread alone; new ones if nothing is said.
     * @return this, for chaining.
     */
    public UdpServerContext counters(final NetCounters netCounters) {
        checkOpen();
        counters = netCounters;
        return this;
    }

    /**
     * Fills defaults, checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public UdpServerContext conclude() {
        checkOpen();
        Ranges.check("index", index, 0, 1023);
        Ranges.required("bindAddress", bindAddress);
        Ranges.required("events", events);
        Ranges.check("privateKey.length", privateKey.length, KEY_LENGTH, KEY_LENGTH);
        Ranges.check("clientCapacity", clientCapacity, 1, Netcode.CLIENT_CAPACITY_MAX);
        Ranges.check("receiveLimitPerCall", receiveLimitPerCall, 1, 1 << 16);
        Ranges.check("socketBufferBytes", socketBufferBytes, 1 << 16, 1 << 28);
        Ranges.check("publicAddresses.size", publicAddresses.size(), 0, Netcode.ADDRESSES_MAX);
        if (bindAddress.isUnresolved()) {
            throw new IllegalArgumentException("bindAddress=" + bindAddress + ", must be a resolved address");
        }
        if (publicAddresses.isEmpty() && bindAddress.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("publicAddresses=[], must name at least one address when bindAddress="
                + bindAddress.getAddress().getHostAddress() + " is a wildcard");
        }
        if (random == null) {
            random = new SecureRandom();
        }
        if (cipher == null) {
            cipher = PacketCiphers.create();
        }
        if (counters == null) {
            counters = new NetCounters();
        }
        // Checks the rest; the addresses follow when the port is known.
        netcodeContext(List.of(bindAddress)).conclude();
        isConcluded = true;
        return this;
    }

    NetcodeServerContext netcode(final InetSocketAddress localAddress) {
        return netcodeContext(publicAddresses.isEmpty() ? List.of(localAddress) : publicAddresses).conclude();
    }

    int index() {
        return index;
    }

    InetSocketAddress bindAddress() {
        return bindAddress;
    }

    int clientCapacity() {
        return clientCapacity;
    }

    ConnectionEvents events() {
        return events;
    }

    int receiveLimitPerCall() {
        return receiveLimitPerCall;
    }

    int socketBufferBytes() {
        return socketBufferBytes;
    }

    PacketCipher cipher() {
        return cipher;
    }

    NetCounters counters() {
        return counters;
    }

    private NetcodeServerContext netcodeContext(final List<InetSocketAddress> addresses) {
        return new NetcodeServerContext()
            .protocolId(protocolId)
            .privateKey(privateKey)
            .publicAddresses(addresses)
            .clientCapacity(clientCapacity)
            .handshakeCapacity(handshakeCapacity)
            .tokenHistoryCapacity(tokenHistoryCapacity)
            .nanoClock(nanoClock)
            .epochClock(epochClock)
            .random(random)
            .cipher(cipher)
            .counters(counters);
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("UdpServerContext is concluded");
        }
    }
}
