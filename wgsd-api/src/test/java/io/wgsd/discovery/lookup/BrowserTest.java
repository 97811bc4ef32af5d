package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static io.wgsd.discovery.exchange.ScriptedResponse.ptr;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.exchange.ScriptedResponse;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** How peers are listed at every kind of registry. */
class BrowserTest {

    private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private final FakeAsker registry = new FakeAsker();
    private final LookupContext context =
            new LookupContext(registry, NAMES, server -> Optional.empty(), Duration.ofSeconds(5));

    @Test
    void theListedPeersAreLookedUpAndComeInTheOrderOfTheirKeys() throws Exception {
        list(BOB, ALICE);
        advertise(ALICE);
        advertise(BOB);
        assertThat(browse()).containsExactly(ALICE, BOB);
    }

    @Test
    void recordsThatComeWithTheListAreNotAskedForAgain() throws Exception {
        list(ALICE)
                .additional(
                        srv(NAMES.instance(ALICE), 51820, NAMES.host(ALICE)),
                        txt(NAMES.instance(ALICE), "txtvers=1", "pub=" + ALICE, "allowed="),
                        address(NAMES.host(ALICE), "203.0.113.1"));
        assertThat(browse()).containsExactly(ALICE);
        assertThat(registry.asked()).containsExactly("PTR _sub." + NAMES.services(), "PTR " + NAMES.services());
    }

    @Test
    void aZoneWithoutPeersIsEmpty() throws Exception {
        assertThat(browse()).isEmpty();
    }

    @Test
    void aPeerThatIsGoneMeanwhileIsLeftOut() throws Exception {
        list(ALICE, BOB);
        advertise(BOB);
        assertThat(browse()).containsExactly(BOB);
    }

    @Test
    void namesOtherThanPeersAreLeftOut() throws Exception {
        list(ALICE).answer(ptr(NAMES.services(), name("printer._wireguard._udp.example.com.")));
        advertise(ALICE);
        assertThat(browse()).containsExactly(ALICE);
    }

