package io.orrery.world.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityStoreTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4_711})
    void shouldBehaveAsAPlainMapWhateverIsDone(final long seed) {
        final Random random = new Random(seed);
        final EntityStore store = new EntityStore(64);
        final Map<Long, Double> model = new HashMap<>();
        final Map<Long, Long> handles = new HashMap<>();
        final List<Long> stale = new ArrayList<>();

        for (int i = 0; i < 20_000; i++) {
            final long id = 1 + random.nextInt(200) | (long) random.nextInt(3) << 48;
            if (random.nextBoolean()) {
                final int row = store.add(id, (byte) random.nextInt(2));
                if (model.containsKey(id)) {
                    assertThat(row).as("seed %d", seed).isEqualTo(EntityStore.DUPLICATE);
                } else if (model.size() == 64) {
                    assertThat(row).as("seed %d", seed).isEqualTo(EntityStore.FULL);
                } else {
                    store.x[row] = random.nextDouble();
                    model.put(id, store.x[row]);
                    handles.put(id, store.handleOf(row));
                }
            } else if (model.containsKey(id)) {
                store.removeRow(store.rowOfId(id));
                model.remove(id);
                stale.add(handles.remove(id));
            } else {
                assertThat(store.rowOfId(id)).as("seed %d", seed).isEqualTo(EntityStore.MISSING);
            }
        }

        assertThat(store.count()).isEqualTo(model.size());
        assertThat(store.countByKind()[0] + store.countByKind()[1]).isEqualTo(model.size());
        model.forEach((id, x) -> {
            assertThat(store.x[store.rowOfId(id)]).isEqualTo(x);
            assertThat(store.rowOf(handles.get(id))).isEqualTo(store.rowOfId(id));
        });
        stale.forEach(handle -> assertThat(store.rowOf(handle)).as("stale handle, E1").isEqualTo(EntityStore.MISSING));
    }

    @Test
    void shouldRefuseAStaleHandleWhenItsSlotIsUsedAgain() {
        final EntityStore store = new EntityStore(1);
        final long before = store.handleOf(store.add(7, EntityKind.NPC));
        store.removeRow(0);

        final long after = store.handleOf(store.add(8, EntityKind.NPC));

        assertThat(store.rowOf(before)).isEqualTo(EntityStore.MISSING);
        assertThat(store.rowOf(after)).isZero();
        assertThat(store.rowOf(Long.MAX_VALUE)).isEqualTo(EntityStore.MISSING);
    }

    @Test
    void shouldRefuseMoreThanItsCapacity() {
        final EntityStore store = new EntityStore(2);
        store.add(1, EntityKind.PLAYER);
        store.add(2, EntityKind.PLAYER);

        final int refused = store.add(3, EntityKind.PLAYER);

        assertThat(refused).isEqualTo(EntityStore.FULL);
        assertThat(store.count()).isEqualTo(2);
        assertThat(store.countByKind()[EntityKind.PLAYER]).isEqualTo(2);
    }

    @Test
    void shouldDeferRemovalsUntilTheIterationEnds() {
        final EntityStore store = new EntityStore(4);
        for (int id = 1; id <= 4; id++) {
            store.add(id, EntityKind.NPC);
        }
        store.beginIteration();

        store.removeLater(store.handleOf(0));
        store.removeLater(store.handleOf(0));
        store.removeLater(store.handleOf(2));

        assertThat(store.count()).as("E2").isEqualTo(4);
        assertThatThrownBy(() -> store.removeRow(1)).isInstanceOf(AssertionError.class).hasMessageContaining("removeLater");
        assertThatThrownBy(() -> store.add(9, EntityKind.NPC)).isInstanceOf(AssertionError.class).hasMessageContaining("defer");
        assertThat(store.endIteration()).isEqualTo(2);
        assertThat(store.rowOfId(1)).isEqualTo(EntityStore.MISSING);
        assertThat(store.rowOfId(2)).isNotNegative();
        assertThat(store.rowOfId(3)).isEqualTo(EntityStore.MISSING);
        assertThat(store.rowOfId(4)).isNotNegative();
    }

    @Test
    void shouldGiveOutEveryIdOnceAndNeverZero() {
        final EntityIdAllocator first = new EntityIdAllocator(0);
        final EntityIdAllocator last = new EntityIdAllocator(EntityIdAllocator.LEASE_MAX);

        final long[] ids = {first.next(), first.next(), last.next(), last.next()};

        assertThat(ids).containsExactly(1, 2, 0xFFFF_0000_0000_0001L, 0xFFFF_0000_0000_0002L);
        assertThatThrownBy(() -> new EntityIdAllocator(65_536)).hasMessage("lease=65536, must be in 0..65535");
    }
}
