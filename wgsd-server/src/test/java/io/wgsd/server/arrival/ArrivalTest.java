package io.wgsd.server.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tunnel address is worth nothing from anywhere but the tunnel. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArrivalTest {

    private static Namespaces namespaces;
    private static Child registry;
    private static Child ownHost;
    private static Child peers;
    private static Child others;

    @BeforeAll
    static void open() throws IOException {
        namespaces = Namespaces.open();
        registry = Child.start(namespaces.registry(), RegistryProgram.class);
        ownHost = Child.start(namespaces.registry(), AskerProgram.class);
        peers = Child.start(namespaces.peers(), AskerProgram.class);
        others = Child.start(namespaces.others(), AskerProgram.class);
        assertThat(registry.readLine()).isEqualTo("ready");
    }

    @AfterAll
    static void close() throws IOException {
        for (Child child : new Child[] {registry, ownHost, peers, others}) {
            if (child != null) {
                child.close();
            }
        }
        if (namespaces != null) {
            namespaces.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp 10.0.0.254 10.0.0.254",
        "tcp 10.0.0.254 10.0.0.254",
        "udp fd00::254 fd00::254",
        "tcp fd00::254 fd00::254",
    })
    void theRegistrysOwnHostSeesAll(String question) {
        assertThat(ownHost.ask(question)).isEqualTo("NOERROR 3");
    }

    @ParameterizedTest
    @CsvSource({
        "udp 10.0.0.1 10.0.0.254",
        "tcp 10.0.0.1 10.0.0.254",
        "udp fd00::1 fd00::254",
        "tcp fd00::1 fd00::254",
    })
    void aPeerSeesItsGroupThroughTheTunnel(String question) {
        assertThat(peers.ask(question)).isEqualTo("NOERROR 2");
    }

    @ParameterizedTest
    @CsvSource({
        "udp 203.0.113.77 10.0.0.254",
        "tcp 203.0.113.77 10.0.0.254",
        "udp 2001:db8:77::1 fd00::254",
        "tcp 2001:db8:77::1 fd00::254",
    })
    void aPeerThatIsAllowedEverythingIsKnownThroughTheTunnel(String question) {
        assertThat(peers.ask(question)).isEqualTo("NOERROR 1");
    }

    @ParameterizedTest
    @CsvSource({
        "udp 10.0.0.2 10.0.0.254",
        "tcp 10.0.0.2 10.0.0.254",
        "udp fd00::2 fd00::254",
        "tcp fd00::2 fd00::254",
    })
    void aPeersAddressFromAnywhereElseIsMetWithSilence(String question) {
        long before = Long.parseLong(registry.ask("forged?"));

        assertThat(others.ask(question)).isEqualTo("silence");
        assertThat(Long.parseLong(registry.ask("forged?"))).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "udp 192.0.2.9 10.0.0.254",
        "tcp 192.0.2.9 10.0.0.254",
        "udp 2001:db8::9 fd00::254",
        "tcp 2001:db8::9 fd00::254",
    })
    void aStrangerIsRefused(String question) {
        assertThat(others.ask(question)).isEqualTo("REFUSED");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aDeviceThatComesBackIsListenedOnAgain() throws IOException {
        namespaces.deleteDevice();
        namespaces.createDevice();

        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!(peers.ask("udp 10.0.0.1 10.0.0.254").equals("NOERROR 2")
                && peers.ask("tcp fd00::1 fd00::254").equals("NOERROR 2"))) {
            assertThat(System.nanoTime()).as("answered before the deadline").isLessThan(deadline);
        }
        assertThat(others.ask("udp fd00::2 fd00::254")).isEqualTo("silence");
    }
}
