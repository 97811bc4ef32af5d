package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class LookupChannelTest {

    private static final InetAddress OWN = ip("10.0.0.1").toInetAddress();
    private static final Advertisement AT_HOME = Advertisement.builder(ALICE)
            .endpoint(Endpoint.parse("203.0.113.1:1000"))
            .build();

    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(BOB, List.of(Endpoint.parse("192.0.2.9:443")));

    private final Scripted lookup = new Scripted();
    private final LookupChannel channel = new LookupChannel(lookup);

    @Test
    void itAsksTheLookup() {
        assertThat(channel.servers()).isEqualTo(lookup.servers());
        assertThat(channel.isProven()).isFalse();
        assertThat(channel.ask(ALICE, server -> Optional.empty())).isCompletedWithValue(Optional.of(AT_HOME));
    }

    @Test
    void itAsksTheLookupForTheRelays() {
        assertThat(channel.relays(server -> Optional.empty())).isCompletedWithValue(List.of(RELAY));
    }

    @Test
    void peersAreFollowedWhileTheFollowingIsActive() {
        channel.follow(Set.of(ALICE), OWN, (key, change) -> {});

        assertThat(channel.isFollowed(ALICE)).isTrue();
        assertThat(channel.isFollowed(BOB)).isFalse();
        lookup.active = false;
        assertThat(channel.isFollowed(ALICE)).isFalse();
    }

    @Test
    void otherPeersAreFollowedInsteadOfThoseOfBefore() {
        channel.follow(Set.of(ALICE), OWN, (key, change) -> {});
        channel.follow(Set.of(ALICE), OWN, (key, change) -> {});
        channel.follow(Set.of(ALICE, BOB), OWN, (key, change) -> {});

        assertThat(lookup.log).containsExactly("follow 1", "close", "follow 2");
    }

    @Test
    void aFollowingThatIsLostBeginsAgainWhenTheRegistryAnswers() {
        channel.follow(Set.of(ALICE), OWN, (key, change) -> {});
        channel.answers();
        lookup.active = false;
        channel.answers();
        channel.unfollow();
        channel.answers();

        assertThat(lookup.log).containsExactly("follow 1", "close", "follow 1", "close");
    }

    @Test
    void aLookupThatPushesNothingIsFollowedByNobody() throws Exception {
        PeerLookup silent = new Scripted() {
            @Override
            public Optional<Following> follow(
                    Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
                return Optional.empty();
            }
        };
        LookupChannel polled = new LookupChannel(silent);
        polled.follow(Set.of(ALICE), OWN, (key, change) -> {});

        assertThat(polled.isFollowed(ALICE)).isFalse();
        assertThat(silent.lookupAll(List.of(BOB, ALICE)).keySet()).containsExactly(ALICE, BOB);
        assertThat(silent.browse()).containsExactly(AT_HOME);
    }

    private static class Scripted implements PeerLookup {

        private final List<String> log = new ArrayList<>();
        private boolean active = true;

        @Override
        public List<InetSocketAddress> servers() {
            return List.of(new InetSocketAddress("10.0.0.254", 53));
        }

        @Override
        public Optional<Advertisement> lookup(PublicKey key) {
            return key.equals(ALICE) ? Optional.of(AT_HOME) : Optional.empty();
        }

        @Override
        public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
            return CompletableFuture.completedFuture(lookup(key));
        }

        @Override
        public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
            return CompletableFuture.completedFuture(List.of(RELAY));
        }

        @Override
        public BrowseResult browseAll() {
            return new BrowseResult(List.of(AT_HOME), new TreeMap<>(Map.of()), List.of());
        }

        @Override
        public Optional<Following> follow(
                Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
            log.add("follow " + keys.size());
            active = true;
            return Optional.of(new Following() {
                @Override
                public boolean isActive() {
                    return active;
                }

                @Override
                public void close() {
                    log.add("close");
                }
            });
        }
    }
}
