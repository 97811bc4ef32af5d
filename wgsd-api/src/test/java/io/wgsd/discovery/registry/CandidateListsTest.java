package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where each peer may be, made anew only where something else is known. */
class CandidateListsTest {

    private static final Endpoint HERE = Endpoint.parse("203.0.113.1:1000");
    private static final Endpoint THERE = Endpoint.parse("198.51.100.200:2000");
    private static final Endpoint UNROUTED = Endpoint.parse("[2001:db8::1]:3000");

    private final Device device = device(peer(ALICE, "", "10.0.0.3/32"), peer(BOB, "", "10.0.0.4/32"));
    private final Reachability reach = new Reachability(new FakeRoutes(), List::of);
    private final CandidateLists lists = new CandidateLists();
    private final Map<PublicKey, List<Endpoint>> advertised = new HashMap<>(Map.of(ALICE, List.of(HERE)));
    private final List<PublicKey> askedFor = new ArrayList<>();

    @BeforeEach
    void looksAround() {
        reach.update(device, NOW);
    }

    @Test
    void aPeerThatMayBeNowhereIsLeftOut() {
        assertThat(candidates()).containsOnlyKeys(ALICE);
        assertThat(candidates().get(ALICE)).containsExactly(Candidate.advertised(HERE));
    }

    @Test
    void whereNothingHasChangedTheMapIsTheSame() {
        var first = candidates();
        askedFor.clear();
        assertThat(candidates()).isSameAs(first);
        assertThat(askedFor).isEmpty();
    }

    @Test
    void onlyAPeerWithNewsIsCheckedAgain() {
        var first = candidates();
        askedFor.clear();
        advertised.put(BOB, List.of(THERE));
        lists.changed(BOB);

        assertThat(candidates()).containsOnlyKeys(ALICE, BOB);
        assertThat(askedFor).containsExactly(BOB);
        assertThat(first).containsOnlyKeys(ALICE);
    }

    @Test
    void aPeerThatIsNotAdvertisedAnyMoreIsLeftOut() {
        candidates();
        advertised.clear();
        lists.changed(ALICE);
        assertThat(candidates()).isEmpty();
    }

    @Test
    void allPeersAreCheckedAgainIfRoutesHaveChanged() {
        candidates();
        askedFor.clear();
        lists.allChanged();
        candidates();
        assertThat(askedFor).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void newsOfAPeerThatTheDeviceDoesNotHaveIsIgnored() {
        candidates();
        PublicKey stranger = PublicKey.of(new byte[PublicKey.LENGTH]);
        advertised.put(stranger, List.of(THERE));
        lists.changed(stranger);
        assertThat(candidates()).containsOnlyKeys(ALICE);
    }

    @Test
    void wherePacketsMayNotGetComesLast() {
        advertised.put(ALICE, List.of(UNROUTED, HERE));
        assertThat(candidates().get(ALICE)).extracting(Candidate::endpoint).containsExactly(HERE, UNROUTED);
    }

    private Map<PublicKey, List<Candidate>> candidates() {
        return lists.of(
                device,
                Set.of(),
                key -> {
                    askedFor.add(key);
                    return new CandidateLists.Known(advertised.getOrDefault(key, List.of()), false);
                },
                reach);
    }
}
