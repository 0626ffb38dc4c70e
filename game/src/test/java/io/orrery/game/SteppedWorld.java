package io.orrery.game;

import io.orrery.world.World;
import io.orrery.world.WorldContext;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewReader;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.Agent;

/** A real world whose ticks a test runs by hand. */
public final class SteppedWorld {
    public static final long PERIOD_NS = 50_000_000L;

    public final ManualClock clock = new ManualClock();
    public final World world;
    private final Agent agent;
    private final ViewReader[] readers;
    private boolean isStarted;

    public SteppedWorld(final UnaryOperator<WorldContext> settings) {
        world = new World(settings.apply(new WorldContext().npcCount(0).clock(clock)).conclude());
        agent = world.agents(1).get(0);
        readers = newReaders();
    }

    public ViewReader[] newReaders() {
        final ViewReader[] all = new ViewReader[world.partitionCount()];
        for (int i = 0; i < all.length; i++) {
            all[i] = world.newViewReader(i);
        }
        return all;
    }

    /** Makes the next slot due; its partitions tick one by one by {@link #tickPartition()}. */
    public void beginSlot() {
        if (isStarted) {
            clock.advanceNs(PERIOD_NS);
        } else {
            agent.onStart();
            isStarted = true;
        }
    }

    /** Runs the tick of one partition that is due. */
    public boolean tickPartition() {
        try {
            return agent.doWork() > 0;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void tick() {
        beginSlot();
        while (tickPartition()) {
            Thread.onSpinWait();
        }
    }

    public void ticks(final int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    /** A copy of the newest view of a partition; null before the first tick. */
    public TickView view(final int partition) {
        return viewAfter(partition, -1);
    }

    /** As {@link #view(int)}; null too if the newest is not newer than a slot. */
    public TickView viewAfter(final int partition, final long slot) {
        final TickView view = readers[partition].acquire();
        final TickView copy = view == null || view.slot() <= slot ? null : view.copy();
        readers[partition].release();
        return copy;
    }

    /** The partition that owns an entity by its newest view, or -1. */
    public int ownerOf(final long id) {
        for (int i = 0; i < readers.length; i++) {
            final TickView view = readers[i].acquire();
            final int row = view == null ? -1 : view.rowOf(id);
            final boolean isOwner = row >= 0 && (view.flags()[row] & TickView.FLAG_GHOST) == 0;
            readers[i].release();
            if (isOwner) {
                return i;
            }
        }
        return -1;
    }

    public long count(final WorldCounter counter) {
        return world.counters().sum(counter);
    }
}
