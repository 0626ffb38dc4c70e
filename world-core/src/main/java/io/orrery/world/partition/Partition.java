package io.orrery.world.partition;

import io.orrery.telemetry.record.TickSample;
import io.orrery.world.command.CommandRecord;
import io.orrery.world.command.MoveRule;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;
import io.orrery.world.handoff.EntityRecord;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.system.HaltSystem;
import io.orrery.world.system.MovementSystem;
import io.orrery.world.system.PatrolSystem;
import io.orrery.world.system.SeededRandom;
import io.orrery.world.tick.Ticked;
import io.orrery.world.view.Band;
import io.orrery.world.view.GhostTable;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewGrid;
import io.orrery.world.view.ViewPublisher;
import io.orrery.world.view.ViewStamp;
import java.util.function.LongSupplier;

/**
 * A rectangle of the map: owns its entities, its ghosts, its random and its views, and runs their ticks.
 *
 * <p>Writing thread: the one that holds its loop, asserted. Life: as long as the world. Memory: fixed by the plan; no allocation after
 * construction.
 *
 * <p>A tick, in order: arrivals and commands (what {@link Exchange#drain} gives); ghosts from the neighbours' newest views; systems;
 * departures; publication of the view. Guarantees: (P1) the next state is a function of the state, the slots, and the logged inputs in
 * their order; (P2) an entity is owned by one partition or is in one link, never both, never neither; (P3) a command applied in a step
 * moves the entity from the first slot of that step on, and that slot is published beside its sequence; (P4) commands with sequences are
 * applied without gaps and at most once, by whichever partition owns the entity; (P5) a full partition still takes an entity from another
 * for each one that waits to go there, so that two full partitions never block each other.
 */
public final class Partition implements Ticked {
    /** Done; the record may be taken. */
    public static final int DONE = 0;
    /** Not now: leave the record where it is and ask again in the next tick. */
    public static final int HOLD = 1;
    /** The entity of the command is not here. */
    public static final int UNKNOWN = 2;

    private static final int PERCENT = 100;

    private final PartitionPlan plan;
    private final int index;
    private final EntityStore store;
    private final GhostTable ghosts;
    private final InTransit inTransit;
    private final ViewPublisher publisher;
    private final ViewStamp stamp;
    private final SeededRandom random;
    private final MovementSystem movement;
    private final PatrolSystem patrol;
    private final HaltSystem halt = new HaltSystem();
    private final WorldCounters counters;
    private final TickSample sample = new TickSample();
    private final LongSupplier stateHash = this::stateHash;
    private final int[] neighbours;
    private final Band band;
    private final long[] ackedCounts;
    private final long[] leaving;
    private final double leaveMinX;
    private final double leaveMinY;
    private final double leaveMaxX;
    private final double leaveMaxY;

    private Exchange exchange;
    private Thread owner;
    private long slot = -1;
    private long previousSlot = -1;
    private int stepSlots = 1;
    private boolean hasArrivals;
    /** How many of the entities that were leaving were refused: their handles stay at the start of that list until the next tick's end. */
    private int refusedCount;
    private long handoffInCount;
    private long handoffOutCount;

    /**
     * Creates an empty partition that needs {@link #connect} before its first tick.
     *
     * @param plan what it is made from.
     * @param counters of the world; it writes its own.
     */
    public Partition(final PartitionPlan plan, final WorldCounters counters) {
        this.plan = plan;
        this.counters = counters;
        index = plan.index();
        final WorldGeometry map = plan.geometry();
        final double marginMetres = plan.handoffMarginMetres();
        final double bandMetres = plan.ghostBandMetres();
        leaveMinX = map.minX(index) - marginMetres;
        leaveMinY = map.minY(index) - marginMetres;
        leaveMaxX = map.maxX(index) + marginMetres;
        leaveMaxY = map.maxY(index) + marginMetres;
        final double minX = map.minX(index) - bandMetres;
        final double minY = map.minY(index) - bandMetres;
        final double maxX = map.maxX(index) + bandMetres;
        final double maxY = map.maxY(index) + bandMetres;
        band = new Band((int) Math.floor(minX * TickView.CM_PER_METRE), (int) Math.floor(minY * TickView.CM_PER_METRE),
            (int) Math.ceil(maxX * TickView.CM_PER_METRE), (int) Math.ceil(maxY * TickView.CM_PER_METRE));
        neighbours = map.neighboursOf(index);
        ackedCounts = new long[map.partitionCount()];
        leaving = new long[plan.entityCapacity()];
        store = new EntityStore(plan.entityCapacity());
        ghosts = new GhostTable(plan.ghostCapacity());
        inTransit = new InTransit(index, plan.inTransitCapacity());
        publisher = new ViewPublisher(index, new ViewGrid(minX, minY, maxX, maxY, plan.cellSizeMetres()),
            plan.entityCapacity() + plan.ghostCapacity(), plan.viewReaderCount());
        stamp = new ViewStamp(plan.clock());
        random = new SeededRandom(SeededRandom.mix(plan.seed() + index));
        movement = new MovementSystem(plan.tickSeconds(), map.widthMetres(), map.heightMetres());
        patrol = new PatrolSystem(plan.patrol(), plan.tickSeconds(), map.widthMetres(), map.heightMetres());
        sample.partition = index;
    }

