package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.ptr;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.DiscoveryException.Kind;
import io.wgsd.discovery.exchange.ScriptedServer;
import io.wgsd.discovery.exchange.ScriptedServer.Script;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** What a caller sees of the client, over real sockets on loopback. */
@Timeout(60)
class DiscoveryClientTest {

    private static final Script SILENCE = heard -> List.of();

    private static final Script GOOD = heard -> {
        Name asked = heard.query().getQuestion().getName();
        PublicKey key = NAMES.key(asked).orElseThrow();
        return heard.response()
                .answer(srv(asked, 51820, NAMES.host(key)))
                .additional(
                        address(NAMES.host(key), "203.0.113.1"),
                        txt(asked, "txtvers=1", "pub=" + key, "allowed=10.0.0.1/32"))
                .once();
    };

    private static final Script LISTING = heard -> {
        Name name = heard.query().getQuestion().getName();
        if (name.getLabelString(0).equals("_sub")) {
            return heard.response().rcode(Rcode.NXDOMAIN).once();
        }
        return name.equals(NAMES.services())
                ? heard.response()
                        .answer(ptr(NAMES.services(), NAMES.instance(ALICE)))
                        .once()
                : GOOD.answer(heard);
    };

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Test
    void aPeerIsFoundWithAllThatTheRegistrySays() throws Exception {
        assertThat(client(GOOD).lookup(ALICE))
                .contains(Advertisement.builder(ALICE)
                        .endpoint(Endpoint.parse("203.0.113.1:51820"))
                        .allowedIps(List.of(IpPrefix.parse("10.0.0.1/32")))
                        .build());
    }

    @Test
    void aPeerThatIsNotThereIsAbsent() throws Exception {
        assertThat(client(heard -> heard.response().nxdomain().once()).lookup(ALICE))
                .isEmpty();
    }

    @Test
    void eachOfSeveralPeersHasAResultInTheOrderOfTheKeys() throws Exception {
        Script onlyAlice = heard -> {
            boolean alice = heard.query().getQuestion().getName().equals(NAMES.instance(ALICE));
            return alice
                    ? GOOD.answer(heard)
                    : heard.response().rcode(Rcode.SERVFAIL).once();
        };
        var results = client(onlyAlice).lookupAll(List.of(BOB, ALICE, BOB));
        assertThat(results.keySet()).containsExactly(ALICE, BOB);
        assertThat(results.get(ALICE)).isInstanceOf(LookupResult.Found.class);
        assertThat(results.get(BOB))
                .isInstanceOfSatisfying(
                        LookupResult.Failed.class,
                        failed -> assertThat(failed.cause().kind()).isEqualTo(Kind.SERVER_FAILURE));
    }

    @Test
    void noPeersAreNoQuestions() throws Exception {
        assertThat(client(SILENCE).lookupAll(List.of())).isEmpty();
    }

