package io.orrery.transport.frame;

import org.agrona.DirectBuffer;

/**
 * Reads numbers of any bit length, lowest bit first. Never reads outside what it was given: past the end it returns zeros and remembers.
 *
 * <p>Writing thread: its owner's. Memory: none of its own.
 */
public final class BitReader {
    private DirectBuffer buffer;
    private int startOffset;
    private long bitLength;
    private long bitPosition;

    /**
     * Starts over.
     *
     * @param source what to read; kept until the next call.
     * @param sourceOffset first byte, in bytes.
     * @param length bytes that may be read.
     */
    public void wrap(final DirectBuffer source, final int sourceOffset, final int length) {
        source.boundsCheck(sourceOffset, length);
        buffer = source;
        startOffset = sourceOffset;
        bitLength = (long) length * Byte.SIZE;
        bitPosition = 0;
    }

    /**
     * Takes the next bits.
     *
     * @param bitCount 0 to 32.
     * @return their value, 0 past the end.
     */
    public int read(final int bitCount) {
        if (bitPosition + bitCount > bitLength) {
            bitPosition = bitLength + 1;
            return 0;
        }

        long value = 0;
        int taken = 0;
        while (taken < bitCount) {
            final int shift = (int) (bitPosition & 7);
            final int bits = Math.min(Byte.SIZE - shift, bitCount - taken);
            final int part = (buffer.getByte(startOffset + (int) (bitPosition >>> 3)) & 0xFF) >>> shift;
            value |= (long) (part & ((1 << bits) - 1)) << taken;
            taken += bits;
            bitPosition += bits;
        }
        return (int) value;
    }

    /**
     * Takes the next 64 bits.
     *
     * @return their value, 0 past the end.
     */
    public long readLong() {
        final long low = read(32) & 0xFFFF_FFFFL;
        return low | (long) read(32) << 32;
    }

    /**
     * Takes the next bit.
     *
     * @return whether it is 1; false past the end.
     */
    public boolean readBit() {
        return read(1) == 1;
    }

    /**
     * Whether something was asked for past the end.
     *
     * @return true from then on; what was read is not to be trusted.
     */
    public boolean isOverrun() {
        return bitPosition > bitLength;
    }

    /**
     * Whether nothing but the zeros that fill the last byte is left.
     *
     * @return false if whole bytes or set bits follow.
     */
    public boolean isAtEnd() {
        final long left = bitLength - bitPosition;
        if (left < 0 || left >= Byte.SIZE) {
            return false;
        }
        return read((int) left) == 0;
    }
}