    /**
     * Gives it its ways in and out. Once, before the first tick.
     *
     * @param ways rings and views, or a log.
     */
    public void connect(final Exchange ways) {
        exchange = ways;
    }

    /**
     * Creates NPCs all over its rectangle. Before the first tick.
     *
     * @param npcCount how many; those that find no room are counted.
     * @param ids their ids.
     */
    public void populate(final int npcCount, final EntityIdAllocator ids) {
        final WorldGeometry map = plan.geometry();
        for (int i = 0; i < npcCount; i++) {
            final int row = store.add(ids.next(), EntityKind.NPC);
            if (row < 0) {
                counters.add(WorldCounter.SPAWNS_REFUSED_FULL, index, 1);
            } else {
                store.x[row] = map.minX(index) + random.nextFloat() * (map.maxX(index) - map.minX(index));
                store.y[row] = map.minY(index) + random.nextFloat() * (map.maxY(index) - map.minY(index));
                patrol.begin(store, row, random);
                counters.add(WorldCounter.SPAWNED, index, 1);
            }
        }
    }

    @Override
    public void onClaimed() {
        owner = Thread.currentThread();
    }

    @Override
    public void onReleased() {
        owner = null;
    }

    @Override
    public void onTick(final long tickSlot, final int tickStepSlots) {
        assertOwned();
        slot = tickSlot;
        stepSlots = tickStepSlots;
        hasArrivals = false;
        plan.log().onTick(slot, stepSlots);

        exchange.drain(this, slot);
        observeGhosts();
        runSystems();
        depart();
        publish();

        previousSlot = slot;
        plan.log().onTickEnd(slot, stateHash);
    }

    @Override
    public void onTicked(final long latenessNs, final long durationNs, final long allocatedBytes, final long missedSlotCount) {
        sample.slot = slot;
        sample.latenessNs = latenessNs;
        sample.durationNs = durationNs;
        sample.stepSlots = stepSlots;
        sample.missedSlotCount = missedSlotCount;
        sample.ownedCount = store.count();
        sample.ghostCount = ghosts.count();
        sample.handoffOutCount = handoffOutCount;
        sample.handoffInCount = handoffInCount;
        sample.allocatedBytes = allocatedBytes;
        System.arraycopy(store.countByKind(), 0, sample.countByKind, 0, TickSample.KIND_CAPACITY);
        plan.sink().offerTick(sample);

        counters.add(WorldCounter.TICKS, index, 1);
        counters.set(WorldCounter.SLOTS_MISSED, index, missedSlotCount);
        counters.set(WorldCounter.SLOTS_LOST, index, stamp.lostSlotCount);
        counters.set(WorldCounter.GHOSTS_DROPPED, index, ghosts.droppedCount());
    }

    @Override
    public String toString() {
        return "partition " + index;
    }

    @Override
    public void onFault() {
        counters.add(WorldCounter.FAULTS, index, 1);
    }

