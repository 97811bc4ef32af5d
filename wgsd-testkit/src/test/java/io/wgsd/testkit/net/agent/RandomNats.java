package io.wgsd.testkit.net.agent;

import io.wgsd.testkit.net.NatBehaviour;
import io.wgsd.testkit.net.NatBehaviour.Filtering;
import io.wgsd.testkit.net.NatBehaviour.Mapping;
import io.wgsd.testkit.net.NatBehaviour.Ports;
import io.wgsd.testkit.net.NatKind;
import io.wgsd.testkit.net.NatLab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The NATs and relays of a history, by chance: in half of them what most peers are behind, else one kind or two on each
 * side, and as many relays as are needed.
 */
final class RandomNats {

    private final Random random;
    private final List<NatBehaviour> ofAlice;
    private final List<NatBehaviour> ofBob;
    private final List<String> relays = new ArrayList<>();

    RandomNats(Random random) {
        this.random = random;
        boolean usual = random.nextBoolean();
        ofAlice = usual ? List.of(NatKind.PORT_RESTRICTED_CONE) : side();
        ofBob = usual ? List.of(NatKind.PORT_RESTRICTED_CONE) : side();
        int count = usual ? random.nextInt(2) : isDirect() ? random.nextInt(3) : 1 + random.nextInt(2);
        for (int i = 1; i <= count; i++) {
            relays.add("relay" + i);
        }
    }

    /** Returns the names of the relays. */
    List<String> relays() {
        return relays;
    }

    void build(NatLab.Builder lab) {
        lab.aliceNat(ofAlice.get(0)).bobNat(ofBob.get(0));
        ofAlice.stream().skip(1).forEach(lab::aliceCarrier);
        ofBob.stream().skip(1).forEach(lab::bobCarrier);
        relays.forEach(lab::relay);
    }

    /**
     * Returns whether peers behind these can have a direct tunnel for sure: on one side the packets to the endpoint that
     * the registry sees must get in.
     */
    boolean isDirect() {
        return letsIn(ofAlice, ofBob) || letsIn(ofBob, ofAlice);
    }

    @Override
    public String toString() {
        return ofAlice + " towards " + ofBob + " and " + relays;
    }

    private List<NatBehaviour> side() {
        return random.nextInt(5) == 0 ? List.of(kind(), kind()) : List.of(kind());
    }

    private NatBehaviour kind() {
        if (random.nextInt(6) == 0) {
            return random.nextBoolean()
                    ? NatBehaviour.open()
                    : NatBehaviour.of(Mapping.NONE, Filtering.ADDRESS_AND_PORT_DEPENDENT);
        }
        NatBehaviour kind = NatBehaviour.of(
                oneOf(
                        Mapping.ENDPOINT_INDEPENDENT,
                        Mapping.ADDRESS_DEPENDENT,
                        Mapping.ADDRESS_AND_PORT_DEPENDENT,
                        Mapping.ADDRESS_AND_PORT_DEPENDENT),
                oneOf(
                        Filtering.ENDPOINT_INDEPENDENT,
                        Filtering.ADDRESS_DEPENDENT,
                        Filtering.ADDRESS_AND_PORT_DEPENDENT,
                        Filtering.ADDRESS_AND_PORT_DEPENDENT));
        return random.nextInt(3) == 0 ? kind.withPorts(Ports.SEQUENTIAL) : kind;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A dependent mapping may answer from another port than the one that was asked, so it does not count. */
    private static boolean letsIn(List<NatBehaviour> receiver, List<NatBehaviour> sender) {
        boolean exact = strictest(receiver) == Filtering.ADDRESS_AND_PORT_DEPENDENT;
        return isIndependent(receiver) && (!exact || isIndependent(sender));
    }

    private static Filtering strictest(List<NatBehaviour> nats) {
        Stream<Filtering> all = nats.stream().map(NatBehaviour::filtering);
        return all.max(Filtering::compareTo).orElseThrow();
    }

    private static boolean isIndependent(List<NatBehaviour> nats) {
        List<Mapping> independent = Arrays.asList(Mapping.NONE, Mapping.ENDPOINT_INDEPENDENT);
        return nats.stream().map(NatBehaviour::mapping).allMatch(independent::contains);
    }
}
