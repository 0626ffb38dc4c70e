package io.orrery.transport.crypto;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** Makes and checks the off-heap buffers that ciphers work on. */
public final class OffHeap {
    private OffHeap() {
    }

    /**
     * Makes a zeroed off-heap buffer.
     *
     * @param length in bytes, at least 0.
     * @return a buffer over the whole of its own memory, which lives as long as the buffer.
     */
    public static UnsafeBuffer allocate(final int length) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    }

    /**
     * Makes an off-heap copy.
     *
     * @param bytes copied whole.
     * @return a buffer over its own memory.
     */
    public static UnsafeBuffer copyOf(final byte[] bytes) {
        final UnsafeBuffer copy = allocate(bytes.length);
        copy.putBytes(0, bytes);
        return copy;
    }

    /** Native address of a range, after checking that it lies inside an off-heap buffer. */
    static long address(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("buffer is on the heap, must be off-heap");
        }
        return buffer.addressOffset() + offset;
    }
}
