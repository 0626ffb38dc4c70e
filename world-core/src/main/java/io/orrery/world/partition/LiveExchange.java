package io.orrery.world.partition;

import io.orrery.world.command.CommandRecord;
import io.orrery.world.command.RecordRing;
import io.orrery.world.entity.EntityStore;
import io.orrery.world.handoff.EntityRecord;
import io.orrery.world.handoff.HandoffLink;
import io.orrery.world.handoff.Tombstones;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewReader;

/**
 * The ways in and out of one partition while the world runs: command rings, links from and to the other partitions, readers of the
 * neighbours' views, and what it remembers of entities that left.
 *
 * <p>Writing thread: the one that owns the partition. Memory: fixed.
 *
 * <p>Links are drained before command rings, so that a command that was passed on is seen before a later one sent here directly. In one
 * tick each ring gives at most what it held when its turn came. A command whose entity left is passed on behind it, in the same link. Where
 * that way is full, move and stop are dropped and counted (the sender sends them again, since their sequence stays unacknowledged);
 * other commands wait in a bounded list, so that neither two full links wait for each other nor a ring from outside for what stands at
 * its head. Half of the list is for links alone; what finds no room waits where it is.
 */
public final class LiveExchange implements Exchange {
    private static final int WAITING_CAPACITY = 1024;
    private static final int WAITING_FROM_LINKS_MAX = WAITING_CAPACITY - 1;
    private static final int WAITING_FROM_OUTSIDE_MAX = WAITING_CAPACITY / 2;

    private final int index;
    private final HandoffLink[] linksIn;
    private final HandoffLink[] linksOut;
    private final RecordRing[] commandRings;
    private final ViewReader[] neighbourViews;
    private final Tombstones tombstones;
    private final RecordRing waiting = new RecordRing(WAITING_CAPACITY, CommandRecord.WORDS);
    private final WorldCounters counters;

    /**
     * Connects a partition.
     *
     * @param index of the partition.
     * @param linksIn by sending partition; null at its own place.
     * @param linksOut by receiving partition; null at its own place.
     * @param commandRings one for each producing thread.
     * @param neighbourViews in the geometry's order.
     * @param tombstones of the partition.
     * @param counters of the world.
     */
    public LiveExchange(final int index, final HandoffLink[] linksIn, final HandoffLink[] linksOut, final RecordRing[] commandRings,
                        final ViewReader[] neighbourViews, final Tombstones tombstones, final WorldCounters counters) {
        this.index = index;
        this.linksIn = linksIn.clone();
        this.linksOut = linksOut.clone();
        this.commandRings = commandRings.clone();
        this.neighbourViews = neighbourViews.clone();
        this.tombstones = tombstones;
        this.counters = counters;
    }

    @Override
    public void drain(final Partition partition, final long slot) {
        tombstones.expire(slot, linksOut);
        retryWaiting(partition);
        for (int from = 0; from < linksIn.length; from++) {
            if (from != index) {
                drainLink(partition, linksIn[from]);
            }
        }
        for (final RecordRing ring : commandRings) {
            drainCommands(partition, ring);
        }
    }

    @Override
    public long ackedCount(final int target) {
        return linksOut[target].ackedCount();
    }

    @Override
    public TickView acquireView(final int neighbour) {
        return neighbourViews[neighbour].acquire();
    }

    @Override
    public void releaseView(final int neighbour) {
        neighbourViews[neighbour].release();
    }

    @Override
    public long offerEntity(final int target, final EntityStore store, final int row, final long slot) {
        return tombstones.hasRoom() ? send(target, linksOut[target].claim(), store, row, slot) : REFUSED;
    }

    @Override
    public long offerSwap(final int target, final EntityStore store, final int row, final long slot) {
        return tombstones.hasRoom() ? send(target, linksOut[target].claimForSwap(), store, row, slot) : REFUSED;
    }

    @Override
    public void onPublished() {
        for (final HandoffLink link : linksIn) {
            if (link != null) {
                link.acknowledge();
            }
        }
    }

