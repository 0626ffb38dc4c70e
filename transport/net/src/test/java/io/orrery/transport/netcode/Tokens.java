package io.orrery.transport.netcode;

import io.orrery.transport.crypto.PacketCiphers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;

/** Connect tokens for tests, and the secrets they share with the server under test. */
public final class Tokens {
    public static final long PROTOCOL_ID = 0x1122334455667788L;
    public static final byte[] PRIVATE_KEY = key(7);
    public static final InetSocketAddress SERVER = address("10.0.0.1", 40000);
    public static final int TIMEOUT_S = 5;
    public static final int LIFETIME_S = 45;

    private static final Random RANDOM = new Random(20260101);
    private static final ConnectTokens MINT = new ConnectTokens(PacketCiphers.create());

    private Tokens() {
    }

    public static byte[] mint(final long clientId) {
        return mint(context(clientId, SERVER));
    }

    public static byte[] mint(final ConnectTokenContext context) {
        synchronized (MINT) {
            return MINT.mint(context.conclude());
        }
    }

    public static ConnectTokenContext context(final long clientId, final InetSocketAddress... servers) {
        return new ConnectTokenContext()
            .protocolId(PROTOCOL_ID)
            .clientId(clientId)
            .createS(ManualClock.START_S)
            .expireS(ManualClock.START_S + LIFETIME_S)
            .timeoutS(TIMEOUT_S)
            .publicAddresses(List.of(servers))
            .userData(userData(clientId))
            .privateKey(PRIVATE_KEY)
            .random(RANDOM);
    }

    public static byte[] userData(final long clientId) {
        final byte[] data = new byte[Netcode.USER_DATA_LENGTH];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (clientId + i);
        }
        return data;
    }

    public static byte[] key(final int seed) {
        final byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }

    public static InetSocketAddress address(final String ip, final int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
