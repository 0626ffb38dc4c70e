package io.orrery.world.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ViewPublisherTest {
    private static final int ROWS = 300;

    private final EntityStore store = new EntityStore(ROWS);
    private final GhostTable ghosts = new GhostTable(4);
    private final ViewStamp stamp = new ViewStamp(() -> 5);

    @Test
    void shouldSortRowsByCellAndFindThemByIdAndRadius() {
        final long seed = 99;
        final Random random = new Random(seed);
        final ViewPublisher publisher = new ViewPublisher(3, new ViewGrid(-20, -20, 120, 120, 10), ROWS + 4, 1);
        final ViewReader reader = publisher.newReader();
        for (int id = 1; id <= ROWS; id++) {
            final int row = store.add(id * 1_000_003L, EntityKind.NPC);
            store.x[row] = random.nextDouble() * 200 - 20;
            store.y[row] = random.nextDouble() * 200 - 20;
        }

        publisher.publish(stamp, store, ghosts);

        final TickView view = reader.acquire();
        final int[] rows = new int[ROWS];
        for (int i = 0; i < 200; i++) {
            final int x = random.nextInt(24_000) - 4_000;
            final int y = random.nextInt(24_000) - 4_000;
            final int radius = random.nextInt(6_000);
            final int found = view.queryRadius(x, y, radius, rows);
            assertThat(Arrays.copyOf(rows, found)).as("seed %d, query %d", seed, i).containsExactlyInAnyOrder(scan(view, x, y, radius));
        }
        for (int row = 0; row < view.count(); row++) {
            assertThat(view.rowOf(view.ids()[row])).isEqualTo(row);
        }
        assertThat(view.rowOf(123)).isEqualTo(TickView.MISSING);
        assertThat(view.count()).isEqualTo(ROWS);
        assertThat(view.partition()).isEqualTo(3);
        assertThat(view.publishedNs()).isEqualTo(5);
    }

    @Test
    void shouldSayThatAQueryIsTruncated() {
        final ViewPublisher publisher = new ViewPublisher(0, new ViewGrid(0, 0, 100, 100, 10), ROWS + 4, 1);
        for (int id = 1; id <= 3; id++) {
            store.add(id, EntityKind.NPC);
        }
        publisher.publish(stamp, store, ghosts);

        final int exact = publisher.newest().queryRadius(0, 0, 0, new int[3]);
        final int truncated = publisher.newest().queryRadius(0, 0, 0, new int[2]);

        assertThat(exact).isEqualTo(3);
        assertThat(truncated).isEqualTo(~2);
    }

    @Test
    void shouldRefuseMoreReadersThanThereAreSlotsFor() {
        final ViewPublisher publisher = new ViewPublisher(0, new ViewGrid(0, 0, 100, 100, 10), ROWS, 1);
        publisher.newReader();

        assertThatThrownBy(publisher::newReader).isInstanceOf(IllegalStateException.class).hasMessageContaining("viewReaderCount=1");
    }

    @Test
    void shouldNeverOverwriteAPinnedSlotAndNeverWaitForAStuckReader() throws InterruptedException {
        final int readers = 3;
        final ViewPublisher publisher = new ViewPublisher(0, new ViewGrid(0, 0, 100, 100, 10), ROWS, readers);
        final ViewReader stuck = publisher.newReader();
        for (int id = 1; id <= 50; id++) {
            store.add(id, EntityKind.NPC);
        }
        publishFilled(publisher, 0);
        final TickView held = stuck.acquire();
        final long heldSum = sum(held);
        final AtomicBoolean isRunning = new AtomicBoolean(true);
        final AtomicLong readCount = new AtomicLong();
        final Queue<String> torn = new ConcurrentLinkedQueue<>();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < readers; i++) {
            final ViewReader reader = publisher.newReader();
            threads.add(new Thread(() -> readUntil(isRunning, reader, readCount, torn)));
        }
        threads.forEach(Thread::start);

        int published = 0;
        while (published < 3_000 || readCount.get() < 3_000) {
            publishFilled(publisher, ++published);
        }
        isRunning.set(false);
        for (final Thread thread : threads) {
            thread.join();
        }

        assertThat(torn).isEmpty();
        assertThat(held.slot()).isZero();
        assertThat(sum(held)).isEqualTo(heldSum);
        assertThat(publisher.newest().slot()).isEqualTo(published);
    }

    private static void readUntil(final AtomicBoolean isRunning, final ViewReader reader, final AtomicLong readCount,
                                  final Queue<String> torn) {
        long lastSlot = -1;
        while (isRunning.get()) {
            final TickView view = reader.acquire();
            final long slot = view.slot();
            for (int row = 0; row < view.count(); row++) {
                if (view.xCm()[row] != slot % 1_000 || view.commandSequences()[row] != slot) {
                    torn.add("slot " + slot + ", row " + row);
                }
            }
            if (slot < lastSlot || view.slot() != slot) {
                torn.add("slot went from " + lastSlot + " to " + slot);
            }
            lastSlot = slot;
            reader.release();
            readCount.incrementAndGet();
        }
    }

    private void publishFilled(final ViewPublisher publisher, final long slot) {
        stamp.slot = slot;
        for (int row = 0; row < store.count(); row++) {
            store.x[row] = slot % 1_000 / 100.0;
            store.commandSequence[row] = slot;
        }
        publisher.publish(stamp, store, ghosts);
    }

    private static long sum(final TickView view) {
        return Arrays.stream(view.xCm()).asLongStream().sum()
            + Arrays.stream(view.commandSequences()).sum() + Arrays.stream(view.ids()).sum();
    }

    private static int[] scan(final TickView view, final int x, final int y, final int radius) {
        final List<Integer> found = new ArrayList<>();
        for (int row = 0; row < view.count(); row++) {
            final long dx = (long) view.xCm()[row] - x;
            final long dy = (long) view.yCm()[row] - y;
            if (dx * dx + dy * dy <= (long) radius * radius) {
                found.add(row);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