    @Test
    void aPeerWhoseRecordsMakeNoSenseHidesNoOther() throws Exception {
        list(ALICE, BOB);
        advertise(BOB);
        advertise(ALICE).additional(txt(NAMES.instance(ALICE), "txtvers=1", "pub=" + BOB));
        assertThat(browse()).containsExactly(BOB);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"SERVER_FAILURE", "REFUSED", "TIMED_OUT", "WRONG_SERVER"})
    void aPeerThatCannotBeAskedForHidesNoOther(Reason reason) throws Exception {
        list(ALICE, BOB);
        registry.fail(NAMES.instance(ALICE), Type.SRV, failure(reason));
        advertise(BOB);
        assertThat(browse()).containsExactly(BOB);
        assertThat(result().failures()).containsOnlyKeys(ALICE);
    }

    @Test
    void aPeerWhoseAddressCannotBeAskedForHidesNoOther() throws Exception {
        list(ALICE, BOB);
        registry.on(NAMES.instance(ALICE), Type.SRV)
                .answer(srv(NAMES.instance(ALICE), 51820, name("home.example.net.")));
        registry.fail(name("home.example.net."), Type.A, failure(Reason.REFUSED));
        registry.fail(name("home.example.net."), Type.AAAA, failure(Reason.REFUSED));
        advertise(BOB);
        assertThat(browse()).containsExactly(BOB);
        assertThat(result().failures().get(ALICE)).hasMessageContaining("home.example.net.");
        assertThat(result().isComplete()).isFalse();
    }

    @Test
    void aPeerThatIsNeverAnsweredForHidesNoOther() throws Exception {
        list(ALICE, BOB);
        registry.neverAnswer(NAMES.instance(ALICE), Type.SRV);
        advertise(BOB);
        BrowseResult result = new BlockingCall(context, Duration.ofMillis(100), "browsing").browse();
        assertThat(result.peers()).extracting(Advertisement::publicKey).containsExactly(BOB);
        assertThat(result.failures().get(ALICE)).hasMessageContaining("took too long");
    }

    @Test
    void aListThatCannotBeHadIsAFailure() {
        registry.fail(NAMES.services(), Type.PTR, failure(Reason.SERVER_FAILURE));
        assertThatThrownBy(this::result).isInstanceOf(DiscoveryException.class);
    }

    @Test
    void aPartOfTheListThatCannotBeHadHidesNoPeerOfTheRest() throws Exception {
        list(ALICE).truncated();
        registry.fail(NAMES.subtype("b"), Type.PTR, failure(Reason.SERVER_FAILURE));
        advertise(ALICE);
        assertThat(browse()).containsExactly(ALICE);
        assertThat(result().missingLists())
                .singleElement()
                .satisfies(e ->
                        assertThat(e).hasMessageContaining(NAMES.subtype("b").toString()));
    }

    /** Whatever limit a registry's lists have. */
    @ParameterizedTest
    @ValueSource(ints = {524, 744, 100, 7})
    void aListThatIsFullIsCompletedFromItsSubtypes(int limit) throws Exception {
        PublicKey[] all = IntStream.range(0, 1100)
                .mapToObj(i ->
                        PublicKey.of(ByteBuffer.allocate(32).putInt(i << 19).array()))
                .toArray(PublicKey[]::new);
        list(Arrays.copyOf(all, limit));
        for (PublicKey key : all) {
            advertise(key);
        }
        registry.on(name("_sub._wireguard._udp.example.com."), Type.PTR);
        split("", all, limit);
        assertThat(browse()).containsExactly(all);
    }

    private void split(String prefix, PublicKey[] all, int limit) {
        for (char c : BASE32) {
            String shard = prefix + c;
            PublicKey[] those = Arrays.stream(all)
                    .filter(key -> key.toBase32().startsWith(shard))
                    .toArray(PublicKey[]::new);
            if (those.length > 0) {
                ScriptedResponse response = registry.on(NAMES.subtype(shard), Type.PTR);
                Arrays.stream(those)
                        .limit(limit)
                        .forEach(key -> response.answer(ptr(NAMES.subtype(shard), NAMES.instance(key))));
            }
            if (those.length > limit && shard.length() < 3) {
                split(shard, those, limit);
            }
        }
    }

    @Test
    void aListIsReportedAsMissingWhereItIsNotKnownWhetherThereAreSubtypes() throws Exception {
        list(ALICE);
        advertise(ALICE);
        registry.fail(name("_sub._wireguard._udp.example.com."), Type.PTR, failure(Reason.SERVER_FAILURE));

        assertThat(browse()).containsExactly(ALICE);
        assertThat(result().missingLists()).hasSize(1);
    }

    @Test
    void aRegistryWhoseSubtypesAreAllFullIsNotAskedForEach() throws Exception {
        registry.on(name("_sub._wireguard._udp.example.com."), Type.PTR);
        list(ALICE);
        advertise(ALICE);
        everySubtypeIsFull("");
        assertThat(browse()).containsExactly(ALICE);
        assertThat(registry.asked().size()).isLessThan(9_000);
    }

    private void everySubtypeIsFull(String prefix) {
        for (char c : BASE32) {
            Name list = NAMES.subtype(prefix + c);
            registry.on(list, Type.PTR).answer(ptr(list, NAMES.instance(ALICE)));
            if (prefix.length() < 2) {
                everySubtypeIsFull(prefix + c);
            }
        }
    }

    @Test
    void aListThatIsCutIsAllThereIsWhereThereAreNoSubtypes() throws Exception {
        list(ALICE).truncated();
        advertise(ALICE);
        assertThat(browse()).containsExactly(ALICE);
    }

    @Test
    void aRegistryWhoseListsAreAlwaysFullIsNotAskedEndlessly() throws Exception {
        for (String prefix : List.of("", "a", "aa", "aaa")) {
            var name = prefix.isEmpty() ? NAMES.services() : NAMES.subtype(prefix);
            registry.on(name, Type.PTR).truncated().answer(ptr(name, NAMES.instance(ALICE)));
        }
        advertise(ALICE);
        assertThat(browse()).containsExactly(ALICE);
        assertThat(registry.asked().size()).isEqualTo(2 + 3 * 32 + 2);
    }

    private List<PublicKey> browse() throws Exception {
        return result().peers().stream().map(Advertisement::publicKey).toList();
    }

    private BrowseResult result() throws DiscoveryException {
        return new BlockingCall(context, Duration.ofSeconds(5), "browsing").browse();
    }

    private ScriptedResponse list(PublicKey... keys) {
        ScriptedResponse response = registry.on(NAMES.services(), Type.PTR);
        for (PublicKey key : keys) {
            response.answer(ptr(NAMES.services(), NAMES.instance(key)));
        }
        return response;
    }

    private ScriptedResponse advertise(PublicKey key) {
        return registry.on(NAMES.instance(key), Type.SRV)
                .answer(srv(NAMES.instance(key), 51820, NAMES.host(key)))
                .additional(address(NAMES.host(key), "203.0.113.1"));
    }

    private static ExchangeException failure(Reason reason) {
        return new ExchangeException(reason, new InetSocketAddress("10.0.0.254", 53), "as it is");
    }
}
