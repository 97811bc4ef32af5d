package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.cname;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.Samples;
import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a look-up makes of every kind of answer: no sockets, no time. */
class ServiceLookupTest {

    private static final Name INSTANCE = NAMES.instance(ALICE);
    private static final Name HOST = NAMES.host(ALICE);
    private static final Endpoint ENDPOINT = Endpoint.parse("203.0.113.1:51820");
    private static final Record TEXT = txt(INSTANCE, "txtvers=1", "pub=" + ALICE, "allowed=10.0.0.3/32");

    private final FakeAsker registry = new FakeAsker();
    private final LookupContext context =
            new LookupContext(registry, NAMES, server -> Optional.empty(), Duration.ofSeconds(5));

    @Test
    void oneAnswerWithAllAdditionalRecordsIsEnough() throws Exception {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, HOST))
                .additional(address(HOST, "203.0.113.1"), TEXT);
        assertThat(lookup())
                .contains(Advertisement.builder(ALICE)
                        .endpoint(ENDPOINT)
                        .allowedIps(List.of(IpPrefix.parse("10.0.0.3/32")))
                        .build());
        assertThat(registry.asked()).containsExactly("SRV " + INSTANCE);
    }

    @Test
    void recordsThatDoNotComeAlongAreAskedForSideBySide() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        registry.on(HOST, Type.A).answer(address(HOST, "203.0.113.1"));
        registry.on(INSTANCE, Type.TXT).answer(TEXT);
        assertThat(lookup()).get().satisfies(found -> {
            assertThat(found.endpoints()).containsExactly(ENDPOINT);
            assertThat(found.allowedIps()).containsExactly(IpPrefix.parse("10.0.0.3/32"));
        });
        assertThat(registry.asked().subList(1, 4))
                .containsExactlyInAnyOrder("A " + HOST, "AAAA " + HOST, "TXT " + INSTANCE);
    }

    @Test
    void furtherQuestionsHaveTheTimeThatIsLeftAndGoFirst() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        lookup();
        assertThat(registry.requests().get(0).followUp()).isFalse();
        assertThat(registry.requests().get(1).followUp()).isTrue();
        assertThat(registry.requests().get(1).timeout()).isEqualTo(Duration.ofMillis(4960));
    }

    @Test
    void whereOnlyTheEndpointIsWantedTheTxtIsNotAskedFor() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST)).additional(address(HOST, "203.0.113.1"));
        assertThat(ServiceLookup.endpoints(context, ALICE).get())
                .get()
                .extracting(Advertisement::endpoints)
                .isEqualTo(List.of(ENDPOINT));
        assertThat(registry.asked()).containsExactly("SRV " + INSTANCE);
    }

    @Test
    void whereOnlyTheEndpointIsWantedItIsTheSameAsWithTheRest() throws Exception {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, HOST))
                .additional(
                        address(HOST, "203.0.113.1"), address(HOST, "2001:db8::1"), address(HOST, "203.0.113.1"), TEXT);
        assertThat(ServiceLookup.endpoints(context, ALICE).get())
                .get()
                .extracting(Advertisement::endpoints)
                .isEqualTo(lookup().orElseThrow().endpoints())
                .isEqualTo(List.of(ENDPOINT, Endpoint.parse("[2001:db8::1]:51820")));
    }

    @Test
    void whereOnlyTheEndpointIsWantedAnotherKeysTextIsRefusedAsWell() {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, HOST))
                .additional(address(HOST, "203.0.113.1"), txt(INSTANCE, "txtvers=1", "pub=" + BOB));
        assertThat(ServiceLookup.endpoints(context, ALICE))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("another key's");
    }

    @Test
    void whereOnlyTheEndpointIsWantedATextOfAnotherKindIsNoHindrance() throws Exception {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, HOST))
                .additional(address(HOST, "203.0.113.1"), txt(INSTANCE, "allowed=10.0.0.3/32", "PUB=" + ALICE));
        assertThat(ServiceLookup.endpoints(context, ALICE).get())
                .get()
                .extracting(Advertisement::endpoints)
                .isEqualTo(List.of(ENDPOINT));
    }

    @Test
    void theOriginalsServicePointsToItself() throws Exception {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, INSTANCE))
                .additional(address(INSTANCE, "203.0.113.1"), TEXT);
        assertThat(endpoints()).containsExactly(ENDPOINT);
    }

    @Test
    void anAddressOfTheOtherFamilyThanAskedIsTaken() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, INSTANCE));
        registry.on(INSTANCE, Type.A).answer(address(INSTANCE, "2001:db8::1"));
        assertThat(endpoints()).containsExactly(Endpoint.parse("[2001:db8::1]:51820"));
    }

    @Test
    void severalServicesAreOrderedByPriorityThenWeight() throws Exception {
        Name other = name("other.example.com.");
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 2, 0, 3, HOST), srv(INSTANCE, 1, 5, 2, other), srv(INSTANCE, 1, 9, 1, HOST))
                .additional(address(HOST, "203.0.113.1"), address(other, "203.0.113.2"), TEXT);
        assertThat(endpoints())
                .containsExactly(
                        Endpoint.parse("203.0.113.1:1"),
                        Endpoint.parse("203.0.113.2:2"),
                        Endpoint.parse("203.0.113.1:3"));
    }

    @Test
    void anAliasIsFollowedWithinTheAnswer() throws Exception {
        Name real = name("real.example.com.");
        registry.on(INSTANCE, Type.SRV)
                .answer(cname(INSTANCE, real), srv(real, 51820, HOST))
                .additional(address(HOST, "203.0.113.1"));
        assertThat(endpoints()).containsExactly(ENDPOINT);
    }

    @Test
    void anAliasIsFollowedByFurtherQuestions() throws Exception {
        Name real = name("real.example.com.");
        Name realHost = name("host.example.net.");
        registry.on(INSTANCE, Type.SRV).answer(cname(INSTANCE, real));
        registry.on(real, Type.SRV).answer(srv(real, 51820, HOST));
        registry.on(HOST, Type.A).answer(cname(HOST, realHost));
        registry.on(HOST, Type.AAAA).answer(cname(HOST, realHost));
        registry.on(realHost, Type.A).answer(address(realHost, "203.0.113.1"));
        assertThat(endpoints()).containsExactly(ENDPOINT);
    }

    @Test
    void aCircleOfAliasesIsMalformed() {
        Name real = name("real.example.com.");
        registry.on(INSTANCE, Type.SRV).answer(cname(INSTANCE, real), cname(real, INSTANCE));
        registry.on(real, Type.SRV).answer(cname(real, INSTANCE));
        assertThatFailure().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.MALFORMED);
            assertThat(e).hasMessageContaining("lead in a circle");
        });
    }

    @Test
    void anEndlessChainOfAliasesIsMalformed() {
        Name link = INSTANCE;
        for (int i = 0; i < 100; i++) {
            Name next = name("n" + i + ".example.com.");
            registry.on(link, Type.SRV).answer(cname(link, next));
            link = next;
        }
        assertThatFailure().satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.MALFORMED));
        assertThat(registry.asked()).hasSizeLessThan(20);
    }

    @Test
    void manyTargetsAreNotAllAskedFor() throws Exception {
        var response = registry.on(INSTANCE, Type.SRV);
        for (int i = 0; i < 64; i++) {
            response.answer(srv(INSTANCE, 51820, name("n" + i + ".example.com.")));
        }
        assertThat(lookup()).isEmpty();
        assertThat(registry.asked()).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 128, 129, 1000})
    void moreServicesThanAPeerCanHaveAreMalformed(int count) {
        var response = registry.on(INSTANCE, Type.SRV);
        for (int i = 0; i < count; i++) {
            response.answer(srv(INSTANCE, 51820, name("n" + i + ".example.com.")));
        }
        assertThatFailure().satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.MALFORMED));
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void aliasesOfAHostThatAreEndlessAreMalformed() {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        registry.on(HOST, Type.A).answer(cname(HOST, HOST));
        assertThatFailure().satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.MALFORMED));
    }

    @Test
    void aNameThatDoesNotExistIsAbsent() throws Exception {
        assertThat(lookup()).isEmpty();
        assertThat(registry.asked()).containsExactly("SRV " + INSTANCE);
    }

    @Test
    void aNameWithoutAServiceIsAbsent() throws Exception {
        registry.on(INSTANCE, Type.SRV);
        assertThat(lookup()).isEmpty();
    }

    @Test
    void aServiceThatIsDecidedlyNotAvailableIsAbsent() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 0, Name.root));
        assertThat(lookup()).isEmpty();
    }

    @Test
    void aServiceWithoutAnyAddressIsAbsent() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        assertThat(lookup()).isEmpty();
    }

    @Test
    void recordsOfOtherNamesAreNoAnswer() throws Exception {
        Name mallory = NAMES.instance(Samples.BOB);
        registry.on(INSTANCE, Type.SRV).answer(srv(mallory, 1, mallory)).additional(address(mallory, "192.0.2.66"));
        assertThat(lookup()).isEmpty();
    }

    @Test
    void whereTheTxtCannotBeHadThePeerIsFoundWithoutIt() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST)).additional(address(HOST, "203.0.113.1"));
        registry.fail(INSTANCE, Type.TXT, failure(Reason.TIMED_OUT));
        assertThat(lookup()).get().satisfies(found -> {
            assertThat(found.endpoints()).containsExactly(ENDPOINT);
            assertThat(found.allowedIpsComplete()).isFalse();
        });
    }

    @Test
    void theTxtThatWasCutOffEvenByTcpIsNotAskedFor() throws Exception {
        registry.on(INSTANCE, Type.SRV)
                .truncated()
                .answer(srv(INSTANCE, 51820, INSTANCE))
                .additional(address(INSTANCE, "203.0.113.1"));
        assertThat(endpoints()).containsExactly(ENDPOINT);
        assertThat(registry.asked()).containsExactly("SRV " + INSTANCE);
    }

    @Test
    void oneFamilysFailureDoesNotHideTheOther() throws Exception {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        registry.on(HOST, Type.A).answer(address(HOST, "203.0.113.1"));
        registry.fail(HOST, Type.AAAA, failure(Reason.SERVER_FAILURE));
        assertThat(endpoints()).containsExactly(ENDPOINT);
    }

    @Test
    void anAddressThatCannotBeAskedForIsAFailureAndNotAbsence() {
        registry.on(INSTANCE, Type.SRV).answer(srv(INSTANCE, 51820, HOST));
        registry.fail(HOST, Type.A, failure(Reason.TIMED_OUT));
        assertThatFailure().satisfies(e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.TIMED_OUT));
    }

    @Test
    void aTxtOfAnotherKeyIsMalformed() {
        registry.on(INSTANCE, Type.SRV)
                .answer(srv(INSTANCE, 51820, HOST))
                .additional(address(HOST, "203.0.113.1"), txt(INSTANCE, "txtvers=1", "pub=" + Samples.BOB));
        assertThatFailure().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.MALFORMED);
            assertThat(e).hasMessageContaining("contradicts itself");
        });
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyFailureSaysWhichServerAndWhichNameOnOneLine(Reason reason) {
        registry.fail(INSTANCE, Type.SRV, failure(reason));
        assertThatFailure().satisfies(e -> {
            assertThat(e.getMessage()).contains(INSTANCE + " SRV").doesNotContain("\n");
            assertThat(e.server()).contains(new InetSocketAddress("10.0.0.254", 53));
            if (reason != Reason.CLOSED) {
                assertThat(e.getMessage()).contains("registry 10.0.0.254:53").contains("; ");
            }
        });
    }

    private Optional<Advertisement> lookup() throws Exception {
        return ServiceLookup.all(context, ALICE).get();
    }

    private List<Endpoint> endpoints() throws Exception {
        return lookup().orElseThrow().endpoints();
    }

    private org.assertj.core.api.AbstractObjectAssert<?, DiscoveryException> assertThatFailure() {
        CompletableFuture<?> lookup = ServiceLookup.all(context, ALICE);
        return assertThat(lookup)
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(DiscoveryException.class));
    }

    private static ExchangeException failure(Reason reason) {
        return new ExchangeException(reason, new InetSocketAddress("10.0.0.254", 53), "as it is");
    }
}
