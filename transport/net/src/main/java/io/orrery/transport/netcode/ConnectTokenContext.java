package io.orrery.transport.netcode;

import io.orrery.platform.config.Ranges;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one connect token says. Filled by setters, checked and frozen once by {@link #conclude()}, minted by {@link ConnectTokens}.
 *
 * <p>Not thread safe; owned by whoever mints.
 */
public final class ConnectTokenContext {
    /** Longest time-out accepted, in seconds. */
    public static final int TIMEOUT_MAX_S = 3600;
    /** Time-out that switches time-outs off. */
    public static final int TIMEOUT_NEVER_S = -1;

    private long protocolId;
    private long clientId;
    private long createS;
    private long expireS;
    private int timeoutS = 5;
    private List<InetSocketAddress> publicAddresses = List.of();
    private List<InetSocketAddress> internalAddresses = List.of();
    private byte[] userData = new byte[0];
    private byte[] privateKey = new byte[0];
    private RandomGenerator random;
    private boolean isConcluded;

    /**
     * Sets the protocol id that client and server must share.
     *
     * @param id unsigned, 64 bits.
     * @return this, for chaining.
     */
    public ConnectTokenContext protocolId(final long id) {
        checkOpen();
        protocolId = id;
        return this;
    }

    /**
     * Sets the client id, unique per token.
     *
     * @param id unsigned, 64 bits.
     * @return this, for chaining.
     */
    public ConnectTokenContext clientId(final long id) {
        checkOpen();
        clientId = id;
        return this;
    }

    /**
     * Sets when the token was made.
     *
     * @param unixS seconds since 1970, unsigned.
     * @return this, for chaining.
     */
    public ConnectTokenContext createS(final long unixS) {
        checkOpen();
        createS = unixS;
        return this;
    }

    /**
     * Sets from when on servers refuse the token.
     *
     * @param unixS seconds since 1970, unsigned, not before the creation.
     * @return this, for chaining.
     */
    public ConnectTokenContext expireS(final long unixS) {
        checkOpen();
        expireS = unixS;
        return this;
    }

    /**
     * Sets after how long a silence either side gives up.
     *
     * @param seconds 1 to {@link #TIMEOUT_MAX_S}, or {@link #TIMEOUT_NEVER_S}; never 0.
     * @return this, for chaining.
     */
    public ConnectTokenContext timeoutS(final int seconds) {
        checkOpen();
        timeoutS = seconds;
        return this;
    }

    /**
     * Sets the addresses that the client dials, in order of trying.
     *
     * @param addresses 1 to 32, resolved.
     * @return this, for chaining.
     */
    public ConnectTokenContext publicAddresses(final List<InetSocketAddress> addresses) {
        checkOpen();
        publicAddresses = List.copyOf(addresses);
        return this;
    }

    /**
     * Sets the addresses in which a server must find itself; the public ones if nothing is said.
     *
     * @param addresses 1 to 32, resolved.
     * @return this, for chaining.
     */
    public ConnectTokenContext internalAddresses(final List<InetSocketAddress> addresses) {
        checkOpen();
        internalAddresses = List.copyOf(addresses);
        return this;
    }

    /**
     * Sets what the server's application gets to see.
     *
     * @param bytes at most 256, copied; shorter data are followed by zeros.
     * @return this, for chaining.
     */
    public ConnectTokenContext userData(final byte[] bytes) {
        checkOpen();
        userData = bytes.clone();
        return this;
    }

    /**
     * Sets the key that backend and servers share.
     *
     * @param key 32 bytes, copied.
     * @return this, for chaining.
     */
    public ConnectTokenContext privateKey(final byte[] key) {
        checkOpen();
        privateKey = key.clone();
        return this;
    }

    /**
     * Sets where nonce and keys come from: in this order 24 bytes nonce, 32 bytes client-to-server, 32 bytes server-to-client key.
     *
     * @param generator cryptographically strong; a {@link SecureRandom} if nothing is said.
     * @return this, for chaining.
     */
    public ConnectTokenContext random(final RandomGenerator generator) {
        checkOpen();
        random = generator;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public ConnectTokenContext conclude() {
        checkOpen();
        if (Long.compareUnsigned(createS, expireS) > 0) {
            throw new IllegalArgumentException("createS=" + Long.toUnsignedString(createS)
                + ", must be <= expireS=" + Long.toUnsignedString(expireS));
        }
        if (timeoutS == 0) {
            throw new IllegalArgumentException("timeoutS=0, must be " + TIMEOUT_NEVER_S + " or in 1.." + TIMEOUT_MAX_S);
        }
        Ranges.check("timeoutS", timeoutS, TIMEOUT_NEVER_S, TIMEOUT_MAX_S);
        if (internalAddresses.isEmpty()) {
            internalAddresses = publicAddresses;
        }
        Ranges.check("publicAddresses.size", publicAddresses.size(), 1, Netcode.ADDRESSES_MAX);
        Ranges.check("internalAddresses.size", internalAddresses.size(), 1, Netcode.ADDRESSES_MAX);
        Ranges.check("userData.length", userData.length, 0, Netcode.USER_DATA_LENGTH);
        Ranges.check("privateKey.length", privateKey.length, Netcode.KEY_LENGTH, Netcode.KEY_LENGTH);
        if (random == null) {
            random = new SecureRandom();
        }
        isConcluded = true;
        return this;
    }

    boolean isConcluded() {
        return isConcluded;
    }

    long protocolId() {
        return protocolId;
    }

    long clientId() {
        return clientId;
    }

    long createS() {
        return createS;
    }

    long expireS() {
        return expireS;
    }

    int timeoutS() {
        return timeoutS;
    }

    List<InetSocketAddress> publicAddresses() {
        return publicAddresses;
    }

    List<InetSocketAddress> internalAddresses() {
        return internalAddresses;
    }

    byte[] userData() {
        return userData;
    }

    byte[] privateKey() {
        return privateKey;
    }

    RandomGenerator random() {
        return random;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("ConnectTokenContext is concluded");
        }
    }
}
