package io.orrery.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.netcode.Tokens;

import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class UdpServerTest {
    @Test
    void shouldNameAddressAndCauseInOneLineWhenThePortIsInUse() {
        final UdpServer first = new UdpServer(context().conclude());
        final int port = first.localAddress().getPort();
        final UdpServerContext second = context().bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).conclude();

        assertThatThrownBy(() -> new UdpServer(second)).isInstanceOf(UncheckedIOException.class)
            .hasMessageStartingWith("bindAddress=127.0.0.1:" + port + ", cannot bind UDP socket: Address already in use");
        first.onClose();
        new UdpServer(context().bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).conclude()).onClose();
    }

    @Test
    void shouldNameTheAgentAndTheCipher() {
        final UdpServer server = new UdpServer(context().index(3).cipher(PacketCiphers.createJdk()).conclude());

        assertThat(server.roleName()).isEqualTo("net-io-3");
        assertThat(server.cipherName()).isEqualTo("jdk");
        server.onClose();
        server.onClose();
    }

    @Test
    void shouldRefuseToWorkOnAnotherThread() throws InterruptedException {
        final UdpServer server = new UdpServer(context().conclude());
        final Thread owner = new Thread(server::onStart);
        owner.start();
        owner.join();

        assertThatThrownBy(server::doWork).isInstanceOf(AssertionError.class).hasMessageContaining("net-io-0 belongs to");
        server.onStart();
        server.onClose();
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        assertRefused(context().clientCapacity(0), "clientCapacity=0, must be in 1..20000");
        assertRefused(context().clientCapacity(20_001), "clientCapacity=20001, must be in 1..20000");
        assertRefused(context().privateKey(new byte[5]), "privateKey.length=5, must be in 32..32");
        assertRefused(context().receiveLimitPerCall(0), "receiveLimitPerCall=0, must be in 1..65536");
        assertRefused(context().socketBufferBytes(1), "socketBufferBytes=1, must be in 65536..268435456");
        assertRefused(context().tokenHistoryCapacity(2_000_000), "tokenHistoryCapacity=2000000, must be in 1..1048576");
        assertRefused(context().handshakeCapacity(-1), "handshakeCapacity=-1, must be in 1..65536");
        assertRefused(context().events(null), "events=null, must be set");
        assertRefused(context().bindAddress(InetSocketAddress.createUnresolved("nowhere", 1)),
            "bindAddress=nowhere/<unresolved>:1, must be a resolved address");
        assertRefused(context().bindAddress(Tokens.address("0.0.0.0", 40000)),
            "publicAddresses=[], must name at least one address when bindAddress=0.0.0.0 is a wildcard");
    }

    @Test
    void shouldBeFrozenOnceConcluded() {
        final UdpServerContext context = context().conclude();

        assertThatThrownBy(() -> context.clientCapacity(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
    }

    private static void assertRefused(final UdpServerContext context, final String message) {
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static UdpServerContext context() {
        return new UdpServerContext()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).events(new RecordingEvents());
    }
}
