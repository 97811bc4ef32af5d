package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.PeerMemory;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is asked of what peers have registered, and when. */
class PeerCandidatesTest {

    private static final Endpoint LAN = Endpoint.parse("192.168.1.8:51820");
    private static final Optional<Endpoint> SELF = Optional.of(Endpoint.parse("203.0.113.1:40000"));
    private static final Optional<Endpoint> SAME_SITE = Optional.of(Endpoint.parse("203.0.113.1:40001"));
    private static final List<AttachedNetwork> NETWORKS =
            List.of(new AttachedNetwork(IpAddress.parse("192.168.1.7"), IpPrefix.parse("192.168.1.0/24"), Set.of()));
    private static final Device DEVICE =
            device(peer(ALICE, "", "10.0.0.3/32"), peer(REGISTRY, "203.0.113.254:51820", "10.0.0.254/32"));

    private final Answering inside = new Answering("10.0.0.254");
    private final Answering outside = new Answering("192.0.2.53");
    private final Reachability reach = new Reachability(new FakeRoutes(), () -> List.of(inside.server, outside.server));
    private final PeerCandidates candidates = new PeerCandidates(List.of(inside, outside), () -> {});

    /** A registry that answers when it is told to. */
    private static final class Answering implements RegistryChannel {

        private final InetSocketAddress server;
        private final List<CompletableFuture<List<Endpoint>>> asked = new ArrayList<>();

        Answering(String address) {
            server = new InetSocketAddress(address, 53);
        }

        @Override
        public List<InetSocketAddress> servers() {
            return List.of(server);
        }

        @Override
        public boolean isProven() {
            return false;
        }

        @Override
        public CompletableFuture<Optional<Advertisement>> ask(
                PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<List<Endpoint>> candidates(
                PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
            CompletableFuture<List<Endpoint>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    }

    @Test
    void aNeighbourMayBeTriedOnceTheRegistryHasAnswered() {
        assertThat(follow(SAME_SITE, Duration.ZERO)).containsEntry(ALICE, Nearby.whileAwaited());
        inside.asked.get(0).complete(List.of(LAN));

        assertThat(follow(SAME_SITE, Duration.ofMillis(80)))
                .containsEntry(ALICE, new Nearby(List.of(LAN), List.of(), false));
    }

    @Test
    void onlyRegistriesThatAreReachedThroughTheDeviceAreAsked() {
        follow(SAME_SITE, Duration.ZERO);

        assertThat(inside.asked).hasSize(1);
        assertThat(outside.asked).isEmpty();
    }

    @Test
    void nothingIsAskedAboutAPeerThatNoRegistryLists() {
        assertThat(follow(Optional.empty(), Duration.ZERO)).isEmpty();
        assertThat(inside.asked).isEmpty();
    }

    @Test
    void itIsAskedLessAndLessOftenAndAtOnceWhereThePeerIsElsewhere() {
        int questions = 0;
        for (int second = 0; second < 600; second++) {
            follow(SAME_SITE, Duration.ofSeconds(second));
            inside.asked.forEach(each -> each.complete(List.of()));
            questions = inside.asked.size();
        }
        assertThat(questions).isBetween(8, 12);

        follow(Optional.of(Endpoint.parse("198.51.100.1:51820")), Duration.ofSeconds(601));
        assertThat(inside.asked).hasSize(questions + 1);
    }

    @Test
    void aFailureChangesNothing() {
        follow(SAME_SITE, Duration.ZERO);
        inside.asked.get(0).complete(List.of(LAN));
        follow(SAME_SITE, Duration.ofSeconds(1));
        inside.asked.get(1).completeExceptionally(new IllegalStateException("no answer"));

        assertThat(follow(SAME_SITE, Duration.ofSeconds(2)))
                .containsEntry(ALICE, new Nearby(List.of(LAN), List.of(), false));
    }

    @Test
    void atAnotherPublicAddressANeighbourIsSomebodyElse() {
        follow(Optional.of(Endpoint.parse("198.51.100.1:51820")), Duration.ZERO);
        inside.asked.get(0).complete(List.of(LAN));

        assertThat(follow(Optional.of(Endpoint.parse("198.51.100.1:51820")), Duration.ofMillis(80)))
                .containsEntry(ALICE, Nearby.none());
    }

    private Map<PublicKey, Nearby> follow(Optional<Endpoint> advertised, Duration after) {
        reach.update(DEVICE, NOW.plus(after));
        List<PeerMemory> states = AgentMemory.initial(1, NOW).read(DEVICE, NOW.plus(after)).stream()
                .filter(memory -> !memory.peer().publicKey().equals(REGISTRY))
                .toList();
        return candidates.follow(states, key -> advertised, SELF, NETWORKS, reach, NOW.plus(after));
    }
}
