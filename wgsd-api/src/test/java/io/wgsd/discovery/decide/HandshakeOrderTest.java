package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.HandshakeOrder.CALLER;
import static io.wgsd.discovery.decide.HandshakeOrder.OPENER;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeOrderTest {

    private static final PublicKey LESSER = key(1);
    private static final PublicKey GREATER = key(2);
    private static final PeerFacts UNKNOWN = PeerFacts.none();
    private static final PeerFacts INDEPENDENT = facts(NatMapping.ENDPOINT_INDEPENDENT);

    @Test
    void theLesserKeyOpens() {
        assertThat(HandshakeOrder.of(LESSER, GREATER)).isEqualTo(OPENER);
        assertThat(HandshakeOrder.of(GREATER, LESSER)).isEqualTo(CALLER);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENDPOINT_INDEPENDENT")
    void theSideWhosePortDependsOnTheDestinationCallsWhateverItsKey(NatMapping mapping) {
        for (PeerFacts other : List.of(UNKNOWN, INDEPENDENT)) {
            assertOrder(facts(mapping), other, CALLER, CALLER);
            assertOrder(other, facts(mapping), OPENER, OPENER);
        }
    }

    @Test
    void keysDecideWhereTheNatsDoNotDiffer() {
        PeerFacts dependent = facts(NatMapping.ADDRESS_AND_PORT_DEPENDENT);

        assertOrder(dependent, facts(NatMapping.DEPENDENT), OPENER, CALLER);
        assertOrder(UNKNOWN, UNKNOWN, OPENER, CALLER);
        assertOrder(UNKNOWN, INDEPENDENT, OPENER, CALLER);
    }

    /** Asserts this side's order, where it has the lesser key, and where it has the greater one. */
    private static void assertOrder(PeerFacts self, PeerFacts other, HandshakeOrder lesser, HandshakeOrder greater) {
        assertThat(HandshakeOrder.of(LESSER, self, GREATER, other)).isEqualTo(lesser);
        assertThat(HandshakeOrder.of(GREATER, self, LESSER, other)).isEqualTo(greater);
    }

    private static PublicKey key(int first) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) first;
        return PublicKey.of(bytes);
    }

    private static PeerFacts facts(NatMapping mapping) {
        return new PeerFacts(List.of(), Optional.of(mapping));
    }
}
