package io.orrery.transport.frame;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes numbers of any bit length, lowest bit first, into a buffer.
 *
 * <p>Writing thread: its owner's. Memory: none of its own beyond a 64-bit accumulator. The caller checks room beforehand with
 * {@link #bitsLeft()}; writing past it is a fault of the caller.
 */
public final class BitWriter {
    private MutableDirectBuffer buffer;
    private int startOffset;
    private int offset;
    private int endOffset;
    private long accumulator;
    private int accumulatedBits;

    /**
     * Starts over.
     *
     * @param target where to write; kept until the next call.
     * @param targetOffset first byte, in bytes.
     * @param lengthMax most bytes to write.
     */
    public void wrap(final MutableDirectBuffer target, final int targetOffset, final int lengthMax) {
        target.boundsCheck(targetOffset, lengthMax);
        buffer = target;
        startOffset = targetOffset;
        offset = targetOffset;
        endOffset = targetOffset + lengthMax;
        accumulator = 0;
        accumulatedBits = 0;
    }

    /**
     * Appends the low bits of a number.
     *
     * @param value bits above {@code bitCount} must be zero.
     * @param bitCount 0 to 32.
     */
    public void write(final int value, final int bitCount) {
        assert bitCount == 32 || value >>> bitCount == 0 : "value=" + value + " does not fit bitCount=" + bitCount;
        accumulator |= (value & 0xFFFF_FFFFL) << accumulatedBits;
        accumulatedBits += bitCount;
        if (accumulatedBits >= 32) {
            assert offset + Integer.BYTES <= endOffset : "no room: lengthMax=" + (endOffset - startOffset);
            buffer.putInt(offset, (int) accumulator, ByteOrder.LITTLE_ENDIAN);
            offset += Integer.BYTES;
            accumulator >>>= 32;
            accumulatedBits -= 32;
        }
    }

    /**
     * Appends 64 bits.
     *
     * @param value any.
     */
    public void writeLong(final long value) {
        write((int) value, 32);
        write((int) (value >>> 32), 32);
    }

    /**
     * Appends one bit.
     *
     * @param value true for 1.
     */
    public void writeBit(final boolean value) {
        write(value ? 1 : 0, 1);
    }

    /**
     * Bits that still fit.
     *
     * @return 0 or more.
     */
    public int bitsLeft() {
        return (endOffset - offset) * Byte.SIZE - accumulatedBits;
    }

    /**
     * Fills the last byte with zeros.
     *
     * @return bytes written since {@link #wrap}.
     */
    public int finish() {
        while (accumulatedBits > 0) {
            buffer.putByte(offset, (byte) accumulator);
            offset++;
            accumulator >>>= Byte.SIZE;
            accumulatedBits -= Byte.SIZE;
        }
        accumulatedBits = 0;
        return offset - startOffset;
    }
}
