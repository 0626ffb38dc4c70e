package io.orrery.transport.netcode;

import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;

/** One source address with keys: in a handshake, or connected once it has a slot. Pooled by {@link PeerTable}. */
final class Peer extends WheelTimer {
    static final int NO_SLOT = -1;

    /** Views of the table's key memory, 32 bytes each. */
    final UnsafeBuffer clientToServerKey;
    final UnsafeBuffer serverToClientKey;
    final ReplayWindow replayWindow = new ReplayWindow();

    InetSocketAddress source;
    long tagLow;
    long tagHigh;
    long clientId;
    /** 0: never. */
    long timeoutNs;
    /** Until when an unfinished handshake is kept. */
    long handshakeDeadlineNs;
    /** Told that the server is full: another token may take its place. */
    boolean isDenied;

    int slot = NO_SLOT;
    long connectionId;
    boolean isConfirmed;
    long sendSequence;
    long lastSendNs;
    long lastReceiveNs;

    private final PeerTable table;

    Peer(final PeerTable table, final UnsafeBuffer clientToServerKey, final UnsafeBuffer serverToClientKey) {
        this.table = table;
        this.clientToServerKey = clientToServerKey;
        this.serverToClientKey = serverToClientKey;
    }

    boolean isConnected() {
        return slot != NO_SLOT;
    }

    boolean hasTag(final long low, final long high) {
        return tagLow == low && tagHigh == high;
    }

    @Override
    protected void onTimer(final long nowNs) {
        table.onPeerTimer(this, nowNs);
    }
}
