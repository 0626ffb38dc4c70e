package io.orrery.transport.netcode;

/** Binary heap of numbers, least on top; fixed capacity, one thread. */
final class LongMinHeap {
    private final long[] heap;
    private int count;

    LongMinHeap(final int capacity) {
        heap = new long[capacity];
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    long peek() {
        return heap[0];
    }

    void push(final long value) {
        int child = count++;
        while (child > 0) {
            final int parent = (child - 1) >>> 1;
            if (heap[parent] <= value) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = value;
    }

    long pop() {
        final long top = heap[0];
        final long last = heap[--count];
        int parent = 0;
        int child = 1;
        while (child < count) {
            if (child + 1 < count && heap[child + 1] < heap[child]) {
                child++;
            }
            if (last <= heap[child]) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
            child = 2 * parent + 1;
        }
        heap[parent] = last;
        return top;
    }
}
