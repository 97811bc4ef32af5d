package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Registering at several registries. */
class RegistrarTest {

    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:51820");

    private final Registering inside = new Registering("10.0.0.254");
    private final Registering outside = new Registering("192.0.2.53");
    private final Reachability reach = new Reachability(new FakeRoutes(), () -> List.of(inside.server, outside.server));
    private final Registrar registrar = new Registrar(List.of(inside, outside), () -> NOW, () -> {});

    /** A registry that takes whatever is registered, or says something else. */
    private static final class Registering implements RegistryChannel {

        private final InetSocketAddress server;
        private final List<List<Endpoint>> taken = new ArrayList<>();
        private RegistrationOutcome outcome = RegistrationOutcome.registered(Duration.ofMinutes(30));

        Registering(String address) {
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
        public CompletableFuture<RegistrationOutcome> register(
                PublicKey key,
                List<Endpoint> candidates,
                Duration lease,
                Function<InetSocketAddress, Optional<InetAddress>> sources) {
            taken.add(candidates);
            return CompletableFuture.completedFuture(outcome);
        }
    }

    @Test
    void onlyRegistriesThatAreReachedThroughTheDeviceAreToldWhereThisHostIs() {
        register();
        register();

        assertThat(inside.taken).containsExactly(List.of(LAN));
        assertThat(outside.taken).isEmpty();
    }

    @Test
    void atTheEndNothingIsRegisteredAnyMore() {
        register();

        registrar.end(reach);

        assertThat(inside.taken).containsExactly(List.of(LAN), List.of());
        assertThat(outside.taken).isEmpty();
    }

    @Test
    void whereNothingIsRegisteredNothingIsTakenBack() {
        registrar.end(reach);

        assertThat(inside.taken).isEmpty();
    }

    @Test
    void aRegistryThatAnswersAgainIsToldAgain() {
        register();
        register();

        registrar.lost(inside.server);
        register();

        assertThat(inside.taken).containsExactly(List.of(LAN), List.of(LAN));
    }

    @Test
    void whatIsNotRegisteredIsReportedWithTheReason() {
        inside.outcome = RegistrationOutcome.unsupported("it takes no registrations (NOTIMP)");

        register();

        assertThat(register())
                .containsExactly(new AgentEvent.CandidatesNotRegistered(
                        inside.server,
                        "registry 10.0.0.254:53 does not show other peers where else this host can be reached:"
                                + " it takes no registrations (NOTIMP)"));
    }

    private List<AgentEvent> register() {
        reach.update(device(peer(REGISTRY, "203.0.113.254:51820", "10.0.0.254/32")), NOW);
        return registrar.register(ALICE, List.of(LAN), reach);
    }
}
