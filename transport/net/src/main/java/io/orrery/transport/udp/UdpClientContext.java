package io.orrery.transport.udp;

import io.orrery.platform.config.Ranges;
import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.crypto.PacketCiphers;
import io.orrery.transport.netcode.NetCounters;

import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link UdpClient} or of a {@link UdpClientGroup}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards. Serves one client or one group.
 */
public final class UdpClientContext {
    /** Datagrams per client and call when nothing is said. */
    public static final int RECEIVE_LIMIT_DEFAULT = 64;
    /** Kernel's buffer in each direction and per client when nothing is said, in bytes. */
    public static final int SOCKET_BUFFER_DEFAULT_BYTES = 256 << 10;
    /** Clients of a group when nothing is said. */
    public static final int GROUP_CAPACITY_DEFAULT = 2_048;

    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private int receiveLimitPerCall = RECEIVE_LIMIT_DEFAULT;
    private int socketBufferBytes = SOCKET_BUFFER_DEFAULT_BYTES;
    private int groupCapacity = GROUP_CAPACITY_DEFAULT;
    private PacketCipher cipher;
    private NetCounters counters;
    private boolean isConcluded;

    /**
     * Sets the clock of resending, keep-alives and time-outs.
     *
     * @param clock monotonic.
     * @return this, for chaining.
     */
    public UdpClientContext nanoClock(final NanoClock clock) {
        checkOpen();
        nanoClock = clock;
        return this;
    }

    /**
     * Sets how many datagrams one call takes from one socket.
     *
     * @param datagrams 1 to 65,536.
     * @return this, for chaining.
     */
    public UdpClientContext receiveLimitPerCall(final int datagrams) {
        checkOpen();
        receiveLimitPerCall = datagrams;
        return this;
    }

    /**
     * Sets the kernel's buffer in each direction; the system may give less.
     *
     * @param bytes 4,096 to 268,435,456.
     * @return this, for chaining.
     */
    public UdpClientContext socketBufferBytes(final int bytes) {
        checkOpen();
        socketBufferBytes = bytes;
        return this;
    }

    /**
     * Sets how many clients a group may hold; a socket each.
     *
     * @param clients 1 to 65,536.
     * @return this, for chaining.
     */
    public UdpClientContext groupCapacity(final int clients) {
        checkOpen();
        groupCapacity = clients;
        return this;
    }

    /**
     * Sets the cipher, owned and closed by the client or the group.
     *
     * @param packetCipher of one thread alone; {@link PacketCiphers#create()} if nothing is said.
     * @return this, for chaining.
     */
    public UdpClientContext cipher(final PacketCipher packetCipher) {
        checkOpen();
        cipher = packetCipher;
        return this;
    }

    /**
     * Sets what is counted into; a group's clients share it.
     *
     * @param netCounters written by one thread alone; new ones if nothing is said.
     * @return this, for chaining.
     */
    public UdpClientContext counters(final NetCounters netCounters) {
        checkOpen();
        counters = netCounters;
        return this;
    }

    /**
     * Fills defaults, checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public UdpClientContext conclude() {
        checkOpen();
        Ranges.required("nanoClock", nanoClock);
        Ranges.check("receiveLimitPerCall", receiveLimitPerCall, 1, 1 << 16);
        Ranges.check("socketBufferBytes", socketBufferBytes, 1 << 12, 1 << 28);
        Ranges.check("groupCapacity", groupCapacity, 1, 1 << 16);
        if (cipher == null) {
            cipher = PacketCiphers.create();
        }
        if (counters == null) {
            counters = new NetCounters();
        }
        isConcluded = true;
        return this;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    int receiveLimitPerCall() {
        return receiveLimitPerCall;
    }

    int socketBufferBytes() {
        return socketBufferBytes;
    }

    int groupCapacity() {
        return groupCapacity;
    }

    PacketCipher cipher() {
        return cipher;
    }

    NetCounters counters() {
        return counters;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("UdpClientContext is concluded");
        }
    }
}
