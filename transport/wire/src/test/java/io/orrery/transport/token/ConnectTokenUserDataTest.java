package io.orrery.transport.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ConnectTokenUserDataTest {
    @Test
    void shouldReadBackEveryFieldWhenWritten() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ConnectTokenUserData.LENGTH + 8]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0x55);
        final ConnectTokenUserData.Fields fields =
            new ConnectTokenUserData.Fields(ConnectTokenUserData.ROLE_PLAYER, 2, 3, 4, 5, 6, 7, 8, ConnectTokenUserData.POSITION_ANY);

        ConnectTokenUserData.write(buffer, 4, fields);
        final ConnectTokenUserData userData = new ConnectTokenUserData().wrap(buffer, 4);

        assertThat(userData.layoutVersion()).isEqualTo(ConnectTokenUserData.LAYOUT_VERSION);
        assertThat(userData.roles()).isEqualTo(ConnectTokenUserData.ROLE_PLAYER);
        assertThat(userData.nodeEpoch()).isEqualTo(2);
        assertThat(userData.accountId()).isEqualTo(3);
        assertThat(userData.sessionEpoch()).isEqualTo(6);
        assertThat(userData.characterId()).isEqualTo(7);
        assertThat(userData.startXCm()).isEqualTo(8);
        assertThat(userData.startYCm()).isEqualTo(ConnectTokenUserData.POSITION_ANY);
        assertThat(buffer.getByte(3)).as("nothing before").isEqualTo((byte) 0x55);
        assertThat(buffer.getByte(4 + 255)).as("zero to the end").isZero();
        assertThat(buffer.getByte(4 + 256)).as("nothing behind").isEqualTo((byte) 0x55);
    }
}
