package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.Device;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Whatever arrives on a netlink socket is read, or refused by the one exception. */
final class DumpFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyDatagramIsADeviceOrIsRefused(byte[] datagram) {
        Device device = read(datagram, false, null);

        // Whether secrets are kept or values are shared with an earlier reading makes no difference.
        Device withSecrets = read(datagram, true, device);
        if (withSecrets != null) {
            assertThat(withSecrets).isEqualTo(device);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void anyDatagramIsAnOutcomeALinkAndAFamilyOrIsRefused(byte[] datagram) {
        try {
            Messages messages = messages(datagram);
            while (messages.next()) {
                if (messages.isEnd()) {
                    assertThat(messages.outcome().errno()).isNotEqualTo(-1);
                } else {
                    Links.wireGuardName(messages.type(), messages.payload())
                            .ifPresent(name -> assertThat(name).doesNotContain("\0"));
                    assertThat(Families.wireGuardId(messages.type(), messages.payload())
                                    .orElse(1))
                            .isPositive();
                    assertThat(RouteMessages.outgoing(messages.type(), messages.payload()))
                            .isNotNull();
                }
            }
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static @Nullable Device read(byte[] datagram, boolean keepSecrets, @Nullable Device previous) {
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", keepSecrets, previous)) {
            Messages messages = messages(datagram);
            while (messages.next()) {
                if (!messages.isEnd()) {
                    decoder.message(messages.payload());
                }
            }
            try (Snapshot snapshot = decoder.snapshot()) {
                return snapshot.device();
            }
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
            return null;
        }
    }

    private static Messages messages(byte[] datagram) {
        return new Messages(ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN));
    }
}
