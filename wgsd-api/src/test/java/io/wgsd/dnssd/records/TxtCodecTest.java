package io.wgsd.dnssd.records;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.BOB;
import static io.wgsd.dnssd.Samples.NOON;
import static io.wgsd.dnssd.Samples.advertisement;
import static io.wgsd.dnssd.Samples.key;
import static io.wgsd.dnssd.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TxtCodecTest {

    private static final String PUB = "pub=xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";

    @Test
    void thePairsComeInTheOriginalsOrderAndThenSince() {
        assertThat(TxtCodec.encode(advertisement(ALICE, "192.0.2.1:1", "10.0.0.1/32", "fd00::/64")))
                .containsExactly("txtvers=1", PUB, "allowed=10.0.0.1/32,fd00::/64", "since=1767268800");
    }

    @Test
    void aPeerWithoutAllowedIpsHasAnEmptyList() {
        assertThat(TxtCodec.encode(advertisement(ALICE, "192.0.2.1:1")))
                .containsExactly("txtvers=1", PUB, "allowed=", "since=1767268800");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 14, 15, 40, 300, 900})
    void aListOfAnyLengthIsReadBackWhole(int count) {
        Advertisement sent = withPrefixes(count);

        List<String> strings = TxtCodec.encode(sent);

        assertThat(strings).allMatch(text -> text.length() <= 255);
        assertThat(decode(strings).allowedIps()).isEqualTo(sent.allowedIps());
        assertThat(decode(strings).allowedIpsComplete()).isTrue();
        assertThat(decode(strings).since()).contains(NOON);
    }

    @Test
    void aListBeyond16KibIsCutAndSaysSo() {
        Advertisement sent = withPrefixes(5000);

        List<String> strings = TxtCodec.encode(sent);
        Advertisement read = decode(strings);

        assertThat(strings.stream().mapToInt(text -> text.length() + 1).sum()).isBetween(16_000, 16 * 1024);
        assertThat(strings).endsWith("since=1767268800", "more=1");
        assertThat(read.allowedIpsComplete()).isFalse();
        assertThat(read.allowedIps())
                .isEqualTo(sent.allowedIps().subList(0, read.allowedIps().size()));
    }

    @Test
    void namesOfPairsAreReadInAnyLetterCaseAndTheFirstCounts() {
        Advertisement read = decode(List.of("TXTVERS=1", "Allowed=10.0.0.1/32", "allowed=10.0.0.2/32", "=x", "flag"));

        assertThat(read.allowedIps()).isEqualTo(prefixes("10.0.0.1/32"));
        assertThat(read.allowedIpsComplete()).isTrue();
    }

    @Test
    void aPrefixThatCannotBeReadMakesTheListIncomplete() {
        Advertisement read = decode(List.of("txtvers=1", PUB, "allowed=10.0.0.1/32,nonsense,10.0.0.2/32"));

        assertThat(read.allowedIps()).isEqualTo(prefixes("10.0.0.1/32", "10.0.0.2/32"));
        assertThat(read.allowedIpsComplete()).isFalse();
    }

    @Test
    void aMissingContinuationMakesTheListIncomplete() {
        Advertisement read = decode(List.of("allowed=10.0.0.1/32", "allowed2=10.0.0.3/32"));

        assertThat(read.allowedIpsComplete()).isFalse();
    }

    @Test
    void aRecordOfAnotherVersionIsPassedOver() {
        Advertisement read = decode(List.of("txtvers=2", "pub=whatever", "allowed=10.0.0.1/32"));

        assertThat(read.allowedIps()).isEmpty();
        assertThat(read.allowedIpsComplete()).isFalse();
    }

    @Test
    void aRecordOfAnotherKeyIsRefused() {
        Advertisement.Builder advertisement = Advertisement.builder(BOB);

        assertThatThrownBy(() -> TxtCodec.decode(bytes(List.of("txtvers=1", PUB)), BOB, advertisement))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("another key's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=", "since=-1", "since=1e9", "since=99999999999999999999"})
    void aTimeThatCannotBeReadIsAbsent(String since) {
        assertThat(decode(List.of("allowed=", since)).since()).isEmpty();
    }

    @Test
    void relaysAndTheMappingComeLastAndAreReadBack() {
        Advertisement sent = advertisement(ALICE, "192.0.2.1:1", "10.0.0.1/32").toBuilder()
                .natMapping(NatMapping.ENDPOINT_INDEPENDENT)
                .relays(List.of(BOB))
                .build();

        List<String> strings = TxtCodec.encode(sent);

        assertThat(strings)
                .containsExactly(
                        "txtvers=1",
                        PUB,
                        "allowed=10.0.0.1/32",
                        "since=1767268800",
                        "nat=eim",
                        "relay=" + BOB.toBase32());
        assertThat(decode(strings).relays()).containsExactly(BOB);
        assertThat(decode(strings).natMapping()).contains(NatMapping.ENDPOINT_INDEPENDENT);
    }

    @Test
    void ofManyRelaysFourFitIntoAString() {
        List<PublicKey> relays = List.of(key(5), key(4), key(3), key(2), key(1));
        Advertisement sent = withPrefixes(5000).toBuilder().relays(relays).build();

        List<String> strings = TxtCodec.encode(sent, TxtCodec.MAX_UNPADDED);

        assertThat(strings).allMatch(text -> text.length() <= 255);
        assertThat(strings.stream().mapToInt(text -> text.length() + 1).sum()).isLessThan(TxtCodec.MAX_UNPADDED);
        assertThat(decode(strings).relays()).containsExactly(key(1), key(2), key(3), key(4));
        assertThat(decode(strings).allowedIpsComplete()).isFalse();
    }

    @Test
    void aRelayThatCannotBeReadIsLeftOut() {
        Advertisement read = decode(List.of("allowed=", "relay=nonsense,," + BOB.toBase32() + "," + BOB));

        assertThat(read.relays()).containsExactly(BOB);
        assertThat(read.allowedIpsComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nat=", "nat", "nat=EIM", "nat=other"})
    void aMappingThatIsNotKnownIsAbsent(String nat) {
        assertThat(decode(List.of("allowed=", nat)).natMapping()).isEmpty();
    }

    private static Advertisement withPrefixes(int count) {
        List<IpPrefix> prefixes = IntStream.range(0, count)
                .mapToObj(i -> new IpPrefix(IpAddress.of(new byte[] {10, (byte) (i >> 8), (byte) i, 0}), 24))
                .toList();
        return Advertisement.builder(ALICE).allowedIps(prefixes).since(NOON).build();
    }

    private static Advertisement decode(List<String> strings) {
        Advertisement.Builder advertisement = Advertisement.builder(ALICE);
        TxtCodec.decode(bytes(strings), ALICE, advertisement);
        return advertisement.build();
    }

    private static List<byte[]> bytes(List<String> strings) {
        return Stream.of(strings.toArray(String[]::new))
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }
}
