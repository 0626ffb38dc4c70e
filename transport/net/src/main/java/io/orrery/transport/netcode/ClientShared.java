package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCipher;

import org.agrona.concurrent.UnsafeBuffer;

/** What all {@link NetcodeClient}s of one thread share, so that one client costs little memory: cipher, counters, send buffers. */
public final class ClientShared {
    private final PacketCipher cipher;
    private final NetCounters counters;
    private final UnsafeBuffer control = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);
    private final UnsafeBuffer payload = OffHeap.allocate(Netcode.SEND_BUFFER_LENGTH);

    /**
     * Creates what the clients of one thread share.
     *
     * @param cipher of that thread.
     * @param counters written by that thread.
     */
    public ClientShared(final PacketCipher cipher, final NetCounters counters) {
        this.cipher = cipher;
        this.counters = counters;
    }

    /**
     * What the clients count into, together.
     *
     * @return live counters.
     */
    public NetCounters counters() {
        return counters;
    }

    PacketCipher cipher() {
        return cipher;
    }

    UnsafeBuffer control() {
        return control;
    }

    UnsafeBuffer payload() {
        return payload;
    }
}
