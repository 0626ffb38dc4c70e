package io.orrery.telemetry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class TickSampleTest {
    @Test
    void shouldCopyAndClearEveryField() throws IllegalAccessException {
        final TickSample filled = new TickSample();
        int value = 1;
        for (final Field field : TickSample.class.getFields()) {
            if (field.getType() == long.class) {
                field.setLong(filled, value++);
            } else if (field.getType() == int.class && !Modifier.isStatic(field.getModifiers())) {
                field.setInt(filled, value++);
            }
        }
        Arrays.setAll(filled.countByKind, kind -> kind + 100);

        final TickSample copy = new TickSample();
        copy.copyFrom(filled);
        filled.clear();

        assertThat(copy.countByKind).containsExactly(100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115);
        assertThat(filled).usingRecursiveComparison().isEqualTo(new TickSample());
        for (final Field field : TickSample.class.getFields()) {
            if (field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                assertThat(((Number) field.get(copy)).longValue()).as(field.getName()).isPositive();
            }
        }
    }

    @Test
    void shouldTakeEverythingWithoutTelemetry() {
        assertThat(TelemetrySink.NONE.offerTick(new TickSample())).isTrue();
        assertThat(TelemetrySink.NONE.offerLatency(Measure.CONNECT, 1)).isTrue();
        assertThat(TelemetrySink.NONE.offerGauge(Gauge.USERS, 1)).isTrue();
    }
}
