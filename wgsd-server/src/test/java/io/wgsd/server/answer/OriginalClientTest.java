package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.ALICE_INSTANCE;
import static io.wgsd.server.answer.SampleZone.BOB_INSTANCE;
import static io.wgsd.server.answer.SampleZone.CAROL_INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/**
 * What the original client needs, which speaks plain DNS by UDP: it asks for SRV at the padded name, takes the port
 * from the first answer and the address from the first additional record, and knows neither EDNS nor TCP, nor whether
 * the zone is signed.
 */
class OriginalClientTest {

    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(PublicKey.of(new byte[PublicKey.LENGTH]), List.of(Endpoint.parse("192.0.2.9:443")));

    /** The same peers, heard by as many relays as a TXT has room for, and each behind a NAT of which something is known. */
    private static final Zone RELAYED = Zone.of(
            SampleZone.ZONE.options().withRelays(List.of(RELAY)),
            SampleZone.ZONE.peers().stream()
                    .map(peer -> peer.toBuilder()
                            .relays(List.of(RELAY.publicKey(), SampleZone.CAROL))
                            .natMapping(NatMapping.ADDRESS_AND_PORT_DEPENDENT)
                            .build())
                    .toList(),
            SampleZone.SERIAL);

    private static final List<Zone> ZONES = List.of(SampleZone.ZONE, RELAYED, signed(SampleZone.ZONE), signed(RELAYED));

    @ParameterizedTest
    @MethodSource("instances")
    void theFirstAnswerIsTheServiceAndTheFirstAdditionalRecordItsAddress(String instance) {
        for (Zone zone : ZONES) {
            Message answer = dig(instance, "SRV").in(zone).noEdns().answer();

            assertThat(answer.getSection(Section.ANSWER).get(0)).isInstanceOf(SRVRecord.class);
            assertThat(answer.getSection(Section.ADDITIONAL).get(0)).isInstanceOfAny(ARecord.class, AAAARecord.class);
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itFitsInto512Bytes(String instance) {
        for (Zone zone : ZONES) {
            assertThat(dig(instance, "SRV").in(zone).noEdns().wire()).hasSizeLessThanOrEqualTo(512);
        }
    }

    @Test
    void theListOfPeersHasNoRelays() {
        for (Zone zone : ZONES) {
            assertThat(dig(SampleZone.LIST, "PTR")
                            .in(zone)
                            .noEdns()
                            .tcp()
                            .answer()
                            .getSection(Section.ANSWER))
                    .hasSize(instances().size())
                    .allMatch(record -> instances().contains(record.rdataToString()));
        }
    }

    private static Zone signed(Zone zone) {
        Instant now = Instant.ofEpochSecond(SampleZone.SERIAL);
        SigningKey key = SigningKey.generate(zone.options().names(), SigningAlgorithm.ED25519, now);
        return new ZoneSigner(List.of(key)).sign(zone, List.of(), now);
    }

    static List<String> instances() {
        return List.of(ALICE_INSTANCE, BOB_INSTANCE, CAROL_INSTANCE);
    }
}
