package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;

import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.Object2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.util.function.ObjLongConsumer;

/**
 * Peers by source address, by client id and by slot: every look-up is one hash or one index, never a scan.
 *
 * <p>One thread. Memory: keys for all peers off-heap at creation; peer objects are made on demand up to the capacity and kept.
 *
 * <p>Invariants: (I1) a peer in {@code bySource} has keys; (I2) a peer with a slot is in {@code byClientId} and {@code bySlot}, one without
 * is in neither; (I3) a connection id is a generation of its slot and comes once: a slot that ran out of generations is retired.
 */
final class PeerTable {
    private static final int GENERATION_MAX = Integer.MAX_VALUE;
    private static final float LOAD_FACTOR = 0.55f;

    private final int handshakeCapacity;
    private final Object2ObjectHashMap<InetSocketAddress, Peer> bySource;
    private final Long2ObjectHashMap<Peer> byClientId;
    private final Peer[] bySlot;
    private final int[] generations;
    private final LongMinHeap freeSlots;
    private final Peer[] pool;
    private final UnsafeBuffer keys;
    private final ObjLongConsumer<Peer> timerHandler;
    private int pooledCount;
    private int createdCount;
    private int connectedCount;

    PeerTable(final int clientCapacity, final int handshakeCapacity, final ObjLongConsumer<Peer> timerHandler) {
        this.handshakeCapacity = handshakeCapacity;
        this.timerHandler = timerHandler;
        final int peerCapacity = clientCapacity + handshakeCapacity;
        bySource = new Object2ObjectHashMap<>(2 * peerCapacity, LOAD_FACTOR);
        byClientId = new Long2ObjectHashMap<>(2 * clientCapacity, LOAD_FACTOR);
        bySlot = new Peer[clientCapacity];
        generations = new int[clientCapacity];
        freeSlots = new LongMinHeap(clientCapacity);
        for (int slot = 0; slot < clientCapacity; slot++) {
            freeSlots.push(slot);
        }
        pool = new Peer[peerCapacity];
        keys = OffHeap.allocate(peerCapacity * 2 * Netcode.KEY_LENGTH);
    }

    Peer find(final InetSocketAddress source) {
        return bySource.get(source);
    }

    boolean isClientConnected(final long clientId) {
        return byClientId.containsKey(clientId);
    }

    /** The connected peer of this connection, or null. */
    Peer connected(final long connectionId) {
        final int slot = (int) connectionId;
        if (slot < 0 || slot >= bySlot.length) {
            return null;
        }
        final Peer peer = bySlot[slot];
        return peer != null && peer.connectionId == connectionId ? peer : null;
    }

    Peer atSlot(final int slot) {
        return bySlot[slot];
    }

    boolean hasFreeSlot() {
        return !freeSlots.isEmpty();
    }

    int clientCapacity() {
        return bySlot.length;
    }

    int connectedCount() {
        return connectedCount;
    }

    int handshakeCount() {
        return bySource.size() - connectedCount;
    }

    /** A peer in a handshake for a source that has none, or null if there are too many. */
    Peer add(final InetSocketAddress source) {
        if (handshakeCount() >= handshakeCapacity) {
            return null;
        }
        final Peer peer = pooledCount > 0 ? pool[--pooledCount] : create();
        peer.source = source;
        peer.slot = Peer.NO_SLOT;
        peer.isDenied = false;
        bySource.put(source, peer);
        return peer;
    }

    /** Gives a peer in a handshake the lowest free slot; there must be one. */
    void connect(final Peer peer, final long clientId) {
        final int slot = (int) freeSlots.pop();
        final int generation = ++generations[slot];
        peer.slot = slot;
        peer.clientId = clientId;
        peer.connectionId = (long) generation << Integer.SIZE | slot;
        bySlot[slot] = peer;
        byClientId.put(clientId, peer);
        connectedCount++;
    }

    /** Forgets a peer, its keys and its slot. It must be off the timer wheel. */
    void remove(final Peer peer) {
        if (peer.isConnected()) {
            bySlot[peer.slot] = null;
            byClientId.remove(peer.clientId);
            connectedCount--;
            if (generations[peer.slot] < GENERATION_MAX) {
                freeSlots.push(peer.slot);
            }
        }
        bySource.remove(peer.source);
        peer.source = null;
        peer.slot = Peer.NO_SLOT;
        peer.connectionId = 0;
        peer.clientToServerKey.setMemory(0, Netcode.KEY_LENGTH, (byte) 0);
        peer.serverToClientKey.setMemory(0, Netcode.KEY_LENGTH, (byte) 0);
        pool[pooledCount++] = peer;
    }

    void onPeerTimer(final Peer peer, final long nowNs) {
        timerHandler.accept(peer, nowNs);
    }

    private Peer create() {
        final int offset = createdCount * 2 * Netcode.KEY_LENGTH;
        createdCount++;
        return new Peer(this,
            new UnsafeBuffer(keys, offset, Netcode.KEY_LENGTH),
            new UnsafeBuffer(keys, offset + Netcode.KEY_LENGTH, Netcode.KEY_LENGTH));
    }
}
