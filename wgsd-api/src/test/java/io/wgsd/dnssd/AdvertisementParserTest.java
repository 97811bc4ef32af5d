package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.ALICE_BASE32;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.NOON;
import static io.wgsd.dnssd.Samples.advertisement;
import static io.wgsd.dnssd.Samples.name;
import static io.wgsd.dnssd.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class AdvertisementParserTest {

    private static final String INSTANCE = ALICE_BASE32 + "====._wireguard._udp.example.com.";
    private final AdvertisementParser parser = AdvertisementParser.of(NAMES, ALICE);

    @Test
    void theRecordsOfAPeerAreReadBackAsItsAdvertisement() {
        Advertisement sent = advertisement(ALICE, "[2001:db8::1]:51820", "10.0.0.1/32", "fd00::1/128");

        AdvertisementParser.Result read =
                parser.parse(PeerRecords.of(NAMES, sent, Duration.ZERO).all());

        assertThat(read.advertisement()).isEqualTo(sent);
        assertThat(read.unresolved()).isEmpty();
    }

    @Test
    void theOriginalsServicePointsToTheInstanceItself() {
        AdvertisementParser.Result read = parser.parse(List.of(
                record(INSTANCE, "SRV", "0 0 41424 " + INSTANCE),
                record(INSTANCE, "A", "203.0.113.1"),
                record(INSTANCE, "TXT", "txtvers=1 pub=" + ALICE + " allowed=10.0.0.1/32")));

        assertThat(read.advertisement().endpoints()).containsExactly(Endpoint.parse("203.0.113.1:41424"));
        assertThat(read.advertisement().allowedIps()).isEqualTo(prefixes("10.0.0.1/32"));
        assertThat(read.advertisement().since()).isEmpty();
    }

    @Test
    void ownersAreFoundInAnyLetterCase() {
        AdvertisementParser.Result read = parser.parse(List.of(
                record(INSTANCE.toUpperCase(Locale.ROOT), "SRV", "0 0 1 HOST.example.com."),
                record("host.EXAMPLE.com.", "A", "192.0.2.1")));

        assertThat(read.advertisement().endpoints()).containsExactly(Endpoint.parse("192.0.2.1:1"));
    }

    @Test
    void aTargetWithoutAnAddressIsToBeAskedFor() {
        AdvertisementParser.Result read = parser.parse(List.of(
                record(INSTANCE, "SRV", "0 0 1 there.example.com."), record("other.example.com.", "A", "192.0.2.1")));

        assertThat(read.hasService()).isTrue();
        assertThat(read.unresolved()).containsExactly(name("there.example.com."));
        assertThat(read.advertisement().endpoints()).isEmpty();
    }

    @Test
    void severalServicesAreOrderedByPriorityAndWeight() {
        AdvertisementParser.Result read = parser.parse(List.of(
                record(INSTANCE, "SRV", "20 0 3 a.example.com."),
                record(INSTANCE, "SRV", "10 1 2 a.example.com."),
                record(INSTANCE, "SRV", "10 5 1 a.example.com."),
                record("a.example.com.", "AAAA", "2001:db8::1")));

        assertThat(read.advertisement().endpoints()).extracting(Endpoint::port).containsExactly(1, 2, 3);
    }

    @Test
    void aServiceThatIsNotToBeHadIsNone() {
        AdvertisementParser.Result read =
                parser.parse(List.of(record(INSTANCE, "SRV", "0 0 1 ."), record(".", "A", "192.0.2.1")));

        assertThat(read.advertisement().endpoints()).isEmpty();
        assertThat(read.unresolved()).isEmpty();
    }

    @Test
    void anAliasIsFollowed() {
        AdvertisementParser.Result read = parser.parse(List.of(
                record(INSTANCE, "CNAME", "real.example.com."),
                record("real.example.com.", "SRV", "0 0 1 host.example.com."),
                record("host.example.com.", "A", "192.0.2.1")));

        assertThat(read.advertisement().endpoints()).containsExactly(Endpoint.parse("192.0.2.1:1"));
    }

    @Test
    void aliasesInACircleAreRefused() {
        List<Record> circle =
                List.of(record(INSTANCE, "CNAME", "b.example.com."), record("b.example.com.", "CNAME", INSTANCE));

        assertThatThrownBy(() -> parser.parse(circle))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("lead in a circle");
    }

    @Test
    void eightAliasesAreFollowedAndNineRefused() {
        List<Record> chain = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chain.add(record("n" + i + ".example.com.", "CNAME", "n" + (i + 1) + ".example.com."));
        }

        assertThat(AdvertisementParser.canonical(chain.get(1).getName(), chain)).hasToString("n9.example.com.");
        assertThatThrownBy(() -> AdvertisementParser.canonical(chain.get(0).getName(), chain))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void recordsOfOtherPeersAreNotRead() {
        List<Record> others = PeerRecords.of(NAMES, advertisement(BOB, "192.0.2.2:2"), Duration.ZERO)
                .all();

        AdvertisementParser.Result read = parser.parse(others);

        assertThat(read.hasService()).isFalse();
        assertThat(read.hasText()).isFalse();
        assertThat(read.advertisement().allowedIpsComplete()).isFalse();
    }

    @Test
    void aTextWithAnotherKeyIsRefused() {
        assertThatThrownBy(() -> parser.parse(List.of(record(INSTANCE, "TXT", "txtvers=1 pub=" + BOB))))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void theNewestOfSeveralViewsIsTheOneWithTheLatestSinceThatIsNotInTheFuture() {
        Advertisement original = Advertisement.builder(ALICE).build();
        Advertisement past =
                Advertisement.builder(ALICE).since(NOON.minusSeconds(9)).build();
        Advertisement present = Advertisement.builder(ALICE).since(NOON).build();
        Advertisement future =
                Advertisement.builder(ALICE).since(NOON.plusSeconds(1)).build();

        List<Advertisement> views = new ArrayList<>(Arrays.asList(present, future, original, past));
        views.sort(Advertisement.newest(NOON).reversed());

        assertThat(views.subList(0, 2)).containsExactly(present, past);
    }

    private static Record record(String owner, String type, String data) {
        Name name = name(owner);
        try {
            return Record.fromString(name, Type.value(type), DClass.IN, 0, data, Name.root);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