    private long send(final int target, final int offset, final EntityStore store, final int row, final long slot) {
        if (offset == RecordRing.FULL) {
            return REFUSED;
        }
        final HandoffLink link = linksOut[target];
        EntityRecord.write(store, row, index, slot, link.ring().words(), offset);
        link.onSent();
        link.ring().commit();
        final long sequence = link.sentCount();
        tombstones.add(store.id[row], target, sequence, slot);
        return sequence;
    }

    private void retryWaiting(final Partition partition) {
        for (int i = waiting.count(); i > 0; i--) {
            final int offset = waiting.peek();
            final boolean isTaken = takeCommand(partition, waiting.words(), offset, 0);
            if (!isTaken) {
                System.arraycopy(waiting.words(), offset, waiting.words(), claimBehind(), CommandRecord.WORDS);
                waiting.commit();
            }
            waiting.release();
        }
    }

    /** Room behind the record being looked at: one place is kept free for this. */
    private int claimBehind() {
        final int offset = waiting.claim();
        assert offset != RecordRing.FULL : "waiting commands must leave one place free";
        return offset;
    }

    private void drainLink(final Partition partition, final HandoffLink link) {
        final RecordRing ring = link.ring();
        for (int i = ring.count(); i > 0; i--) {
            final int offset = ring.peek();
            if (CommandRecord.kind(ring.words(), offset) == EntityRecord.ENTITY) {
                if (partition.acceptEntity(ring.words(), offset) == Partition.HOLD) {
                    return;
                }
                tombstones.remove(ring.words()[offset + EntityRecord.ID_WORD]);
                link.onTaken();
            } else if (!takeCommand(partition, ring.words(), offset, WAITING_FROM_LINKS_MAX)) {
                return;
            }
            ring.release();
        }
    }

    private void drainCommands(final Partition partition, final RecordRing ring) {
        for (int i = ring.count(); i > 0; i--) {
            if (!takeCommand(partition, ring.words(), ring.peek(), WAITING_FROM_OUTSIDE_MAX)) {
                return;
            }
            ring.release();
        }
    }

    private boolean takeCommand(final Partition partition, final long[] words, final int offset, final int waitingMax) {
        final int result = partition.applyCommand(words, offset);
        if (result == Partition.UNKNOWN) {
            return forward(words, offset, waitingMax);
        }
        return result == Partition.DONE;
    }

    private boolean forward(final long[] words, final int offset, final int waitingMax) {
        final int target = tombstones.targetOf(words[offset + CommandRecord.ID_WORD]);
        if (target == Tombstones.NONE) {
            counters.add(WorldCounter.COMMANDS_UNKNOWN, index, 1);
            return true;
        }
        final int kind = CommandRecord.kind(words, offset);
        final boolean isSentAgain = kind == CommandRecord.MOVE || kind == CommandRecord.STOP;
        if (isSentAgain && CommandRecord.forwardCount(words, offset) >= CommandRecord.FORWARD_MAX) {
            counters.add(WorldCounter.FORWARDS_DROPPED, index, 1);
            return true;
        }
        final RecordRing ring = linksOut[target].ring();
        final int to = linksOut[target].claim();
        if (to != RecordRing.FULL) {
            CommandRecord.copyForwarded(words, offset, ring.words(), to);
            ring.commit();
            counters.add(WorldCounter.COMMANDS_FORWARDED, index, 1);
            return true;
        }
        if (isSentAgain) {
            counters.add(WorldCounter.FORWARDS_DROPPED, index, 1);
            return true;
        }
        return putAside(words, offset, waitingMax);
    }

    private boolean putAside(final long[] words, final int offset, final int waitingMax) {
        if (waiting.count() >= waitingMax) {
            return false;
        }
        System.arraycopy(words, offset, waiting.words(), waiting.claim(), CommandRecord.WORDS);
        waiting.commit();
        return true;
    }
}
