package io.wgsd.discovery.decide.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelayChoiceTest {

    private static final PublicKey OWN = key(1);
    private static final PublicKey PEER = key(2);
    private static final Endpoint HERE = Endpoint.parse("192.0.2.1:443");
    private static final Endpoint THERE = Endpoint.parse("198.51.100.1:443");

    @Test
    void takesTheOneRelayThatBothHave() {
        assertThat(RelayChoice.of(OWN, PEER, Map.of(key(7), HERE, key(8), THERE), List.of(key(8), key(9))))
                .contains(new RelayRoute(key(8), THERE));
    }

    @Test
    void thereIsNoneWhereTheyHaveNoneInCommon() {
        assertThat(RelayChoice.of(OWN, PEER, Map.of(key(7), HERE), List.of(key(8))))
                .isEmpty();
        assertThat(RelayChoice.of(OWN, PEER, Map.of(), List.of(key(8)))).isEmpty();
    }

    @Test
    void bothSidesTakeTheSame() {
        Map<PublicKey, Endpoint> usable = relays(8);
        for (int i = 20; i < 60; i++) {
            assertThat(RelayChoice.of(OWN, key(i), usable, usable.keySet()))
                    .isEqualTo(RelayChoice.of(key(i), OWN, usable, usable.keySet()));
        }
    }

    @Test
    void pairsAreSpreadOverAllRelays() {
        Map<PublicKey, Endpoint> usable = relays(4);
        Set<PublicKey> taken = new HashSet<>();
        for (int i = 20; i < 120; i++) {
            RelayChoice.of(OWN, key(i), usable, usable.keySet()).ifPresent(route -> taken.add(route.relay()));
        }
        assertThat(taken).hasSize(4);
    }

    @Test
    void ifARelayGoesOnlyItsOwnPairsMove() {
        Map<PublicKey, Endpoint> all = relays(4);
        Map<PublicKey, Endpoint> left = new HashMap<>(all);
        left.remove(key(200));
        for (int i = 20; i < 120; i++) {
            Optional<RelayRoute> before = RelayChoice.of(OWN, key(i), all, all.keySet());
            if (!before.orElseThrow().relay().equals(key(200))) {
                assertThat(RelayChoice.of(OWN, key(i), left, left.keySet())).isEqualTo(before);
            }
        }
    }

    private static Map<PublicKey, Endpoint> relays(int count) {
        Map<PublicKey, Endpoint> relays = new HashMap<>();
        for (int i = 0; i < count; i++) {
            relays.put(key(200 + i), HERE);
        }
        return relays;
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[31] = (byte) (number / 2);
        return PublicKey.of(bytes);
    }
}
