package io.orrery.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DistinctErrorsTest {
    private final AtomicLong nowMs = new AtomicLong(1_000);
    private final DistinctErrors errors = new DistinctErrors(nowMs::get, 3);

    @Test
    void shouldRecordTheSameFaultOnceWhenOnlyItsMessageDiffers() {
        for (int i = 0; i < 5; i++) {
            errors.onError(thrown("value " + i));
            nowMs.addAndGet(10);
        }

        assertThat(errors.totalCount()).isEqualTo(5);
        assertThat(errors.snapshot()).singleElement().satisfies(error -> {
            assertThat(error.first()).hasMessage("value 0");
            assertThat(error.count()).isEqualTo(5);
            assertThat(error.firstMs()).isEqualTo(1_000);
            assertThat(error.lastMs()).isEqualTo(1_040);
            assertThat(error.summary()).startsWith("5 x java.lang.IllegalStateException: value 0");
        });
    }

    @Test
    void shouldTellFaultsApartByTypePlaceAndCause() {
        errors.onError(thrown("a"));
        errors.onError(new IllegalStateException("elsewhere"));
        errors.onError(wrapped(new IllegalArgumentException("cause")));

        assertThat(errors.snapshot()).hasSize(3).allSatisfy(error -> assertThat(error.count()).isEqualTo(1));
    }

    @Test
    void shouldCountWhatItHasNoRoomFor() {
        errors.onError(thrown("a"));
        errors.onError(wrapped(new IllegalArgumentException()));
        errors.onError(wrapped(new UnsupportedOperationException()));
        errors.onError(wrapped(new ArithmeticException()));
        errors.onError(thrown("a"));

        assertThat(errors.snapshot()).hasSize(3);
        assertThat(errors.totalCount()).as("G2").isEqualTo(5);
        assertThat(errors.unrecordedCount()).as("G3").isEqualTo(1);
    }

    @Test
    void shouldNeverThrow() {
        errors.onError(null);
        errors.onError(new Hostile());
        final DistinctErrors brokenClock = new DistinctErrors(() -> {
            throw new IllegalStateException("clock");
        });
        brokenClock.onError(thrown("a"));

        assertThat(errors.totalCount()).isEqualTo(2);
        assertThat(errors.unrecordedCount()).isEqualTo(2);
        assertThat(brokenClock.totalCount()).as("G1").isEqualTo(1);
    }

    @Test
    void shouldLoseNoCountWhenManyThreadsReport() throws InterruptedException {
        final int threadCount = 4;
        final int faultCount = 2_000;
        final CountDownLatch start = new CountDownLatch(1);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int j = 0; j < faultCount; j++) {
                    errors.onError(thrown("same"));
                }
            }));
        }

        start.countDown();
        for (final Thread thread : threads) {
            thread.join();
        }

        assertThat(errors.snapshot()).singleElement().extracting(DistinctError::count).isEqualTo((long) threadCount * faultCount);
    }

    private static IllegalStateException thrown(final String message) {
        return new IllegalStateException(message);
    }

    private static IllegalStateException wrapped(final RuntimeException cause) {
        return new IllegalStateException("wrapped", cause);
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no trace");
        }
    }
}
