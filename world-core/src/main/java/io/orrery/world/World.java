package io.orrery.world;

import io.orrery.world.command.CommandProxy;
import io.orrery.world.command.CommandRecord;
import io.orrery.world.command.MoveRule;
import io.orrery.world.command.RecordRing;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.entity.EntityStore;
import io.orrery.world.handoff.EntityRecord;
import io.orrery.world.handoff.HandoffLink;
import io.orrery.world.handoff.Tombstones;
import io.orrery.world.log.InputLog;
import io.orrery.world.partition.LiveExchange;
import io.orrery.world.partition.Partition;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.partition.WorldCounters;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.tick.DeadlineIdleStrategy;
import io.orrery.world.tick.FrameLoop;
import io.orrery.world.tick.WorldAgent;
import io.orrery.world.view.ViewReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * A map of partitions that tick at a fixed step, and the ways in (commands) and out (views).
 *
 * <p>Writing threads: the partitions belong to whichever {@code world-*} thread holds their loop; everything public here may be called by
 * any thread, but not on a data path. Life: made, ticked by its agents, closed after their last step. Memory: fixed by the context.
 *
 * <p>The first invariant (W1): entities created - entities removed = entities owned + entities in links, and no id is in two places.
 * {@link #checkConservation()} proves it.
 */
public final class World implements AutoCloseable {
    /** Lease of the ids of the NPCs that the world begins with. */
    private static final int WORLD_LEASE = 0;

    private final WorldContext context;
    private final WorldGeometry geometry;
    private final WorldCounters counters;
    private final Partition[] partitions;
    private final FrameLoop[] loops;
    private final HandoffLink[][] links;
    private final RecordRing[][] commandRings;
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicInteger proxyCount = new AtomicInteger();
    private final AtomicInteger leaseCount = new AtomicInteger(WORLD_LEASE + 1);

    /**
     * Builds a world with its NPCs in place; nothing ticks yet.
     *
     * @param context concluded; its values are copied.
     */
    public World(final WorldContext context) {
        context.checkConcluded();
        MoveRule.load();
        this.context = context;
        geometry = context.geometry();
        final int partitionCount = geometry.partitionCount();
        counters = new WorldCounters(partitionCount);
        partitions = newPartitions(context, geometry, counters, context.inputLogs());
        links = newLinks(context, geometry);
        commandRings = newCommandRings(context, partitionCount);
        loops = new FrameLoop[partitionCount];
        for (int i = 0; i < partitionCount; i++) {
            partitions[i].connect(newExchange(i));
            loops[i] = new FrameLoop(partitions[i], context.clock(), context.tickPeriodNs(), context.overloadPolicy(),
                context.threadAllocatedBytes());
        }
    }

    /**
     * The agents that tick this world. Call once; start each on a thread of its own, or together on one, or step them by hand.
     *
     * @param threadCount from 1; more than there are partitions is of no use.
     * @return named {@code world-0} and so on.
     */
    public List<Agent> agents(final int threadCount) {
        final List<Agent> agents = new ArrayList<>(threadCount);
        for (int i = 0; i < threadCount; i++) {
            agents.add(new WorldAgent(i, loops, context.clock(), this::start));
        }
        return agents;
    }

    /**
     * An idle strategy that parks and then spins until the next partition is due, for the threads of {@link #agents(int)}.
     *
     * @return without state: may be shared.
     */
    public IdleStrategy newIdleStrategy() {
        return new DeadlineIdleStrategy(context.clock(), loops);
    }

    /**
     * Makes the way in for one producing thread.
     *
     * @return for that thread alone.
     * @throws IllegalStateException if all are taken.
     */
    public CommandProxy newCommandProxy() {
        final int producer = proxyCount.getAndIncrement();
        if (producer >= context.commandProducerCount()) {
            throw new IllegalStateException("commandProducerCount=" + context.commandProducerCount() + ", all are taken: configure more");
        }
        final RecordRing[] rings = new RecordRing[partitions.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = commandRings[i][producer];
        }
        return new CommandProxy(rings);
    }

    /**
     * Makes a reader of one partition's views.
     *
     * @param partition index.
     * @return for one thread.
     * @throws IllegalStateException if all are taken.
     */
    public ViewReader newViewReader(final int partition) {
        return partitions[partition].publisher().newReader();
    }

    /**
     * Makes an allocator of entity ids with a lease of its own.
     *
     * @return for one thread.
     * @throws IllegalStateException if all leases are taken.
     */
    public EntityIdAllocator newIdAllocator() {
        final int lease = leaseCount.getAndIncrement();
        if (lease > EntityIdAllocator.LEASE_MAX) {
            throw new IllegalStateException("leases=" + lease + ", must be <= " + EntityIdAllocator.LEASE_MAX);
        }
        return new EntityIdAllocator(lease);
    }

    /**
     * Which partition a position belongs to.
     *
     * @param x metres.
     * @param y metres.
     * @return 0 to {@link #partitionCount()} - 1.
     */
    public int partitionAt(final float x, final float y) {
        return geometry.partitionAt(x, y);
    }

    /**
     * How many partitions there are.
     *
     * @return from 1.
     */
    public int partitionCount() {
        return partitions.length;
    }

    /**
     * What happened so far.
     *
     * @return shared; readable at any time.
     */
    public WorldCounters counters() {
        return counters;
    }

    /**
     * Stops every partition for a moment and proves that no entity is lost or doubled. Not from a world thread; allocates.
     *
     * @return entities in the world, in links included.
     * @throws IllegalStateException naming what is lost or doubled.
     */
    public long checkConservation() {
        for (final FrameLoop loop : loops) {
            while (!loop.tryClaim()) {
                Thread.onSpinWait();
            }
        }
        try {
            return countEntities();
        } finally {
            for (final FrameLoop loop : loops) {
                loop.releaseClaim();
            }
        }
    }

    /** Ends all ticks; a step that runs is finished first. Idempotent. Views, counters and checks stay readable. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            for (final FrameLoop loop : loops) {
                while (!loop.tryClaim()) {
                    Thread.onSpinWait();
                }
                loop.stop();
                loop.releaseClaim();
            }
        }
    }

    Partition partition(final int index) {
        return partitions[index];
    }

    static Partition[] newPartitions(final WorldContext context, final WorldGeometry geometry, final WorldCounters counters,
                                     final IntFunction<InputLog> inputLogs) {
        final int partitionCount = geometry.partitionCount();
        final EntityIdAllocator npcIds = new EntityIdAllocator(WORLD_LEASE);
        final Partition[] partitions = new Partition[partitionCount];
        for (int i = 0; i < partitionCount; i++) {
            partitions[i] = new Partition(context.plan(i, geometry, inputLogs.apply(i)), counters);
            partitions[i].populate(context.npcCountOf(i, partitionCount), npcIds);
        }
        return partitions;
    }

    private static HandoffLink[][] newLinks(final WorldContext context, final WorldGeometry geometry) {
        final int partitionCount = geometry.partitionCount();
        final HandoffLink[][] links = new HandoffLink[partitionCount][partitionCount];
        for (int from = 0; from < partitionCount; from++) {
            for (final int to : geometry.neighboursOf(from)) {
                links[from][to] = new HandoffLink(context.linkCapacity(true));
            }
            for (int to = 0; to < partitionCount; to++) {
                if (to != from && links[from][to] == null) {
                    links[from][to] = new HandoffLink(context.linkCapacity(false));
                }
            }
        }
        return links;
    }

    private static RecordRing[][] newCommandRings(final WorldContext context, final int partitionCount) {
        final RecordRing[][] rings = new RecordRing[partitionCount][context.commandProducerCount()];
        for (final RecordRing[] ofPartition : rings) {
            for (int producer = 0; producer < ofPartition.length; producer++) {
                ofPartition[producer] = new RecordRing(context.commandRingCapacity(), CommandRecord.WORDS);
            }
        }
        return rings;
    }

    private LiveExchange newExchange(final int partition) {
        final HandoffLink[] linksIn = new HandoffLink[partitions.length];
        for (int from = 0; from < partitions.length; from++) {
            linksIn[from] = links[from][partition];
        }
        final int[] neighbours = geometry.neighboursOf(partition);
        final ViewReader[] views = new ViewReader[neighbours.length];
        for (int i = 0; i < neighbours.length; i++) {
            views[i] = partitions[neighbours[i]].publisher().newReader();
        }
        return new LiveExchange(partition, linksIn, links[partition], commandRings[partition], views,
            new Tombstones(context.tombstoneCapacity(partition, geometry), context.tombstoneLifeSlots()), counters);
    }

    private void start() {
        if (isStarted.compareAndSet(false, true)) {
            final long startNs = context.clock().nanoTime();
            for (final FrameLoop loop : loops) {
                loop.start(startNs);
            }
        }
    }

    private long countEntities() {
        final Map<Long, String> placeOfId = new HashMap<>();
        for (final Partition partition : partitions) {
            final EntityStore store = partition.store();
            for (int row = 0; row < store.count(); row++) {
                note(placeOfId, store.id[row], "partition " + partition.index());
            }
        }
        for (int from = 0; from < partitions.length; from++) {
            for (int to = 0; to < partitions.length; to++) {
                if (from != to) {
                    noteLink(placeOfId, links[from][to].ring(), "link " + from + " to " + to);
                }
            }
        }
        final long expected = counters.sum(WorldCounter.SPAWNED) - counters.sum(WorldCounter.DESPAWNED);
        if (expected != placeOfId.size()) {
            throw new IllegalStateException("entities=" + placeOfId.size() + ", must be spawned - despawned = " + expected);
        }
        return expected;
    }

    private static void noteLink(final Map<Long, String> placeOfId, final RecordRing ring, final String place) {
        for (int i = 0; i < ring.count(); i++) {
            final int offset = ring.offsetOf(i);
            if (CommandRecord.kind(ring.words(), offset) == EntityRecord.ENTITY) {
                note(placeOfId, ring.words()[offset + EntityRecord.ID_WORD], place);
            }
        }
    }

    private static void note(final Map<Long, String> placeOfId, final long id, final String place) {
        final String other = placeOfId.put(id, place);
        if (other != null) {
            throw new IllegalStateException("entity " + id + " is in " + place + " and in " + other);
        }
    }
}
