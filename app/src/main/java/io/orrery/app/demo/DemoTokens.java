package io.orrery.app.demo;

import io.orrery.perf.bot.BotTokenSource;
import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.netcode.ConnectTokenContext;
import io.orrery.transport.netcode.ConnectTokens;
import io.orrery.transport.token.ConnectTokenUserData;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mints connect tokens for the bots, as a lobby will for players.
 *
 * <p>Writing thread: the bots'. Memory: one token's scratch.
 */
final class DemoTokens implements BotTokenSource {
    /** Seconds for which a token can be used to connect. */
    private static final int EXPIRE_S = 30;

    private final SecureRandom random = new SecureRandom();
    private final ConnectTokens mint = new ConnectTokens(PacketCiphers.create());
    private final UnsafeBuffer userData = new UnsafeBuffer(new byte[ConnectTokenUserData.LENGTH]);
    private final EpochClock clock;
    private final byte[] tokenKey;
    private final long nodeEpoch;
    private final InetSocketAddress server;
    private final int timeoutS;
    private long mintedCount;

    DemoTokens(final EpochClock clock, final byte[] tokenKey, final long nodeEpoch, final InetSocketAddress server, final int timeoutS) {
        this.clock = clock;
        this.tokenKey = tokenKey.clone();
        this.nodeEpoch = nodeEpoch;
        this.server = server;
        this.timeoutS = timeoutS;
    }

    @Override
    public byte[] connectToken(final int botIndex) {
        mintedCount++;
        final long nowS = TimeUnit.MILLISECONDS.toSeconds(clock.time());
        ConnectTokenUserData.write(userData, 0, new ConnectTokenUserData.Fields(
            ConnectTokenUserData.ROLE_PLAYER,
            nodeEpoch,
            botIndex + 1L,
            random.nextLong(),
            random.nextLong(),
            mintedCount,
            botIndex + 1L,
            ConnectTokenUserData.POSITION_ANY,
            ConnectTokenUserData.POSITION_ANY));
        return mint.mint(new ConnectTokenContext()
            .protocolId(Protocol.NETCODE_PROTOCOL_ID)
            .clientId(mintedCount)
            .createS(nowS)
            .expireS(nowS + EXPIRE_S)
            .timeoutS(timeoutS)
            .publicAddresses(List.of(server))
            .internalAddresses(List.of(server))
            .userData(userData.byteArray())
            .privateKey(tokenKey)
            .random(random)
            .conclude());
    }
}
