package io.orrery.transport.crypto;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The JDK's ChaCha20-Poly1305 for machines where libsodium does not load; XChaCha20-Poly1305 is the same with a derived key.
 *
 * <p>Makes garbage on every call (key and nonce specifications, and the JDK's own state): that is the price of the fallback.
 */
final class JdkPacketCipher implements PacketCipher {
    private static final String TRANSFORMATION = "ChaCha20-Poly1305";
    private static final String KEY_ALGORITHM = "ChaCha20";
    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_SEQUENCE_OFFSET = 4;
    private static final int TOKEN_NONCE_TAIL_OFFSET = 16;
    private static final int ADDITIONAL_LENGTH_MAX = 64;

    private final Cipher cipher;
    private final HChaCha20 hChaCha20 = new HChaCha20();
    private final byte[] keyBytes = new byte[KEY_LENGTH];
    private final byte[] subKeyBytes = new byte[KEY_LENGTH];
    private final byte[] tokenNonceBytes = new byte[TOKEN_NONCE_LENGTH];
    private final byte[] nonceBytes = new byte[NONCE_LENGTH];
    private final ByteBuffer nonce = ByteBuffer.wrap(nonceBytes).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] additionalBytes = new byte[ADDITIONAL_LENGTH_MAX];
    private final byte[] input = new byte[DATA_LENGTH_MAX];
    private final byte[] output = new byte[DATA_LENGTH_MAX];

    JdkPacketCipher() {
        try {
            cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + TRANSFORMATION, e);
        }
    }

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public void seal(
        final DirectBuffer key, final long sequence, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        OffHeap.address(data, offset, length + TAG_LENGTH);
        useSequence(key, sequence);
        final boolean isSealed = run(Cipher.ENCRYPT_MODE, keyBytes, additionalData, data, offset, length);
        checkSealed(isSealed);
    }

    @Override
    public boolean open(
        final DirectBuffer key, final long sequence, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        if (length < TAG_LENGTH) {
            return false;
        }
        OffHeap.address(data, offset, length);
        useSequence(key, sequence);
        return run(Cipher.DECRYPT_MODE, keyBytes, additionalData, data, offset, length);
    }

    @Override
    public void sealToken(
        final DirectBuffer key, final DirectBuffer tokenNonce, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        OffHeap.address(data, offset, length + TAG_LENGTH);
        useTokenNonce(key, tokenNonce);
        final boolean isSealed = run(Cipher.ENCRYPT_MODE, subKeyBytes, additionalData, data, offset, length);
        checkSealed(isSealed);
    }

    @Override
    public boolean openToken(
        final DirectBuffer key, final DirectBuffer tokenNonce, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        if (length < TAG_LENGTH) {
            return false;
        }
        OffHeap.address(data, offset, length);
        useTokenNonce(key, tokenNonce);
        return run(Cipher.DECRYPT_MODE, subKeyBytes, additionalData, data, offset, length);
    }

    @Override
    public void close() {
        Arrays.fill(keyBytes, (byte) 0);
        Arrays.fill(subKeyBytes, (byte) 0);
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }

    private void useSequence(final DirectBuffer key, final long sequence) {
        OffHeap.address(key, 0, KEY_LENGTH);
        key.getBytes(0, keyBytes);
        nonce.putInt(0, 0);
        nonce.putLong(NONCE_SEQUENCE_OFFSET, sequence);
    }

    private void useTokenNonce(final DirectBuffer key, final DirectBuffer tokenNonce) {
        OffHeap.address(key, 0, KEY_LENGTH);
        OffHeap.address(tokenNonce, 0, TOKEN_NONCE_LENGTH);
        key.getBytes(0, keyBytes);
        tokenNonce.getBytes(0, tokenNonceBytes);
        hChaCha20.derive(keyBytes, tokenNonceBytes, subKeyBytes);
        nonce.putInt(0, 0);
        System.arraycopy(tokenNonceBytes, TOKEN_NONCE_TAIL_OFFSET, nonceBytes, NONCE_SEQUENCE_OFFSET, NONCE_LENGTH - NONCE_SEQUENCE_OFFSET);
    }

    private boolean run(
        final int mode, final byte[] key, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        OffHeap.address(additionalData, 0, additionalData.capacity());
        try {
            initialise(mode, key);
            additionalData.getBytes(0, additionalBytes, 0, additionalData.capacity());
            cipher.updateAAD(additionalBytes, 0, additionalData.capacity());
            data.getBytes(offset, input, 0, length);
            final int outputLength = cipher.doFinal(input, 0, length, output, 0);
            data.putBytes(offset, output, 0, outputLength);
            return true;
        } catch (final AEADBadTagException e) {
            return false;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK refuses the key and nonce it used last; a packet that comes twice in a row has them, so another nonce goes between. */
    private void initialise(final int mode, final byte[] key) throws GeneralSecurityException {
        final SecretKeySpec keySpec = new SecretKeySpec(key, KEY_ALGORITHM);
        try {
            cipher.init(mode, keySpec, new IvParameterSpec(nonceBytes));
        } catch (final InvalidKeyException e) {
            nonceBytes[0] = 1;
            cipher.init(mode, keySpec, new IvParameterSpec(nonceBytes));
            nonceBytes[0] = 0;
            cipher.init(mode, keySpec, new IvParameterSpec(nonceBytes));
        }
    }

    private static void checkSealed(final boolean isSealed) {
        if (!isSealed) {
            throw new IllegalStateException("the JDK refused to seal");
        }
    }
}
