package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

class NetcodeVectorsTest {
    private static final int KEEP_ALIVE_INDEX = 17;
    private static final int KEEP_ALIVE_CLIENTS = 256;

    static Stream<PacketCipher> ciphers() {
        return Stream.of(PacketCiphers.createNative(), PacketCiphers.createJdk());
    }

    @Test
    void shouldHoldPacketsOfAllSevenTypes() {
        assertThat(Vectors.packets()).hasSize(53);
        assertThat(Vectors.packets().stream().map(Vectors.Packet::type).distinct()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldMintTheConnectTokenOfTheVectors(final PacketCipher cipher) {
        final ConnectTokenContext context = vectorToken();

        final byte[] token = new ConnectTokens(cipher).mint(context);

        assertThat(token).isEqualTo(Vectors.bytes("connect_token"));
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldOpenThePrivateTokenOfTheVectors(final PacketCipher cipher) {
        final UnsafeBuffer token = Vectors.buffer("private_encrypted");

        final boolean isOpen = new TokenCipher(cipher).openPrivate(
            Vectors.buffer("private_key"), Vectors.hexLong("protocol_id"), Vectors.number("expire"),
            Vectors.buffer("token_nonce"), 0, token, 0);

        assertThat(isOpen).isTrue();
        assertThat(bytes(token, 0, PrivateToken.PLAIN_LENGTH))
            .isEqualTo(Arrays.copyOf(Vectors.bytes("private_plain"), PrivateToken.PLAIN_LENGTH));
        final PrivateToken fields = new PrivateToken();
        assertThat(fields.wrap(token, 0)).isTrue();
        assertThat(fields.clientId()).isEqualTo(Vectors.hexLong("client_id"));
        assertThat(fields.timeoutS()).isEqualTo((int) Vectors.number("timeout"));
        assertThat(bytes(token, fields.userDataOffset(), Netcode.USER_DATA_LENGTH)).isEqualTo(Vectors.bytes("user_data"));
    }

    @Test
    void shouldReadTheConnectTokenOfTheVectors() {
        final ConnectToken token = ConnectToken.parse(Vectors.bytes("connect_token"));

        assertThat(token.protocolId()).isEqualTo(Vectors.hexLong("protocol_id"));
        assertThat(token.createS()).isEqualTo(Vectors.number("create"));
        assertThat(token.expireS()).isEqualTo(Vectors.number("expire"));
        assertThat(token.timeoutS()).isEqualTo((int) Vectors.number("timeout"));
        assertThat(token.addresses()).isEqualTo(Vectors.addresses());
        final UnsafeBuffer clientToServer = OffHeap.allocate(32);
        final UnsafeBuffer serverToClient = OffHeap.allocate(32);
        token.copyKeys(clientToServer, serverToClient);
        assertThat(bytes(clientToServer, 0, 32)).isEqualTo(Vectors.bytes("client_to_server_key"));
        assertThat(bytes(serverToClient, 0, 32)).isEqualTo(Vectors.bytes("server_to_client_key"));
    }

    @Test
    void shouldWriteTheRequestOfTheVectors() {
        final UnsafeBuffer request = OffHeap.allocate(Netcode.REQUEST_LENGTH);

        ConnectToken.parse(Vectors.bytes("connect_token")).writeRequest(request);

        assertThat(bytes(request, 0, Netcode.REQUEST_LENGTH)).isEqualTo(Vectors.packets().getFirst().bytes());
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldSealAndOpenTheChallengeOfTheVectors(final PacketCipher cipher) {
        final UnsafeBuffer token = Vectors.buffer("challenge_plain");
        final TokenCipher tokenCipher = new TokenCipher(cipher);
        final UnsafeBuffer key = Vectors.buffer("challenge_key");
        final long sequence = Vectors.number("challenge_sequence");

        tokenCipher.sealChallenge(key, sequence, token, 0);
        final byte[] sealed = bytes(token, 0, Netcode.CHALLENGE_TOKEN_LENGTH);
        final boolean isOpen = tokenCipher.openChallenge(key, sequence, token, 0);

        assertThat(sealed).isEqualTo(Vectors.bytes("challenge_encrypted"));
        assertThat(isOpen).isTrue();
        assertThat(bytes(token, 0, 284)).isEqualTo(Arrays.copyOf(Vectors.bytes("challenge_plain"), 284));
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldSealThePacketsOfTheVectors(final PacketCipher cipher) {
        final PacketCodec codec = new PacketCodec(cipher, Vectors.hexLong("protocol_id"));
        for (final Vectors.Packet packet : Vectors.packets()) {
            if (packet.type() != Netcode.REQUEST) {
                final byte[] body = body(packet);
                final UnsafeBuffer buffer = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);
                buffer.putBytes(Netcode.HEADER_LENGTH_MAX, body);

                final int length = codec.seal(key(packet), packet.sequence(), packet.type(), buffer, body.length);

                assertThat(bytes(buffer, PacketCodec.packetOffset(packet.sequence()), length)).as("%s", packet).isEqualTo(packet.bytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldOpenThePacketsOfTheVectors(final PacketCipher cipher) {
        final PacketCodec codec = new PacketCodec(cipher, Vectors.hexLong("protocol_id"));
        for (final Vectors.Packet packet : Vectors.packets()) {
            if (packet.type() != Netcode.REQUEST) {
                final UnsafeBuffer buffer = OffHeap.copyOf(packet.bytes());

                final RefusalReason refusal = codec.parse(buffer, 0, packet.bytes().length, 0x7F);
                final boolean isOpen = codec.open(key(packet), buffer);

                assertThat(refusal).isNull();
                assertThat(isOpen).as("%s", packet).isTrue();
                assertThat(codec.type()).isEqualTo(packet.type());
                assertThat(codec.sequence()).isEqualTo(packet.sequence());
                assertThat(codec.isBodyLengthValid()).isTrue();
                assertThat(bytes(buffer, codec.bodyOffset(), codec.bodyLength())).isEqualTo(body(packet));
            }
        }
    }

    private static UnsafeBuffer key(final Vectors.Packet packet) {
        return Vectors.buffer(packet.key().equals("c2s") ? "client_to_server_key" : "server_to_client_key");
    }

    private static byte[] body(final Vectors.Packet packet) {
        return switch (packet.type()) {
            case Netcode.CHALLENGE, Netcode.RESPONSE -> {
                final UnsafeBuffer body = new UnsafeBuffer(new byte[Netcode.CHALLENGE_BODY_LENGTH]);
                body.putLong(0, Vectors.number("challenge_sequence"));
                body.putBytes(8, Vectors.bytes("challenge_encrypted"));
                yield body.byteArray();
            }
            case Netcode.KEEP_ALIVE -> {
                final UnsafeBuffer body = new UnsafeBuffer(new byte[Netcode.KEEP_ALIVE_BODY_LENGTH]);
                body.putInt(0, KEEP_ALIVE_INDEX);
                body.putInt(4, KEEP_ALIVE_CLIENTS);
                yield body.byteArray();
            }
            case Netcode.PAYLOAD -> {
                final byte[] body = new byte[packet.payloadLength()];
                for (int i = 0; i < body.length; i++) {
                    body[i] = (byte) (7 + 13 * i);
                }
                yield body;
            }
            default -> new byte[0];
        };
    }

    private static ConnectTokenContext vectorToken() {
        return new ConnectTokenContext()
            .protocolId(Vectors.hexLong("protocol_id"))
            .clientId(Vectors.hexLong("client_id"))
            .createS(Vectors.number("create"))
            .expireS(Vectors.number("expire"))
            .timeoutS((int) Vectors.number("timeout"))
            .publicAddresses(Vectors.addresses())
            .userData(Vectors.bytes("user_data"))
            .privateKey(Vectors.bytes("private_key"))
            .random(new ScriptedRandom("token_nonce", "client_to_server_key", "server_to_client_key"))
            .conclude();
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /** Gives the vectors' bytes in the order in which they are asked for. */
    private static final class ScriptedRandom extends Random {
        private static final long serialVersionUID = 1L;
        private final String[] names;
        private int next;

        ScriptedRandom(final String... names) {
            this.names = names;
        }

        @Override
        public void nextBytes(final byte[] bytes) {
            System.arraycopy(Vectors.bytes(names[next++]), 0, bytes, 0, bytes.length);
        }
    }
}
