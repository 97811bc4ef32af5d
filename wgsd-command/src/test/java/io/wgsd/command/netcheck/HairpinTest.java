package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

/** Over loopback, which returns what is sent to it. NATs are for {@code NetcheckTest}, in the lab. */
class HairpinTest {

    @Test
    void whatComesBackShowsIt() throws IOException {
        assertThat(check("127.0.0.1").values()).containsEntry("works", true);
    }

    private static Fact check(String publicAddress) throws IOException {
        try (DatagramChannel outside = DatagramChannel.open()) {
            outside.bind(new InetSocketAddress("127.0.0.1", 0));
            return Hairpin.of(InetAddress.getByName(publicAddress), (InetSocketAddress) outside.getLocalAddress());
        }
    }
}
