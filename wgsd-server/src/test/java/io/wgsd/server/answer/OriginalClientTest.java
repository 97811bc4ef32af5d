package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.ALICE_INSTANCE;
import static io.wgsd.server.answer.SampleZone.BOB_INSTANCE;
import static io.wgsd.server.answer.SampleZone.CAROL_INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import java.time.Instant;
import java.util.List;
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

    private static final Zone SIGNED = new ZoneSigner(List.of(SigningKey.generate(
                    SampleZone.ZONE.options().names(),
                    SigningAlgorithm.ED25519,
                    Instant.ofEpochSecond(SampleZone.SERIAL))))
            .sign(SampleZone.ZONE, List.of(), Instant.ofEpochSecond(SampleZone.SERIAL));

    @ParameterizedTest
    @MethodSource("instances")
    void theFirstAnswerIsTheServiceAndTheFirstAdditionalRecordItsAddress(String instance) {
        for (Zone zone : List.of(SampleZone.ZONE, SIGNED)) {
            Message answer = dig(instance, "SRV").in(zone).noEdns().answer();

            assertThat(answer.getSection(Section.ANSWER).get(0)).isInstanceOf(SRVRecord.class);
            assertThat(answer.getSection(Section.ADDITIONAL).get(0)).isInstanceOfAny(ARecord.class, AAAARecord.class);
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itFitsInto512Bytes(String instance) {
        assertThat(dig(instance, "SRV").noEdns().wire()).hasSizeLessThanOrEqualTo(512);
        assertThat(dig(instance, "SRV").in(SIGNED).noEdns().wire()).hasSizeLessThanOrEqualTo(512);
    }

    static List<String> instances() {
        return List.of(ALICE_INSTANCE, BOB_INSTANCE, CAROL_INSTANCE);
    }
}
