package io.orrery.transport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

class PacketCipherTest {
    private static final long SEED = 8439;

    static Stream<PacketCipher> ciphers() {
        return Stream.of(PacketCiphers.createNative(), PacketCiphers.createJdk());
    }

    @Test
    void shouldPreferLibsodiumWhereItLoads() {
        assertThat(PacketCiphers.nativeRefusal()).isEmpty();
        assertThat(PacketCiphers.create().name()).startsWith("libsodium 1.");
        assertThat(PacketCiphers.createJdk().name()).isEqualTo("jdk");
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldSealAsAThirdImplementationDoes(final PacketCipher cipher) throws InvalidCipherTextException {
        System.out.println("PacketCipherTest seed " + SEED);
        final Random random = new Random(SEED);
        for (int length = 0; length <= 1300; length += 1 + random.nextInt(40)) {
            final byte[] key = bytes(random, 32);
            final byte[] additional = bytes(random, random.nextInt(30));
            final byte[] plain = bytes(random, length);
            final long sequence = random.nextLong();
            final UnsafeBuffer data = OffHeap.allocate(length + 16);
            data.putBytes(0, plain);

            cipher.seal(OffHeap.copyOf(key), sequence, OffHeap.copyOf(additional), data, 0, length);

            assertThat(bytes(data)).isEqualTo(bouncyCastleSeal(key, sequence, additional, plain));
            assertThat(cipher.open(OffHeap.copyOf(key), sequence, OffHeap.copyOf(additional), data, 0, length + 16)).isTrue();
            assertThat(bytes(new UnsafeBuffer(data, 0, length))).isEqualTo(plain);
        }
    }

    /** draft-irtf-cfrg-xchacha-03, appendix A.3.1. */
    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldSealTokensAsTheDraftSays(final PacketCipher cipher) {
        final HexFormat hex = HexFormat.of();
        final byte[] plain = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
            + "sunscreen would be it.").getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer key = OffHeap.copyOf(hex.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
        final UnsafeBuffer nonce = OffHeap.copyOf(hex.parseHex("404142434445464748494a4b4c4d4e4f5051525354555657"));
        final UnsafeBuffer additional = OffHeap.copyOf(hex.parseHex("50515253c0c1c2c3c4c5c6c7"));
        final UnsafeBuffer data = OffHeap.allocate(plain.length + 16);
        data.putBytes(0, plain);

        cipher.sealToken(key, nonce, additional, data, 0, plain.length);

        assertThat(hex.formatHex(bytes(data))).startsWith("bd6d179d3e83d43b9576579493c0e939").endsWith("c0875924c1c7987947deafd8780acf49");
        assertThat(cipher.openToken(key, nonce, additional, data, 0, plain.length + 16)).isTrue();
        assertThat(bytes(new UnsafeBuffer(data, 0, plain.length))).isEqualTo(plain);
    }

    @Test
    void shouldSealTokensAlike() {
        final Random random = new Random(SEED);
        final PacketCipher sodium = PacketCiphers.createNative();
        final PacketCipher jdk = PacketCiphers.createJdk();
        for (int i = 0; i < 50; i++) {
            final byte[] plain = bytes(random, random.nextInt(1100));
            final UnsafeBuffer key = OffHeap.copyOf(bytes(random, 32));
            final UnsafeBuffer nonce = OffHeap.copyOf(bytes(random, 24));
            final UnsafeBuffer additional = OffHeap.copyOf(bytes(random, 29));
            final UnsafeBuffer data = OffHeap.allocate(plain.length + 16);
            data.putBytes(0, plain);

            sodium.sealToken(key, nonce, additional, data, 0, plain.length);

            assertThat(jdk.openToken(key, nonce, additional, data, 0, plain.length + 16)).isTrue();
            assertThat(bytes(new UnsafeBuffer(data, 0, plain.length))).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldRefuseEveryBitFlip(final PacketCipher cipher) {
        final UnsafeBuffer key = OffHeap.copyOf(bytes(new Random(SEED), 32));
        final UnsafeBuffer additional = OffHeap.copyOf(new byte[] {1, 2, 3});
        final UnsafeBuffer data = OffHeap.allocate(20 + 16);
        cipher.seal(key, 5, additional, data, 0, 20);
        final byte[] sealed = bytes(data);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            data.putBytes(0, sealed);
            data.putByte(bit / 8, (byte) (sealed[bit / 8] ^ 1 << bit % 8));
            assertThat(cipher.open(key, 5, additional, data, 0, sealed.length)).isFalse();
        }
        data.putBytes(0, sealed);
        assertThat(cipher.open(key, 6, additional, data, 0, sealed.length)).isFalse();
        data.putBytes(0, sealed);
        assertThat(cipher.open(key, 5, OffHeap.allocate(3), data, 0, sealed.length)).isFalse();
        assertThat(cipher.open(key, 5, additional, data, 0, 15)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldOpenTheSamePacketTwiceInARow(final PacketCipher cipher) {
        final UnsafeBuffer key = OffHeap.copyOf(bytes(new Random(SEED), 32));
        final UnsafeBuffer nothing = OffHeap.allocate(0);
        final UnsafeBuffer data = OffHeap.allocate(26);
        cipher.seal(key, 1, nothing, data, 0, 10);
        final byte[] sealed = bytes(data);

        for (int i = 0; i < 3; i++) {
            data.putBytes(0, sealed);
            assertThat(cipher.open(key, 1, nothing, data, 0, sealed.length)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void shouldRefuseBuffersThatCannotHoldTheData(final PacketCipher cipher) {
        final UnsafeBuffer key = OffHeap.allocate(32);
        final UnsafeBuffer nothing = OffHeap.allocate(0);

        assertThatThrownBy(() -> cipher.seal(key, 0, nothing, OffHeap.allocate(20), 0, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.seal(OffHeap.allocate(31), 0, nothing, OffHeap.allocate(64), 0, 5))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.seal(key, 0, nothing, new UnsafeBuffer(new byte[64]), 0, 5))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("buffer is on the heap, must be off-heap");
    }

    private static byte[] bouncyCastleSeal(final byte[] key, final long sequence, final byte[] additional, final byte[] plain)
        throws InvalidCipherTextException {
        final byte[] nonce = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putLong(sequence).array();
        final ChaCha20Poly1305 peer = new ChaCha20Poly1305();
        peer.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, additional));
        final byte[] sealed = new byte[plain.length + 16];
        final int length = peer.processBytes(plain, 0, plain.length, sealed, 0);
        peer.doFinal(sealed, length);
        return sealed;
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(final UnsafeBuffer buffer) {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
