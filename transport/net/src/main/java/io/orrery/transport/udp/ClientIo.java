package io.orrery.transport.udp;

import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.netcode.ClientShared;
import io.orrery.transport.netcode.NetCounters;

import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** What the clients of one thread share: clock, cipher, counters, receive buffer. */
final class ClientIo {
    final NanoClock nanoClock;
    final int receiveLimit;
    final int socketBufferBytes;
    final NetCounters counters;
    final ClientShared shared;
    final UnsafeBuffer receiveBuffer = DatagramPort.receiveBuffer();
    final ByteBuffer receiveBytes = receiveBuffer.byteBuffer();

    private final PacketCipher cipher;

    ClientIo(final UdpClientContext context) {
        nanoClock = context.nanoClock();
        receiveLimit = context.receiveLimitPerCall();
        socketBufferBytes = context.socketBufferBytes();
        counters = context.counters();
        cipher = context.cipher();
        shared = new ClientShared(cipher, counters);
    }

    String cipherName() {
        return cipher.name();
    }

    void close() {
        cipher.close();
    }
}
