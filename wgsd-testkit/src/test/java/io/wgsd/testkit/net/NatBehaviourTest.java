package io.wgsd.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.testkit.net.NatBehaviour.Filtering;
import io.wgsd.testkit.net.NatBehaviour.Mapping;
import io.wgsd.testkit.net.NatBehaviour.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of NAT, found out by a probe with two addresses and two ports at each, as RFC 5780 does it. Tests {@code
 * NatRules} and {@code NatTable} too.
 */
class NatBehaviourTest {

    private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.1");
    private static final IpAddress INSIDE = IpAddress.parse("10.9.0.1");
    private static final int PORT = 5000;

    private final SimulatedNet net = SimulatedNet.create(Timeline.create(), 1);
    private final SimulatedHost one = host("one", "192.0.2.129");
    private final SimulatedHost other = host("other", "192.0.2.130");

    /** The four sockets of the probe: one host's two ports, then the other's. */
    private final List<List<Datagram>> heard = Stream.of(one, one, other, other)
            .map(host -> (List<Datagram>) new ArrayList<Datagram>())
            .toList();

    private final List<Datagram> inside = new ArrayList<>();

    NatBehaviourTest() {
        for (int i = 0; i < 4; i++) {
            (i < 2 ? one : other).bind(1000 + i % 2, heard.get(i)::add);
        }
    }

