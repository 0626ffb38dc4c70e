package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.transport.frame.ReplicatedField;
import io.orrery.transport.frame.ReplicationSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientContextTest {
    @Test
    void shouldNameValueAndBoundsWhenOutOfRange() {
        final ReplicationSchema tooSmall = new ReplicationSchema(
            List.of(new ReplicatedField("kind", "1", 4, true, ReplicatedField.Visibility.EVERYONE)));

        assertThatThrownBy(() -> new ClientContext().helloIntervalNs(0).conclude())
            .hasMessage("helloIntervalNs=0, must be in 1000000..60000000000");
        assertThatThrownBy(() -> new ClientContext().helloTimeoutNs(5).conclude())
            .hasMessage("helloTimeoutNs=5, must be in 100000000..60000000000");
        assertThatThrownBy(() -> new ClientContext().resendIntervalNs(-1).conclude())
            .hasMessage("resendIntervalNs=-1, must be in 1000000..60000000000");
        assertThatThrownBy(() -> new ClientContext().clock(null).conclude()).hasMessage("clock=null, must be set");
        assertThatThrownBy(() -> new ClientContext().schema(tooSmall).conclude())
            .hasMessage("schema.fieldCount=1, must be in 3..32");
    }

    @Test
    void shouldRefuseChangesOnceConcluded() {
        final ClientContext context = new ClientContext().conclude();

        assertThatThrownBy(() -> context.helloIntervalNs(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new OrreryClient(new ClientContext())).isInstanceOf(IllegalStateException.class);
    }
}
