package io.orrery.system;

import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.netcode.ConnectTokenContext;
import io.orrery.transport.netcode.ConnectTokens;
import io.orrery.transport.token.ConnectTokenUserData;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/** Mints connect tokens as a lobby does; setters say what is to be wrong with the next ones. Any one thread at a time. */
final class TokenMint {
    private static final AtomicLong CLIENT_IDS = new AtomicLong();
    private static final long MS_PER_S = 1_000;

    private final ConnectTokens mint = new ConnectTokens(PacketCiphers.create());
    private final UnsafeBuffer userData = new UnsafeBuffer(new byte[ConnectTokenUserData.LENGTH]);
    private final InetSocketAddress server;
    private InetSocketAddress dialled;
    private byte[] tokenKey;
    private long nodeEpoch;
    private long protocolId = Protocol.NETCODE_PROTOCOL_ID;
    private long createOffsetS;
    private int expireS = 30;
    private int timeoutS = 5;
    private int startXCm = ConnectTokenUserData.POSITION_ANY;
    private int startYCm = ConnectTokenUserData.POSITION_ANY;

    TokenMint(final InetSocketAddress server, final byte[] tokenKey, final long nodeEpoch) {
        this.server = server;
        this.tokenKey = tokenKey;
        this.nodeEpoch = nodeEpoch;
        dialled = server;
    }

    static byte[] key(final int seed) {
        final byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    /** Where the client sends to, for a relay in front of the server. */
    TokenMint dialled(final InetSocketAddress address) {
        dialled = address;
        return this;
    }

    TokenMint tokenKey(final byte[] key) {
        tokenKey = key;
        return this;
    }

    TokenMint nodeEpoch(final long epoch) {
        nodeEpoch = epoch;
        return this;
    }

    TokenMint protocolId(final long id) {
        protocolId = id;
        return this;
    }

    /** Seconds from now to the token's making. */
    TokenMint createOffsetS(final long offsetS) {
        createOffsetS = offsetS;
        return this;
    }

    /** Seconds from the token's making to its end. */
    TokenMint expireS(final int seconds) {
        expireS = seconds;
        return this;
    }

    TokenMint timeoutS(final int seconds) {
        timeoutS = seconds;
        return this;
    }

    TokenMint at(final int xCm, final int yCm) {
        startXCm = xCm;
        startYCm = yCm;
        return this;
    }

    byte[] mint() {
        final long clientId = CLIENT_IDS.incrementAndGet();
        final long createS = System.currentTimeMillis() / MS_PER_S + createOffsetS;
        ConnectTokenUserData.write(userData, 0, new ConnectTokenUserData.Fields(
            ConnectTokenUserData.ROLE_PLAYER, nodeEpoch, clientId, clientId, clientId, 1, clientId, startXCm, startYCm));
        return mint.mint(new ConnectTokenContext()
            .protocolId(protocolId)
            .clientId(clientId)
            .createS(createS)
            .expireS(createS + expireS)
            .timeoutS(timeoutS)
            .publicAddresses(List.of(dialled))
            .internalAddresses(List.of(server))
            .userData(userData.byteArray())
            .privateKey(tokenKey)
            .conclude());
    }
}
