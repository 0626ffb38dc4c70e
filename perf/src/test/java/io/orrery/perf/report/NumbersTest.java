package io.orrery.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0          | 0
        -0.0       | 0
        1          | 1
        19.996     | 20
        0.16       | 0.16
        0.00012345 | 0.0001234
        999.96     | 1,000
        -42.5      | -42.5
        1234.5     | 1,235
        86400000   | 86,400,000
        NaN        | n/a
        Infinity   | n/a
        """)
    void shouldShowWhatMatters(final double value, final String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, .2", "20, 5, 5", "98, 5, 20", "0.9, 5, .2", "5000, 5, 1000", "90, 6, 20", "1e-4, 5, 2e-5"})
    void shouldStepInRoundNumbers(final double length, final int countMax, final double step) {
        assertThat(Scales.step(length, countMax)).isCloseTo(step, withinPercentage(1e-6));
    }
}
