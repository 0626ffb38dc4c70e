package io.orrery.transport.netcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class ConnectTokenTest {
    @Test
    void shouldReadWhatWasMintedWith32AddressesOfBothKinds() {
        final List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            addresses.add(Tokens.address(i % 2 == 0 ? "10.0.0." + i : "2001:db8::" + i, 65_535 - i));
        }

        final ConnectToken token = ConnectToken.parse(
            Tokens.mint(Tokens.context(1, Tokens.SERVER).publicAddresses(addresses).internalAddresses(addresses)));

        assertThat(token.addresses()).isEqualTo(addresses);
        assertThat(token.timeoutS()).isEqualTo(Tokens.TIMEOUT_S);
    }

    @Test
    void shouldMintDifferentKeysAndNoncesEachTime() {
        assertThat(Tokens.mint(1)).isNotEqualTo(Tokens.mint(1));
    }

    @Test
    void shouldRefuseTruncatedTokens() {
        final byte[] token = Tokens.mint(1);

        for (int length = 0; length < token.length; length++) {
            final byte[] cut = Arrays.copyOf(token, length);
            assertThatThrownBy(() -> ConnectToken.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        assertRefused(0, new byte[] {'X'}, "connectToken.version is not NETCODE 1.02");
        assertRefused(ConnectToken.CREATE_OFFSET + 7, new byte[] {-1}, "connectToken.create=");
        assertRefused(ConnectToken.ADDRESS_COUNT_OFFSET, new byte[] {0}, "connectToken.addressCount=0, must be in 1..32");
        assertRefused(ConnectToken.ADDRESS_COUNT_OFFSET, new byte[] {33}, "connectToken.addressCount=33, must be in 1..32");
        assertRefused(ConnectToken.ADDRESS_COUNT_OFFSET + 3, new byte[] {-128}, "connectToken.addressCount=2147483649, must be");
        assertRefused(ConnectToken.ADDRESSES_OFFSET, new byte[] {3}, "connectToken.address[0].type=3, must be 1 or 2");
    }

    @Test
    void shouldReadOrRefuseAnyBytes() {
        final long seed = 52;
        System.out.println("ConnectTokenTest seed " + seed);
        final Random random = new Random(seed);
        final byte[] token = Tokens.mint(1);
        int readCount = 0;
        for (int i = 0; i < 5000; i++) {
            final byte[] mutant = token.clone();
            for (int k = 0; k < 3; k++) {
                mutant[ConnectToken.TIMEOUT_OFFSET + random.nextInt(80)] = (byte) random.nextInt();
            }
            try {
                assertThat(ConnectToken.parse(mutant).addresses()).isNotEmpty();
                readCount++;
            } catch (final IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("connectToken.");
            }
        }

        assertThat(readCount).isBetween(100, 4999);
    }

    @Test
    void shouldRefuseBadPrivatePartsWithoutReadingPastThem() {
        final long seed = 53;
        System.out.println("ConnectTokenTest seed " + seed);
        final Random random = new Random(seed);
        final PrivateToken token = new PrivateToken();
        final UnsafeBuffer plain = new UnsafeBuffer(new byte[PrivateToken.PLAIN_LENGTH]);
        for (int i = 0; i < 5000; i++) {
            random.nextBytes(plain.byteArray());
            plain.putInt(PrivateToken.ADDRESS_COUNT_OFFSET, random.nextInt(40) - 2);
            for (int k = 0; k < 700; k++) {
                plain.putByte(PrivateToken.ADDRESSES_OFFSET + k, (byte) (1 + random.nextInt(i % 3 + 1)));
            }
            if (token.wrap(plain, 0)) {
                assertThat(token.userDataOffset() + Netcode.USER_DATA_LENGTH).isLessThanOrEqualTo(PrivateToken.PLAIN_LENGTH);
            }
        }
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        assertThatThrownBy(() -> Tokens.context(1, Tokens.SERVER).timeoutS(0).conclude())
            .hasMessage("timeoutS=0, must be -1 or in 1..3600");
        assertThatThrownBy(() -> Tokens.context(1).conclude()).hasMessage("publicAddresses.size=0, must be in 1..32");
        assertThatThrownBy(() -> Tokens.context(1, Tokens.SERVER).privateKey(new byte[31]).conclude())
            .hasMessage("privateKey.length=31, must be in 32..32");
        assertThatThrownBy(() -> Tokens.context(1, Tokens.SERVER).userData(new byte[257]).conclude())
            .hasMessage("userData.length=257, must be in 0..256");
        assertThatThrownBy(() -> Tokens.context(1, Tokens.SERVER).expireS(1).conclude())
            .hasMessage("createS=1700000000, must be <= expireS=1");
        assertThatThrownBy(() -> Tokens.mint(Tokens.context(1, InetSocketAddress.createUnresolved("nowhere", 1))))
            .hasMessageContaining("must be resolved");
    }

    @Test
    void shouldKeepAtMost944BytesOfAPrivatePart() {
        // 16 bytes, 32 IPv6 addresses, two keys, user data: what the longest token needs
        assertThat(PrivateToken.ADDRESSES_OFFSET + 32 * AddressCodec.IPV6_LENGTH + 2 * 32 + 256).isEqualTo(944)
            .isLessThanOrEqualTo(PrivateToken.PLAIN_LENGTH);
    }

    private static void assertRefused(final int offset, final byte[] bytes, final String message) {
        final byte[] token = Tokens.mint(1);
        System.arraycopy(bytes, 0, token, offset, bytes.length);
        assertThatThrownBy(() -> ConnectToken.parse(token)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
