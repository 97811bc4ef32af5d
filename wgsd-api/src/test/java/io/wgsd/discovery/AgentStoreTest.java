package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentStore.Kept;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a store keeps. AgentStoreFileTest is about the store in a file. */
class AgentStoreTest {

    private static final Map<PublicKey, Endpoint> ENDPOINTS = Map.of(ALICE, Endpoint.parse("198.51.100.1:51820"));

    @Test
    void nothingIsKeptAtFirst() throws Exception {
        assertThat(AgentStore.inMemory().load()).isEqualTo(Kept.nothing());
        assertThat(Kept.nothing()).isEqualTo(Kept.builder().build());
    }

    @Test
    void valuesAreEqualByWhatIsKept() {
        Kept kept =
                Kept.builder().endpoints(ENDPOINTS).lentKeepalives(Set.of(BOB)).build();
        assertThat(kept)
                .isEqualTo(Kept.builder()
                        .lentKeepalives(Set.of(BOB))
                        .endpoints(ENDPOINTS)
                        .build())
                .hasSameHashCodeAs(Kept.builder()
                        .lentKeepalives(Set.of(BOB))
                        .endpoints(ENDPOINTS)
                        .build())
                .isNotEqualTo(Kept.builder().endpoints(ENDPOINTS).build())
                .isNotEqualTo(Kept.builder().lentKeepalives(Set.of(BOB)).build())
                .isNotEqualTo(Kept.builder()
                        .endpoints(ENDPOINTS)
                        .lentKeepalives(Set.of(BOB))
                        .addedRelays(Set.of(BOB))
                        .build())
                .isNotEqualTo(Kept.builder()
                        .endpoints(ENDPOINTS)
                        .lentKeepalives(Set.of(BOB))
                        .switchedKeepalives(Map.of(BOB, Duration.ZERO))
                        .build());
        assertThat(kept.toString()).contains("198.51.100.1:51820", BOB.toString());
    }

    @Test
    void laterChangesOfTheCallersCollectionsDoNotMatter() {
        Map<PublicKey, Endpoint> endpoints = new HashMap<>(ENDPOINTS);
        Set<PublicKey> lent = new HashSet<>(Set.of(BOB));
        Kept kept = Kept.builder().endpoints(endpoints).lentKeepalives(lent).build();
        endpoints.clear();
        lent.clear();
        assertThat(kept.endpoints()).isEqualTo(ENDPOINTS);
        assertThat(kept.lentKeepalives()).containsExactly(BOB);
    }
}
