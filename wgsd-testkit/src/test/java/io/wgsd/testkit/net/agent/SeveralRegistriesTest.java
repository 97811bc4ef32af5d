package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.PeerState;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** One registry tells the truth; what the others do costs little. */
class SeveralRegistriesTest {

    private static final Endpoint NOWHERE = Endpoint.parse("198.51.100.99:9");

    private final NatLab lab = NatLab.builder()
            .implementation(WireGuardImplementation.linux(100))
            .conditions(LinkConditions.delay(Duration.ofMillis(40)))
            .keepalive(Duration.ofSeconds(25))
            .build();
    private final SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE);
    private final SimulatedAgent alice = agent(true);
    private final SimulatedAgent bob = agent(false);

    @Test
    void oneThatIsSilentCostsNothing() {
        bothAlsoAsk(CompletableFuture::new);

        assertThat(untilConnected()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void oneThatFailsCostsNothing() {
        bothAlsoAsk(() -> CompletableFuture.failedFuture(
                new DiscoveryException(DiscoveryException.Kind.TIMED_OUT, null, "nobody answers", null)));

        assertThat(untilConnected()).isLessThan(Duration.ofSeconds(2));
        assertThat(alice.events()).anyMatch(event -> event instanceof AgentEvent.RegistryDown);
    }

    @Test
    void oneThatSaysTheNewestLieCostsSomeAttempts() {
        bothAlsoAsk(() -> CompletableFuture.completedFuture(Optional.of(lie())));

        assertThat(untilConnected()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void oneThatLiesLaterDisturbsNothing() {
        boolean[] lying = {false};
        bothAlsoAsk(() ->
                CompletableFuture.completedFuture(lying[0] ? Optional.of(lie()) : Optional.<Advertisement>empty()));
        untilConnected();
        lying[0] = true;

        assertThat(lab.timeline().runUntil(() -> !lab.isConnected(), Duration.ofMinutes(30)))
                .as("the tunnel was lost")
                .isFalse();
        assertThat(alice.status(BOB).state()).isEqualTo(PeerState.DIRECT);
        assertThat(bob.status(ALICE).state()).isEqualTo(PeerState.DIRECT);
    }

    private interface Answer {
        CompletableFuture<Optional<Advertisement>> give();
    }

    private void bothAlsoAsk(Answer answer) {
        alice.alsoAsking(new Other(answer)).start();
        bob.alsoAsking(new Other(answer)).start();
    }

    private Advertisement lie() {
        Instant now = lab.timeline().instant();
        return Advertisement.builder(BOB).endpoint(NOWHERE).since(now).build();
    }

    private Duration untilConnected() {
        assertThat(lab.timeline().runUntil(lab::isConnected, Duration.ofMinutes(1)))
                .isTrue();
        return lab.timeline().elapsed();
    }

    private SimulatedAgent agent(boolean isAlice) {
        var host = isAlice ? lab.alice() : lab.bob();
        return new SimulatedAgent(lab, registry, host, isAlice ? 1 : 2);
    }

    private record Other(Answer answer) implements PeerLookup {

        @Override
        public List<InetSocketAddress> servers() {
            return List.of(new InetSocketAddress("192.0.2.53", 53));
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }

        @Override
        public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
            return answer.give();
        }

        @Override
        public Optional<Advertisement> lookup(PublicKey key) {
            throw new UnsupportedOperationException("an agent does not wait");
        }

        @Override
        public BrowseResult browseAll() {
            throw new UnsupportedOperationException("an agent needs no list");
        }
    }
}
