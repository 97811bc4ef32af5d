package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a lookup has by default, made of the few methods that it must have. */
class PeerLookupTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Advertisement AT_HOME = Advertisement.builder(ALICE)
            .endpoint(Endpoint.parse("203.0.113.1:1000"))
            .build();
    private static final DiscoveryException SILENT =
            new DiscoveryException(DiscoveryException.Kind.TIMED_OUT, null, "nobody answers", null);

    @Test
    void eachOfSeveralPeersHasAResult() throws Exception {
        PeerLookup lookup = new Smallest(new BrowseResult(List.of(), Map.of(), List.of()));
        Map<PublicKey, LookupResult> expected = Map.of(
                ALICE, new LookupResult.Found(AT_HOME),
                BOB, new LookupResult.Failed(SILENT),
                REGISTRY, new LookupResult.Absent());

        assertThat(lookup.lookupAll(List.of(REGISTRY, BOB, ALICE))).isEqualTo(expected);
        assertThat(lookup.lookupAllAsync(List.of(REGISTRY, BOB, ALICE)).toCompletableFuture())
                .isCompletedWithValue(expected);
    }

    @Test
    void theListLeavesOutWhatFailed() {
        BrowseResult list = new BrowseResult(List.of(AT_HOME), Map.of(BOB, SILENT), List.of());
        PeerLookup lookup = new Smallest(list);

        assertThat(lookup.browseAllAsync().toCompletableFuture())
                .succeedsWithin(LIMIT)
                .isEqualTo(list);
        assertThat(lookup.browseAsync().toCompletableFuture())
                .succeedsWithin(LIMIT)
                .isEqualTo(List.of(AT_HOME));
    }

    @Test
    void aListOfWhichEverythingFailedFails() {
        PeerLookup lookup = new Smallest(new BrowseResult(List.of(), Map.of(BOB, SILENT), List.of()));

        assertThat(lookup.browseAllAsync().toCompletableFuture()).succeedsWithin(LIMIT);
        assertThat(lookup.browseAsync().toCompletableFuture())
                .failsWithin(LIMIT)
                .withThrowableThat()
                .withCause(SILENT);
    }

    @Test
    void aRegistryAnnouncesNoRelays() throws Exception {
        PeerLookup lookup = new Smallest(null);

        assertThat(lookup.relays()).isEmpty();
        assertThat(lookup.relaysAsync().toCompletableFuture()).isCompletedWithValue(List.of());
    }

    @Test
    void waitingForTheRelaysFailsAsTheStageDoes() {
        PeerLookup lookup = new Smallest(null) {
            @Override
            public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
                return CompletableFuture.failedFuture(SILENT);
            }
        };

        assertThatThrownBy(lookup::relays).isSameAs(SILENT);
    }

    @Test
    void waitingForTheRelaysEndsWhenTheThreadIsInterrupted() {
        PeerLookup lookup = new Smallest(null) {
            @Override
            public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
                return new CompletableFuture<>();
            }
        };
        Thread.currentThread().interrupt();

        assertThatThrownBy(lookup::relays).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aListThatCannotBeHadFails() {
        PeerLookup lookup = new Smallest(null);

        assertThat(lookup.browseAllAsync().toCompletableFuture())
                .failsWithin(LIMIT)
                .withThrowableThat()
                .withCause(SILENT);
        assertThat(lookup.browseAsync().toCompletableFuture())
                .failsWithin(LIMIT)
                .withThrowableThat()
                .withCause(SILENT);
    }

    /** Knows Alice, fails for Bob, and has a list or none. */
    private static class Smallest implements PeerLookup {

        private final @Nullable BrowseResult list;

        Smallest(@Nullable BrowseResult list) {
            this.list = list;
        }

        @Override
        public List<InetSocketAddress> servers() {
            return List.of(new InetSocketAddress("10.0.0.254", 53));
        }

        @Override
        public Optional<Advertisement> lookup(PublicKey key) throws DiscoveryException {
            if (key.equals(BOB)) {
                throw SILENT;
            }
            return key.equals(ALICE) ? Optional.of(AT_HOME) : Optional.empty();
        }

        @Override
        public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
            try {
                return CompletableFuture.completedFuture(lookup(key));
            } catch (DiscoveryException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public BrowseResult browseAll() throws DiscoveryException {
            if (list == null) {
                throw SILENT;
            }
            return list;
        }
    }
}
