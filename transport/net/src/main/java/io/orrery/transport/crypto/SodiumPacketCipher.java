package io.orrery.transport.crypto;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.ref.Reference;
import java.nio.ByteOrder;

/** libsodium through java.lang.foreign: no object is made per call. */
final class SodiumPacketCipher implements PacketCipher {
    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_SEQUENCE_OFFSET = 4;

    private final UnsafeBuffer nonce = OffHeap.allocate(NONCE_LENGTH);
    private final long nonceAddress = nonce.addressOffset();

    @Override
    public String name() {
        return "libsodium " + SodiumLibrary.VERSION;
    }

    @Override
    public void seal(
        final DirectBuffer key, final long sequence, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        final long keyAddress = OffHeap.address(key, 0, KEY_LENGTH);
        final long additionalAddress = OffHeap.address(additionalData, 0, additionalData.capacity());
        final long dataAddress = OffHeap.address(data, offset, length + TAG_LENGTH);
        nonce.putLong(NONCE_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        final int failed;
        try {
            failed = (int) SodiumLibrary.SEAL.invokeExact(
                dataAddress, 0L, dataAddress, (long) length, additionalAddress, (long) additionalData.capacity(),
                0L, nonceAddress, keyAddress);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        keepReachable(key, additionalData, data);
        checkSealed(failed);
    }

    @Override
    public boolean open(
        final DirectBuffer key, final long sequence, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        if (length < TAG_LENGTH) {
            return false;
        }
        final long keyAddress = OffHeap.address(key, 0, KEY_LENGTH);
        final long additionalAddress = OffHeap.address(additionalData, 0, additionalData.capacity());
        final long dataAddress = OffHeap.address(data, offset, length);
        nonce.putLong(NONCE_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        final int failed;
        try {
            failed = (int) SodiumLibrary.OPEN.invokeExact(
                dataAddress, 0L, 0L, dataAddress, (long) length, additionalAddress, (long) additionalData.capacity(),
                nonceAddress, keyAddress);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        keepReachable(key, additionalData, data);
        return failed == 0;
    }

    @Override
    public void sealToken(
        final DirectBuffer key, final DirectBuffer tokenNonce, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        final long keyAddress = OffHeap.address(key, 0, KEY_LENGTH);
        final long tokenNonceAddress = OffHeap.address(tokenNonce, 0, TOKEN_NONCE_LENGTH);
        final long additionalAddress = OffHeap.address(additionalData, 0, additionalData.capacity());
        final long dataAddress = OffHeap.address(data, offset, length + TAG_LENGTH);
        final int failed;
        try {
            failed = (int) SodiumLibrary.SEAL_TOKEN.invokeExact(
                dataAddress, 0L, dataAddress, (long) length, additionalAddress, (long) additionalData.capacity(),
                0L, tokenNonceAddress, keyAddress);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        keepReachable(key, additionalData, data);
        Reference.reachabilityFence(tokenNonce);
        checkSealed(failed);
    }

    @Override
    public boolean openToken(
        final DirectBuffer key, final DirectBuffer tokenNonce, final DirectBuffer additionalData,
        final MutableDirectBuffer data, final int offset, final int length) {
        if (length < TAG_LENGTH) {
            return false;
        }
        final long keyAddress = OffHeap.address(key, 0, KEY_LENGTH);
        final long tokenNonceAddress = OffHeap.address(tokenNonce, 0, TOKEN_NONCE_LENGTH);
        final long additionalAddress = OffHeap.address(additionalData, 0, additionalData.capacity());
        final long dataAddress = OffHeap.address(data, offset, length);
        final int failed;
        try {
            failed = (int) SodiumLibrary.OPEN_TOKEN.invokeExact(
                dataAddress, 0L, 0L, dataAddress, (long) length, additionalAddress, (long) additionalData.capacity(),
                tokenNonceAddress, keyAddress);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        keepReachable(key, additionalData, data);
        Reference.reachabilityFence(tokenNonce);
        return failed == 0;
    }

    @Override
    public void close() {
        nonce.setMemory(0, NONCE_LENGTH, (byte) 0);
    }

    /** The collector must not free a buffer while native code still holds its bare address. */
    private void keepReachable(final DirectBuffer key, final DirectBuffer additionalData, final DirectBuffer data) {
        Reference.reachabilityFence(key);
        Reference.reachabilityFence(additionalData);
        Reference.reachabilityFence(data);
        Reference.reachabilityFence(this);
    }

    private static void checkSealed(final int failed) {
        if (failed != 0) {
            throw new IllegalStateException("libsodium refused to seal");
        }
    }
}
