package io.orrery.world;

import io.orrery.world.command.CommandProxy;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.partition.Partition;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewReader;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.Agent;

/** A world stepped by hand: each call runs one tick of every partition, in ascending or descending order. */
final class Stepped {
    static final long PERIOD_NS = 50_000_000L;

    final ManualClock clock = new ManualClock();
    final World world;
    final CommandProxy commands;
    final EntityIdAllocator ids;
    final ViewReader[] readers;
    private final Agent agent;
    private long slot = -1;

    Stepped(final UnaryOperator<WorldContext> settings) {
        world = new World(settings.apply(new WorldContext().npcCount(0).clock(clock)).conclude());
        commands = world.newCommandProxy();
        ids = world.newIdAllocator();
        readers = new ViewReader[world.partitionCount()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = world.newViewReader(i);
        }
        agent = world.agents(1).get(0);
    }

    long slot() {
        return slot;
    }

    /** One slot, by the agent. */
    void tick() {
        if (slot < 0) {
            agent.onStart();
        } else {
            clock.advanceNs(PERIOD_NS);
        }
        slot++;
        agentWork();
    }

    int agentWork() {
        int steps = 0;
        try {
            while (agent.doWork() > 0) {
                steps++;
            }
        } catch (final Exception ex) {
            throw new IllegalStateException(ex);
        }
        return steps;
    }

    void ticks(final int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    /** One tick of one partition, in a slot of the caller's choice. */
    void tickPartition(final int index, final long atSlot, final int stepSlots) {
        final Partition partition = world.partition(index);
        partition.onClaimed();
        partition.onTick(atSlot, stepSlots);
        partition.onReleased();
    }

    /** As {@link #spawn}, but 0 if the ring is full. */
    long trySpawn(final float x, final float y) {
        final long id = ids.next();
        return commands.offerSpawnPlayer(world.partitionAt(x, y), id, x, y) ? id : 0;
    }

    long spawn(final float x, final float y) {
        final long id = trySpawn(x, y);
        if (id == 0) {
            throw new IllegalStateException("ring is full");
        }
        return id;
    }

    TickView view(final int partition) {
        return readers[partition].acquire();
    }

    /** The partition that owns the entity by its newest view, or -1. */
    int ownerOf(final long id) {
        for (int i = 0; i < readers.length; i++) {
            final TickView view = view(i);
            final int row = view == null ? -1 : view.rowOf(id);
            if (row >= 0 && (view.flags()[row] & TickView.FLAG_GHOST) == 0) {
                return i;
            }
        }
        return -1;
    }

    long count(final WorldCounter counter) {
        return world.counters().sum(counter);
    }
}
