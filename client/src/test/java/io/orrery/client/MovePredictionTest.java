package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovePredictionTest {
    private final MovePrediction prediction = new MovePrediction(new WorldInfo(1, 50_000_000L, 200_000, 100_000, 10_000, 600, 1));
    private final WorldPosition position = new WorldPosition();

    @ParameterizedTest
    @CsvSource({
        "0, 1300, 1000", "16384, 1000, 1300", "32768, 700, 1000", "49152, 1000, 700", "8192, 1212.13, 1212.13", "65536, 1300, 1000"})
    void shouldWalkAlongTheHeading(final int heading16, final double xCm, final double yCm) {
        prediction.anchor(100, 0, 1_000, 1_000);
        prediction.move(heading16);

        prediction.at(110, 0, position);

        assertThat(position.xCm()).isCloseTo(xCm, within(0.01));
        assertThat(position.yCm()).isCloseTo(yCm, within(0.01));
    }

    @Test
    void shouldStandStillWhenStopped() {
        prediction.anchor(100, 0, 1_000, 1_000);
        prediction.move(5);
        prediction.stop();

        prediction.at(110, 0, position);

        assertThat(position.xCm()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "65534, 2"})
    void shouldNotWalkInSlotsThatWereLost(final int lostAtAnchor, final int lostNow) {
        prediction.anchor(100, lostAtAnchor, 1_000, 1_000);
        prediction.move(0);

        prediction.at(110, lostNow, position);

        assertThat(position.xCm()).as("10 slots, 4 of them lost").isCloseTo(1_180, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0, 199900, 500, 200000, 500", "32768, 100, 500, 0, 500", "16384, 500, 99990, 500, 100000", "49152, 500, 1, 500, 0"})
    void shouldStayInsideTheWorld(
        final int heading16, final double fromXCm, final double fromYCm, final double xCm, final double yCm) {
        prediction.anchor(0, 0, fromXCm, fromYCm);
        prediction.move(heading16);

        prediction.at(1_000, 0, position);

        assertThat(position.xCm()).isCloseTo(xCm, within(0.01));
        assertThat(position.yCm()).isCloseTo(yCm, within(0.01));
    }
}
