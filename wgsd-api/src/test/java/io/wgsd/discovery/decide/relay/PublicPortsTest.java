package io.wgsd.discovery.decide.relay;

import static io.wgsd.discovery.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicPortsTest {

    /** Each sighting is {@code MINUTE=ENDPOINT}, or {@code MINUTE=-} where no registry says anything. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            nothing is known,                       0=-,                                                          false
            the port stays,                         0=9.9.9.9:1 2=9.9.9.9:1 4=9.9.9.9:1 6=9.9.9.9:1,              false
            two changes,                            0=9.9.9.9:1 1=9.9.9.9:2 2=9.9.9.9:3,                          false
            three changes,                          0=9.9.9.9:1 1=9.9.9.9:2 2=9.9.9.9:3 3=9.9.9.9:4,              true
            a long time before the first,           0=9.9.9.9:1 600=9.9.9.9:2 601=9.9.9.9:3 602=9.9.9.9:4,        true
            three in exactly ten minutes,           0=9.9.9.9:1 1=9.9.9.9:2 6=9.9.9.9:3 11=9.9.9.9:4,             true
            three in more than that,                0=9.9.9.9:1 1=9.9.9.9:2 6=9.9.9.9:3 12=9.9.9.9:4,             false
            slow ones before,                       0=9.9.9.9:1 60=9.9.9.9:2 80=9.9.9.9:3 85=9.9.9.9:4 90=9.9.9.9:5, true
            two registries see two ports,           0=9.9.9.9:1 1=9.9.9.9:2 2=9.9.9.9:1 3=9.9.9.9:2 4=9.9.9.9:1,  false
            unknown in between,                     0=9.9.9.9:1 1=9.9.9.9:2 2=- 3=9.9.9.9:3 4=9.9.9.9:4,          true
            other addresses,                        0=9.9.9.9:1 1=9.9.9.8:2 2=9.9.9.7:3 3=9.9.9.6:4,              false
            another address in between,             0=9.9.9.9:1 1=9.9.9.9:2 2=[2001:db8::1]:3 3=9.9.9.9:4,        false
            another address after it,               0=9.9.9.9:1 1=9.9.9.9:2 2=9.9.9.9:3 3=9.9.9.9:4 4=9.9.9.8:4,  false
            no changes any more,                    0=9.9.9.9:1 1=9.9.9.9:2 2=9.9.9.9:3 3=9.9.9.9:4 600=9.9.9.9:4, true
            """)
    void portsChangeWhereThreeNewOnesAreSeenAtOneAddressWithinTenMinutes(
            String what, String sightings, boolean changing) {
        PublicPorts ports = PublicPorts.none();
        for (String sighting : sightings.split(" ")) {
            String[] parts = sighting.split("=");
            Optional<Endpoint> self = parts[1].equals("-") ? Optional.empty() : Optional.of(Endpoint.parse(parts[1]));
            ports = ports.next(self, NOW.plus(Duration.ofMinutes(Long.parseLong(parts[0]))));
        }
        assertThat(ports.changing()).as(what).isEqualTo(changing);
    }
}
