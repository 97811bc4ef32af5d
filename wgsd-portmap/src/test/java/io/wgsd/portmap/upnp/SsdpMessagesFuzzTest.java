package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;

/** An answer is read or refused, and leads nowhere but to the router. */
final class SsdpMessagesFuzzTest {

    private static final IpAddress ROUTER = IpAddress.parse("192.168.1.1");

    @FuzzTest(maxDuration = "10m")
    void anAnswerLeadsToTheRouterOrIsRefused(byte[] datagram) {
        try {
            SsdpMessages.location(datagram, ROUTER).ifPresent(target -> {
                assertThat(target.host()).isEqualTo(ROUTER);
                assertThat(target.port()).isBetween(1, 65535);
                assertThat(target.path()).matches("/[!-~]*");
            });
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
