package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.key;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static io.wgsd.discovery.exchange.ScriptedResponse.ptr;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.exchange.ScriptedResponse;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** How a zone's relays are listed at every kind of registry. Alice and Bob are relays here. */
class RelayLookupTest {

    private static final String LIST = "PTR " + NAMES.relays();
    private static final Endpoint FIRST = Endpoint.parse("192.0.2.9:443");
    private static final Endpoint SECOND = Endpoint.parse("[2001:db8::9]:443");

    private final FakeAsker registry = new FakeAsker();
    private final LookupContext context =
            new LookupContext(registry, NAMES, server -> Optional.empty(), Duration.ofSeconds(5));

    @Test
    void oneQuestionIsEnoughWhereTheRestComesAlong() {
        list(ALICE)
                .additional(
                        service(ALICE),
                        txt(NAMES.relay(ALICE), "txtvers=1", "pub=" + ALICE),
                        address(NAMES.host(ALICE), "192.0.2.9"),
                        address(NAMES.host(ALICE), "2001:db8::9"));

        assertThat(relays()).isCompletedWithValue(List.of(new RelayAdvertisement(ALICE, List.of(FIRST, SECOND))));
        assertThat(registry.asked()).containsExactly(LIST);
    }

    @Test
    void whatDoesNotComeAlongIsAskedFor() {
        list(BOB, ALICE).additional(service(BOB), address(NAMES.host(BOB), "192.0.2.9"));
        registry.on(NAMES.relay(ALICE), Type.SRV).answer(service(ALICE));
        registry.on(NAMES.host(ALICE), Type.AAAA).answer(address(NAMES.host(ALICE), "2001:db8::9"));

        assertThat(relays())
                .isCompletedWithValue(List.of(
                        new RelayAdvertisement(ALICE, List.of(SECOND)), new RelayAdvertisement(BOB, List.of(FIRST))));
        assertThat(registry.asked())
                .containsExactly(
                        LIST, "SRV " + NAMES.relay(ALICE), "A " + NAMES.host(ALICE), "AAAA " + NAMES.host(ALICE));
    }

    @Test
    void furtherQuestionsHaveTheTimeThatIsLeft() {
        list(ALICE);
        relays();
        assertThat(registry.requests().get(1).timeout()).isEqualTo(Duration.ofMillis(4960));
    }

    @Test
    void aZoneWithoutSuchAListHasNoRelays() {
        assertThat(relays()).isCompletedWithValue(List.of());
        assertThat(registry.asked()).containsExactly(LIST);
    }

    @Test
    void aListThatCannotBeHadIsAFailure() {
        fail(NAMES.relays(), Type.PTR);
        assertThat(relays())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining(NAMES.relays().toString());
    }

    @Test
    void aRelayThatCannotBeAskedForHidesNoOther() {
        list(ALICE, BOB).additional(service(BOB), address(NAMES.host(BOB), "192.0.2.9"));
        fail(NAMES.relay(ALICE), Type.SRV);
        assertThat(relays()).isCompletedWithValue(List.of(new RelayAdvertisement(BOB, List.of(FIRST))));
    }

    @Test
    void whereNoneCanBeAskedForItIsAFailure() {
        list(ALICE);
        fail(NAMES.relay(ALICE), Type.SRV);
        assertThat(relays()).isCompletedExceptionally();
    }

    @Test
    void aRelayThatIsGoneMeanwhileIsLeftOut() {
        list(ALICE);
        assertThat(relays()).isCompletedWithValue(List.of());
    }

    @Test
    void aServiceThatIsNotOnTheListIsNone() {
        list(ALICE)
                .additional(
                        service(ALICE),
                        address(NAMES.host(ALICE), "192.0.2.9"),
                        service(BOB),
                        address(NAMES.host(BOB), "192.0.2.10"));
        assertThat(relays()).isCompletedWithValue(List.of(new RelayAdvertisement(ALICE, List.of(FIRST))));
    }

    @Test
    void aHostileListCausesFewQuestions() {
        ScriptedResponse response = registry.on(NAMES.relays(), Type.PTR);
        for (int i = 1; i <= 1000; i++) {
            response.answer(ptr(NAMES.relays(), NAMES.relay(key(i))));
        }
        response.answer(ptr(NAMES.relays(), name("printer._wireguard-relay._udp.example.com.")));

        assertThat(relays()).isCompletedWithValue(List.of());
        assertThat(registry.asked()).hasSize(1 + 16);
    }

    private CompletableFuture<List<RelayAdvertisement>> relays() {
        return RelayLookup.all(context);
    }

    private ScriptedResponse list(PublicKey... keys) {
        ScriptedResponse response = registry.on(NAMES.relays(), Type.PTR);
        for (PublicKey key : keys) {
            response.answer(ptr(NAMES.relays(), NAMES.relay(key)));
        }
        return response;
    }

    private static org.xbill.DNS.Record service(PublicKey relay) {
        return srv(NAMES.relay(relay), 443, NAMES.host(relay));
    }

    private void fail(Name name, int type) {
        registry.fail(
                name, type, new ExchangeException(Reason.REFUSED, new InetSocketAddress("10.0.0.254", 53), "as it is"));
    }
}
