package io.orrery.transport.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ChannelHeaderTest {
    @Test
    void shouldReadBackEveryNumberAndKnowOnlyTheUnreliable() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2]);

        for (int channel = 0; channel < 256; channel++) {
            assertThat(ChannelHeader.encode(buffer, 1, channel)).isEqualTo(1);
            assertThat(ChannelHeader.decode(buffer, 1)).isEqualTo(channel);
            assertThat(ChannelHeader.isKnown(channel)).isEqualTo(channel == ChannelHeader.UNRELIABLE);
        }
    }
}