    @Test
    void aRegistryThatIsDownCostsOneTimeoutForAnyNumberOfPeers() throws Exception {
        DiscoveryClient client = client(SILENCE);
        long begun = System.nanoTime();
        assertThat(client.lookupAll(Samples.keys(1000)).values()).allMatch(LookupResult.Failed.class::isInstance);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void lookupsThatOutlastTheBatchTimeoutHaveFailed() throws Exception {
        DiscoveryClient client = keep(DiscoveryClient.builder(NAMES)
                .server(start(SILENCE).address())
                .timeout(Duration.ofMinutes(10))
                .batchTimeout(Duration.ofMillis(50))
                .build());
        assertThat(client.lookupAll(List.of(ALICE)).get(ALICE))
                .isInstanceOfSatisfying(
                        LookupResult.Failed.class,
                        failed -> assertThat(failed.cause().kind()).isEqualTo(Kind.TIMED_OUT));
        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(client::browse)
                .withMessageContaining("took too long");
    }

    @Test
    void browsingFindsThePeersOfTheList() throws Exception {
        assertThat(client(LISTING).browse())
                .extracting(Advertisement::publicKey)
                .containsExactly(ALICE);
    }

    @Test
    void aClientCountsWhatItAsksAndWhatBecomesOfIt() throws Exception {
        DiscoveryClient good = client(GOOD);
        assertThat(good.lookup(ALICE)).isPresent();
        assertThat(good.stats().questions()).isPositive().isEqualTo(good.stats().answered());
        assertThat(good.stats().sentByUdp()).isEqualTo(good.stats().questions());

        DiscoveryClient silent = client(SILENCE);
        assertThat(silent.lookupAll(List.of(ALICE)).values()).allMatch(LookupResult.Failed.class::isInstance);
        assertThat(silent.stats().timedOut()).isPositive();
        assertThat(silent.stats().sentByUdp()).isGreaterThan(silent.stats().questions());
    }

    @Test
    void aStageEndsWithThePeer() throws Exception {
        CompletionStage<Optional<Advertisement>> stage = client(GOOD).lookupAsync(ALICE);
        assertThat(stage.toCompletableFuture().get(30, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void aStageOfSeveralPeersHasAResultForEachInTheOrderOfTheKeys() throws Exception {
        Map<PublicKey, LookupResult> results = client(GOOD)
                .lookupAllAsync(List.of(BOB, ALICE, ALICE))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(results).containsOnlyKeys(ALICE, BOB);
        assertThat(results.get(ALICE)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void browsingWithoutBlockingFindsWhatBrowsingFinds() throws Exception {
        DiscoveryClient client = client(LISTING);
        BrowseResult all = client.browseAllAsync().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(all).usingRecursiveComparison().isEqualTo(client.browseAll());
        assertThat(client.browseAsync().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(client.browse());
    }

    @Test
    void stagesOfSeveralPeersFailOnlyWhereThereIsNoListAtAll() throws Exception {
        DiscoveryClient client =
                client(heard -> heard.response().rcode(Rcode.REFUSED).once());
        assertThat(client.lookupAllAsync(List.of(ALICE)).toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(results -> assertThat(results.get(ALICE)).isInstanceOf(LookupResult.Failed.class));
        assertThat(client.browseAsync().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        DiscoveryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void aStageEndsWithABareDiscoveryException() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        client(heard -> heard.response().rcode(Rcode.REFUSED).once())
                .lookupAsync(ALICE)
                .whenComplete((found, e) -> failure.complete(e));
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(DiscoveryException.class);
    }

    @Test
    void stagesAreCompletedByTheExecutor() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        DiscoveryClient client = keep(DiscoveryClient.builder(NAMES)
                .server(start(GOOD).address())
                .executor(tasks::add)
                .build());
        client.lookupAsync(ALICE)
                .whenComplete((found, e) -> name.complete(Thread.currentThread().getName()));
        // Not before: who asks a stage that is complete completes what depends on it.
        Runnable completion = tasks.poll(30, TimeUnit.SECONDS);
        new Thread(completion, "mine").start();
        assertThat(name.get(30, TimeUnit.SECONDS)).isEqualTo("mine");
    }

    @Test
    void blockingTheClientsOwnThreadIsRefused() throws Exception {
        DiscoveryClient client = client(GOOD);
        CompletionStage<Object> nested = client.lookupAsync(ALICE).thenApply(found -> {
            try {
                return client.lookup(BOB);
            } catch (DiscoveryException e) {
                return e;
            }
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> nested.toCompletableFuture().get(30, TimeUnit.SECONDS))
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("lookupAsync");
    }

    @Test
    void anInterruptEndsALookupAndStaysSet() throws Exception {
        DiscoveryClient client = client(SILENCE);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(DiscoveryException.class)
                    .isThrownBy(() -> client.lookup(ALICE))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closingEndsLookupsAndLaterOnesToo() throws Exception {
        ScriptedServer server = start(SILENCE);
        DiscoveryClient client = DiscoveryClient.builder(NAMES)
                .server(server.address())
                .timeout(Duration.ofMinutes(1))
                .build();
        CompletableFuture<?> running = client.lookupAsync(ALICE).toCompletableFuture();
        client.close();
        assertThat(running)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        DiscoveryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(() -> client.lookup(ALICE))
                .withMessageContaining("closed");
    }

    @Test
    void aClientNeedsAServer() {
        assertThatIllegalStateException()
                .isThrownBy(DiscoveryClient.builder(NAMES)::build)
                .withMessageContaining("example.com.");
    }

    @Test
    void aServerIsAnAddressAndAPort() {
        DiscoveryClientBuilder builder = DiscoveryClient.builder(NAMES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.server(InetSocketAddress.createUnresolved("registry", 53)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.server(new InetSocketAddress("10.0.0.1", 0)));
    }

    @Test
    void aClientSaysWhichZoneAndServersItAsks() {
        InetSocketAddress server = new InetSocketAddress("192.0.2.53", 53);
        DiscoveryClient client =
                keep(DiscoveryClient.builder(NAMES).server(server).build());
        assertThat(client.zone()).isEqualTo(NAMES);
        assertThat(client.servers()).containsExactly(server);
    }

    @Test
    void nullIsRefusedByName() {
        DiscoveryClientBuilder builder = DiscoveryClient.builder(NAMES);
        assertThatThrownBy(() -> builder.server(null)).hasMessage("server");
        assertThatThrownBy(() -> builder.sourceAddress(null)).hasMessage("address");
        assertThatThrownBy(() -> builder.requireSigner(null)).hasMessage("anchors");
        assertThatThrownBy(() -> builder.timeout(null)).hasMessage("timeout");
        assertThatThrownBy(() -> builder.batchTimeout(null)).hasMessage("batch timeout");
        assertThatThrownBy(() -> builder.executor(null)).hasMessage("executor");
        assertThatThrownBy(() -> builder.threadFactory(null)).hasMessage("threadFactory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1H1S"})
    void aTimeoutOutOfRangeIsRefused(String value) {
        DiscoveryClientBuilder builder = DiscoveryClient.builder(NAMES);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.parse(value)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.batchTimeout(Duration.parse(value)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 5000})
    void aNumberOutOfRangeIsRefused(int value) {
        DiscoveryClientBuilder builder = DiscoveryClient.builder(NAMES);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.attempts(value));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxInFlight(value));
    }

    private DiscoveryClient client(Script script) throws Exception {
        return keep(DiscoveryClient.builder(NAMES)
                .server(start(script).address())
                .timeout(Duration.ofSeconds(1))
                .build());
    }

    private ScriptedServer start(Script script) throws Exception {
        return keep(ScriptedServer.start(script));
    }

    private <T extends AutoCloseable> T keep(T each) {
        closing.add(each);
        return each;
    }
}