    static Stream<NatBehaviour> all() {
        return Stream.of(Mapping.ENDPOINT_INDEPENDENT, Mapping.ADDRESS_DEPENDENT, Mapping.ADDRESS_AND_PORT_DEPENDENT)
                .flatMap(mapping -> Stream.of(
                                Filtering.ENDPOINT_INDEPENDENT,
                                Filtering.ADDRESS_DEPENDENT,
                                Filtering.ADDRESS_AND_PORT_DEPENDENT)
                        .map(filtering -> NatBehaviour.of(mapping, filtering)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aProbeSeesAPortForEachThatTheMappingDependsOn(NatBehaviour nat) {
        SimulatedHost host = behind(nat);
        List<Integer> ports =
                IntStream.range(0, 4).map(i -> seenBy(host, i).port()).boxed().toList();

        List<Integer> expected = switch (nat.mapping()) {
            case NONE, ENDPOINT_INDEPENDENT -> List.of(0, 0, 0, 0);
            case ADDRESS_DEPENDENT -> List.of(0, 0, 2, 2);
            case ADDRESS_AND_PORT_DEPENDENT -> List.of(0, 1, 2, 3);
        };
        assertThat(ports.stream().map(ports::indexOf)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aProbeGetsInFromWhereTheFilterLetsIt(NatBehaviour nat) {
        SimulatedHost host = behind(nat);
        Endpoint mapped = seenBy(host, 0);
        for (int i = 0; i < 4; i++) {
            (i < 2 ? one : other).send(1000 + i % 2, mapped, 10, "from " + i);
        }
        pass(1);

        List<String> expected = switch (nat.filtering()) {
            case NONE, ENDPOINT_INDEPENDENT -> List.of("from 0", "from 1", "from 2", "from 3");
            case ADDRESS_DEPENDENT -> List.of("from 0", "from 1");
            case ADDRESS_AND_PORT_DEPENDENT -> List.of("from 0");
        };
        assertThat(inside).extracting(Datagram::payload).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("all")
    void anAnswerLeavesByThePortAtWhichTheQuestionCameIn(NatBehaviour nat) {
        SimulatedHost host = behind(nat);
        Endpoint mapped = seenBy(host, 0);
        one.send(1001, mapped, 10, "from another port");
        other.send(1000, mapped, 10, "from another address");
        pass(1);

        for (Datagram question : List.copyOf(inside)) {
            host.send(PORT, question.source(), 10, "answer");
        }
        pass(1);

        assertThat(heard.subList(1, 4))
                .allSatisfy(answers ->
                        assertThat(answers).extracting(Datagram::source).allMatch(mapped::equals));
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT_INDEPENDENT, PRESERVED, 5000 5000 5000 5000",
        "ENDPOINT_INDEPENDENT, SEQUENTIAL, 40000 40000 40000 40000",
        "ADDRESS_DEPENDENT, SEQUENTIAL, 40000 40000 40001 40001",
        "ADDRESS_AND_PORT_DEPENDENT, SEQUENTIAL, 40000 40001 40002 40003",
    })
    void aNewMappingHasThePortThatIsNext(Mapping mapping, Ports ports, String expected) {
        SimulatedHost host =
                behind(NatBehaviour.of(mapping, Filtering.ADDRESS_DEPENDENT).withPorts(ports));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> Integer.toString(seenBy(host, i).port())))
                .isEqualTo(List.of(expected.split(" ")));
    }

    @Test
    void randomPortsAreNoSequence() {
        SimulatedHost host = behind(NatBehaviour.of(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT)
                .withPorts(Ports.RANDOM));

        assertThat(seenBy(host, 0).port()).isNotEqualTo(PORT).isNotEqualTo(40_000);
    }

    @Test
    void itsOwnMappingLifeOutranksTheBuilders() {
        SimulatedHost host = behind(NatBehaviour.of(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT)
                .withMappingLife(Duration.ofSeconds(20)));
        Endpoint mapped = seenBy(host, 0);

        pass(19_998);
        one.send(1000, mapped, 10, "in time");
        pass(20_000);
        one.send(1000, mapped, 10, "too late");
        pass(1);

        assertThat(inside).extracting(Datagram::payload).containsExactly("in time");
    }

    @Test
    void hairpinningShowsThePublicAddressOfTheSender() {
        SimulatedNat nat = nat(NatBehaviour.of(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT)
                .withHairpin());
        SimulatedHost host = behind(nat);
        SimulatedHost neighbour = net.host("neighbour")
                .address(IpAddress.parse("10.9.0.2"))
                .behind(nat)
                .attach();
        Endpoint mapped = seenBy(host, 0);

        neighbour.send(6000, mapped, 10, "hello");
        pass(1);

        assertThat(inside).extracting(Datagram::source).containsExactly(Endpoint.of(PUBLIC, 6000));
    }

    @Test
    void aFirewallKeepsAddressesAndStillFilters() {
        SimulatedHost host = behind(NatBehaviour.of(Mapping.NONE, Filtering.ADDRESS_AND_PORT_DEPENDENT));
        Endpoint own = Endpoint.of(INSIDE, PORT);
        other.send(1000, own, 10, "unasked");
        pass(1);

        assertThat(seenBy(host, 0)).isEqualTo(own);
        one.send(1000, own, 10, "answer");
        pass(1);
        assertThat(inside).extracting(Datagram::payload).containsExactly("answer");
    }

    @Test
    void whatIsNoNatLetsEverythingIn() {
        behind(NatBehaviour.open());
        other.send(1000, Endpoint.of(INSIDE, PORT), 10, "unasked");
        other.send(1000, Endpoint.of(PUBLIC, PORT), 10, "for the router itself");
        pass(1);

        assertThat(inside).extracting(Datagram::payload).containsExactly("unasked");
    }

    @Test
    void aHostThatLeavesAFirewallIsNotFoundThereAnyMore() {
        SimulatedHost host = behind(NatBehaviour.open());
        host.move(null, IpAddress.parse("198.51.100.7"));
        other.send(1000, Endpoint.of(INSIDE, PORT), 10, "to the old address");
        other.send(1000, Endpoint.parse("198.51.100.7:5000"), 10, "to the new one");
        pass(1);

        assertThat(inside).extracting(Datagram::payload).containsExactly("to the new one");
    }

    @ParameterizedTest
    @CsvSource({"eim, apdm, 4", "apdm, eim, 4", "eim, eim, 1", "adm, apdm, 4", "adm, eim, 2"})
    void aNatBehindANatIsAsDependentAsTheMoreDependentOfTheTwo(String inner, String outer, int ports) {
        SimulatedNat carrier = nat(NatBehaviour.of(mapping(outer), Filtering.ENDPOINT_INDEPENDENT));
        SimulatedNat home = net.nat("home", NatBehaviour.of(mapping(inner), Filtering.ADDRESS_DEPENDENT))
                .address(IpAddress.parse("100.64.0.1"))
                .behind(carrier)
                .attach();
        SimulatedHost host = behind(home);
        List<Integer> seen =
                IntStream.range(0, 4).map(i -> seenBy(host, i).port()).boxed().toList();
        one.send(1001, seenEndpoint(0), 10, "from another port");
        other.send(1000, seenEndpoint(0), 10, "from another address");
        pass(1);

        assertThat(seen.stream().distinct()).hasSize(ports);
        assertThat(inside).extracting(Datagram::payload).contains("from another port");
    }

    @Test
    void itsNameIsThatOfTheLab() {
        assertThat(all().map(Object::toString))
                .containsExactly(
                        "eim/eif",
                        "eim/adf",
                        "eim/apdf",
                        "adm/eif",
                        "adm/adf",
                        "adm/apdf",
                        "apdm/eif",
                        "apdm/adf",
                        "apdm/apdf");
        assertThat(NatBehaviour.of(Mapping.ADDRESS_DEPENDENT, Filtering.ADDRESS_DEPENDENT)
                        .withPorts(Ports.SEQUENTIAL)
                        .withHairpin()
                        .withMappingLife(Duration.ofSeconds(20)))
                .hasToString("adm/adf,ports=sequential,hairpin,life=20");
        assertThat(NatBehaviour.open()).hasToString("none/none");
    }

    @Test
    void aKindIsABehaviourWithAName() {
        assertThat(NatKind.SYMMETRIC.withHairpin())
                .isEqualTo(NatBehaviour.of(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT)
                        .withHairpin());
        assertThat(NatKind.PORT_RESTRICTED_CONE.withPorts(Ports.PRESERVED))
                .isEqualTo(NatBehaviour.of(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT));
    }

    @Test
    void whatNoNatDoesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatBehaviour.of(Mapping.ENDPOINT_INDEPENDENT, Filtering.NONE))
                .withMessageContaining("eim/none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatBehaviour.open().withHairpin());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatBehaviour.open().withPorts(Ports.RANDOM));
        assertThatIllegalArgumentException().isThrownBy(() -> NatKind.SYMMETRIC.withPorts(Ports.PRESERVED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatKind.SYMMETRIC.withMappingLife(Duration.ZERO))
                .withMessage("mapping timeout must be more than zero, was PT0S");
    }

    private static Mapping mapping(String word) {
        return Stream.of(Mapping.values())
                .filter(mapping -> mapping.toString().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private SimulatedNat nat(NatBehaviour behaviour) {
        return net.nat("nat", behaviour).address(PUBLIC).attach();
    }

    private SimulatedHost behind(NatBehaviour behaviour) {
        return behind(nat(behaviour));
    }

    private SimulatedHost behind(SimulatedNat nat) {
        SimulatedHost host = net.host("inside").address(INSIDE).behind(nat).attach();
        host.bind(PORT, inside::add);
        return host;
    }

    /** Sends to one of the probe's sockets, and returns the source that it sees. */
    private Endpoint seenBy(SimulatedHost host, int socket) {
        host.send(PORT, Endpoint.of((socket < 2 ? one : other).address(false), 1000 + socket % 2), 10, "probe");
        pass(1);
        return seenEndpoint(socket);
    }

    private Endpoint seenEndpoint(int socket) {
        return heard.get(socket).get(0).source();
    }

    private SimulatedHost host(String name, String address) {
        return net.host(name).address(IpAddress.parse(address)).attach();
    }

    private void pass(long millis) {
        net.timeline().runFor(Duration.ofMillis(millis));
    }
}