    /**
     * Takes over an entity that another partition sent. Called from {@link Exchange#drain}.
     *
     * @param words of the link.
     * @param offset of the record's first word.
     * @return {@link #DONE}, or {@link #HOLD} while there is no room, and nobody here to swap with, or the sender is ahead of this tick.
     * @throws IllegalStateException if the entity is here already: the invariant of the project is broken.
     */
    public int acceptEntity(final long[] words, final int offset) {
        assertOwned();
        final long simulatedSlot = EntityRecord.simulatedSlot(words, offset);
        if (simulatedSlot > slot) {
            return HOLD;
        }
        int row = EntityRecord.read(words, offset, store);
        if (row == EntityStore.FULL && swap(EntityRecord.from(words, offset))) {
            row = EntityRecord.read(words, offset, store);
        }
        if (row == EntityStore.FULL) {
            counters.add(WorldCounter.ARRIVALS_HELD_FULL, index, 1);
            return HOLD;
        }
        if (row < 0) {
            throw new IllegalStateException("entity " + words[offset + EntityRecord.ID_WORD] + " arrived in partition " + index
                + ", which owns it: conservation is broken");
        }
        movement.advance(store, row, Math.max(0, previousSlot - simulatedSlot));
        final long remainingSlots = Math.min(slot - Math.max(simulatedSlot, previousSlot), stepSlots);
        setAhead(row, (int) (stepSlots - remainingSlots));
        handoffInCount++;
        counters.set(WorldCounter.HANDOFFS_IN, index, handoffInCount);
        plan.log().onArrival(words, offset, EntityRecord.WORDS);
        return DONE;
    }

    /**
     * Applies a command, or refuses and counts it. Called from {@link Exchange#drain}.
     *
     * @param words of the ring.
     * @param offset of the command's first word.
     * @return {@link #DONE}; {@link #HOLD} if the entity was already moved in this slot and so cannot obey before the next;
     *     {@link #UNKNOWN} if it is not here.
     */
    public int applyCommand(final long[] words, final int offset) {
        assertOwned();
        final int kind = CommandRecord.kind(words, offset);
        final long id = words[offset + CommandRecord.ID_WORD];
        final int row = id == 0 ? EntityStore.MISSING : store.rowOfId(id);
        if (kind == CommandRecord.SPAWN_PLAYER) {
            return spawn(words, offset);
        }
        if (row == EntityStore.MISSING) {
            return UNKNOWN;
        }
        if (kind == CommandRecord.DESPAWN) {
            plan.log().onCommand(words, offset, CommandRecord.WORDS);
            store.removeRow(row);
            counters.add(WorldCounter.DESPAWNED, index, 1);
            counters.add(WorldCounter.COMMANDS_APPLIED, index, 1);
            return DONE;
        }
        if (store.aheadSlots[row] >= stepSlots) {
            return HOLD;
        }
        return kind == CommandRecord.TELEPORT ? teleport(row, words, offset) : move(row, kind, words, offset);
    }

    /**
     * Index in the world.
     *
     * @return from 0.
     */
    public int index() {
        return index;
    }

    /**
     * The partition's views.
     *
     * @return lends them to readers.
     */
    public ViewPublisher publisher() {
        return publisher;
    }

    /**
     * The entities, for checks by whoever holds the partition.
     *
     * @return read only outside.
     */
    public EntityStore store() {
        return store;
    }

    /**
     * A hash of everything that decides the next state but the inputs to come: entities in row order with those that wait to leave,
     * ghosts as systems read them, entities in transit with their targets and numbers, acknowledgements seen, random, slots.
     *
     * @return equal for equal states on every machine.
     */
    public long stateHash() {
        long hash = SeededRandom.mix(slot * 31 + stamp.lostSlotCount) ^ random.state();
        for (int row = 0, count = store.count(); row < count; row++) {
            hash = SeededRandom.mix(hash * 31 + store.id[row]);
            hash = SeededRandom.mix(hash * 31 + Double.doubleToRawLongBits(store.x[row]));
            hash = SeededRandom.mix(hash * 31 + Double.doubleToRawLongBits(store.y[row]));
            hash = hash * 31 + Float.floatToRawIntBits(store.vx[row]);
            hash = hash * 31 + Float.floatToRawIntBits(store.vy[row]);
            hash = hash * 31 + store.kind[row];
            hash = hash * 31 + store.ownerEpoch[row];
            hash = hash * 31 + store.commandSequence[row];
            hash = hash * 31 + store.commandSlot[row];
            hash = hash * 31 + Float.floatToRawIntBits(store.homeX[row]);
            hash = hash * 31 + Float.floatToRawIntBits(store.homeY[row]);
            hash = hash * 31 + Float.floatToRawIntBits(store.waypointX[row]);
            hash = hash * 31 + Float.floatToRawIntBits(store.waypointY[row]);
            hash = hash * 31 + store.pauseUntilSlot[row];
        }
        for (int row = 0, count = ghosts.count(); row < count; row++) {
            hash = SeededRandom.mix(hash * 31 + ghosts.ids()[row]);
            hash = hash * 31 + ghosts.xCm()[row];
            hash = hash * 31 + ghosts.yCm()[row];
            hash = hash * 31 + ghosts.kinds()[row];
            hash = hash * 31 + ghosts.flags()[row];
            hash = hash * 31 + ghosts.ownerPartitions()[row];
            hash = hash * 31 + ghosts.ownerEpochs()[row];
        }
        for (int i = 0; i < refusedCount; i++) {
            hash = hash * 31 + leaving[i];
        }
        for (final long acked : ackedCounts) {
            hash = hash * 31 + acked;
        }
        return inTransit.mixInto(SeededRandom.mix(hash));
    }

    private int spawn(final long[] words, final int offset) {
        final float x = Float.intBitsToFloat((int) words[offset + CommandRecord.X_WORD]);
        final float y = Float.intBitsToFloat((int) words[offset + CommandRecord.Y_WORD]);
        final long id = words[offset + CommandRecord.ID_WORD];
        if (id == 0 || !plan.geometry().isInside(x, y)) {
            return refuse(WorldCounter.COMMANDS_REFUSED);
        }
        final int row = store.add(id, EntityKind.PLAYER);
        if (row < 0) {
            return refuse(row == EntityStore.FULL ? WorldCounter.SPAWNS_REFUSED_FULL : WorldCounter.COMMANDS_REFUSED);
        }
        plan.log().onCommand(words, offset, CommandRecord.WORDS);
        store.x[row] = x;
        store.y[row] = y;
        setAhead(row, stepSlots - 1);
        counters.add(WorldCounter.SPAWNED, index, 1);
        counters.add(WorldCounter.COMMANDS_APPLIED, index, 1);
        return DONE;
    }

    private int teleport(final int row, final long[] words, final int offset) {
        final float x = Float.intBitsToFloat((int) words[offset + CommandRecord.X_WORD]);
        final float y = Float.intBitsToFloat((int) words[offset + CommandRecord.Y_WORD]);
        if (!plan.geometry().isInside(x, y)) {
            return refuse(WorldCounter.COMMANDS_REFUSED);
        }
        plan.log().onCommand(words, offset, CommandRecord.WORDS);
        store.x[row] = x;
        store.y[row] = y;
        counters.add(WorldCounter.COMMANDS_APPLIED, index, 1);
        return DONE;
    }

    private int move(final int row, final int kind, final long[] words, final int offset) {
        final long sequence = words[offset + CommandRecord.SEQUENCE_WORD];
        if (store.kind[row] != EntityKind.PLAYER || sequence < 1 || sequence > CommandRecord.SEQUENCE_MAX
            || kind != CommandRecord.MOVE && kind != CommandRecord.STOP) {
            return refuse(WorldCounter.COMMANDS_REFUSED);
        }
        final long expected = store.commandSequence[row] + 1;
        if (sequence != expected) {
            return refuse(sequence < expected ? WorldCounter.COMMANDS_DUPLICATE : WorldCounter.COMMANDS_GAP);
        }
        plan.log().onCommand(words, offset, CommandRecord.WORDS);
        final int heading = (int) words[offset + CommandRecord.HEADING_WORD];
        final float speed = kind == CommandRecord.MOVE ? plan.moveSpeedMetresPerSecond() : 0f;
        store.vx[row] = MoveRule.velocityX(heading, speed);
        store.vy[row] = MoveRule.velocityY(heading, speed);
        store.commandSequence[row] = sequence;
        store.commandSlot[row] = slot - (stepSlots - store.aheadSlots[row]) + 1;
        counters.add(WorldCounter.COMMANDS_APPLIED, index, 1);
        return DONE;
    }

    private int refuse(final WorldCounter counter) {
        counters.add(counter, index, 1);
        return DONE;
    }

    private void setAhead(final int row, final int slots) {
        if (slots > 0) {
            store.aheadSlots[row] = (byte) slots;
            hasArrivals = true;
        }
    }

    private void observeGhosts() {
        readAcknowledgements();
        ghosts.clear();
        for (int i = 0; i < neighbours.length; i++) {
            final TickView view = exchange.acquireView(i);
            if (view != null) {
                plan.log().onGhostView(neighbours[i], view.slot());
                ghosts.addBand(view, band, store);
                exchange.releaseView(i);
            }
        }
        inTransit.addTo(ghosts, store, movement, slot);
    }

    /** Before the views: what an acknowledgement stands for is in any view acquired after it. */
    private void readAcknowledgements() {
        for (int i = 0, count = inTransit.count(); i < count; i++) {
            final int target = inTransit.targetAt(i);
            final long acked = exchange.ackedCount(target);
            if (acked != ackedCounts[target]) {
                ackedCounts[target] = acked;
                plan.log().onAcked(target, acked);
            }
        }
        inTransit.dropAcknowledged(ackedCounts);
    }

    private void runSystems() {
        store.beginIteration();
        final int truncatedCount = halt.step(store, ghosts, publisher.newest(), slot);
        if (truncatedCount > 0) {
            counters.add(WorldCounter.HALTS_TRUNCATED, index, truncatedCount);
        }
        patrol.step(store, slot, stepSlots, random);
        movement.step(store, stepSlots, hasArrivals);
        store.endIteration();
    }

    private void depart() {
        int leavingCount = 0;
        for (int row = 0, count = store.count(); row < count; row++) {
            if (isPastMargin(row)) {
                leaving[leavingCount++] = store.handleOf(row);
            }
        }
        refusedCount = 0;
        for (int i = 0; i < leavingCount; i++) {
            final long handle = leaving[i];
            if (!send(store.rowOf(handle))) {
                leaving[refusedCount++] = handle;
            }
        }
    }

    private boolean isPastMargin(final int row) {
        final double x = store.x[row];
        final double y = store.y[row];
        return x < leaveMinX || x > leaveMaxX || y < leaveMinY || y > leaveMaxY;
    }

    private boolean send(final int row) {
        final int target = plan.geometry().partitionAt(store.x[row], store.y[row]);
        if (target == index) {
            return true;
        }
        if (!inTransit.hasRoom()) {
            counters.add(WorldCounter.HANDOFFS_REFUSED_FULL, index, 1);
            return false;
        }
        final long sequence = exchange.offerEntity(target, store, row, slot);
        if (sequence == Exchange.REFUSED) {
            counters.add(WorldCounter.HANDOFFS_REFUSED_FULL, index, 1);
            plan.log().onDepartureRefused(store.id[row]);
            return false;
        }
        onSent(row, slot, target, sequence);
        return true;
    }

    /**
     * Makes room for an arrival by sending, at once, an entity that waits to go where it comes from. It was moved up to the tick before.
     * Not logged: an arrival that is in the log although the store is full was swapped, and with whom follows from the state.
     */
    private boolean swap(final int target) {
        for (int i = 0; i < refusedCount && inTransit.hasRoom(); i++) {
            final int row = store.rowOf(leaving[i]);
            if (row != EntityStore.MISSING && isPastMargin(row) && store.commandSlot[row] <= previousSlot
                && plan.geometry().partitionAt(store.x[row], store.y[row]) == target) {
                final long sequence = exchange.offerSwap(target, store, row, previousSlot);
                if (sequence == Exchange.REFUSED) {
                    return false;
                }
                onSent(row, previousSlot, target, sequence);
                leaving[i] = leaving[--refusedCount];
                counters.add(WorldCounter.HANDOFFS_SWAPPED, index, 1);
                return true;
            }
        }
        return false;
    }

    private void onSent(final int row, final long movedSlot, final int target, final long sequence) {
        inTransit.add(store, row, movedSlot, target, sequence);
        store.removeRow(row);
        handoffOutCount++;
        counters.set(WorldCounter.HANDOFFS_OUT, index, handoffOutCount);
    }

    private void publish() {
        inTransit.addTo(ghosts, store, movement, slot);
        stamp.slot = slot;
        stamp.timeFactorPercent = (int) (PERCENT * stepSlots / (slot - previousSlot));
        stamp.lostSlotCount += slot - previousSlot - stepSlots;
        publisher.publish(stamp, store, ghosts);
        exchange.onPublished();
    }

    private void assertOwned() {
        assert owner == Thread.currentThread() : "partition " + index + " is owned by " + owner + ", not by " + Thread.currentThread()
            + ": claim its loop first";
    }
}
