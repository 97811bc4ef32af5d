package io.wgsd.command.explain;

import static io.wgsd.command.explain.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.explain.Cause.Kind;
import io.wgsd.command.explain.Probes.Answer;
import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.AgentEvent.PeerRoamed;
import io.wgsd.discovery.PeerStatus.Heard;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which causes fit what was seen. */
class ExplanationTest {

    private static final String NOT_PERMITTED = "Operation not permitted";
    private static final Endpoint OTHER_PORT = Endpoint.parse("198.51.100.1:2000");
    private static final Endpoint ELSEWHERE = Endpoint.parse("192.0.2.77:51820");
    private static final Endpoint IPV6 = Endpoint.parse("[2001:db8::2]:51820");

    static Stream<Arguments> scenes() {
        return Stream.of(
                scene("nothing came back", new Scene(), Kind.NO_AGENT_THERE, Kind.KEY_MISSING_THERE, Kind.PEER_AWAY),
                scene(
                        "an agent runs there",
                        new Scene().heardByRelay(),
                        Kind.KEY_MISSING_THERE,
                        Kind.FILTERED_ON_THE_WAY),
                scene(
                        "it is heard where it is advertised",
                        new Scene().hears(Scene.THERE),
                        Kind.PRESHARED_KEYS_DIFFER,
                        Kind.ONE_WAY),
                scene(
                        "two ports of it are seen",
                        new Scene().hears(OTHER_PORT),
                        Kind.PER_DESTINATION_NAT,
                        Kind.ONE_WAY,
                        Kind.PRESHARED_KEYS_DIFFER),
                scene(
                        "its NAT is known to map by destination",
                        new Scene().heardByRelay().nats(NatMapping.ENDPOINT_INDEPENDENT, NatMapping.DEPENDENT),
                        Kind.KEY_MISSING_THERE,
                        Kind.PER_DESTINATION_NAT),
                scene(
                        "both NATs are known to",
                        new Scene().nats(NatMapping.DEPENDENT, NatMapping.ADDRESS_AND_PORT_DEPENDENT),
                        Kind.PER_DESTINATION_NATS,
                        Kind.NO_AGENT_THERE),
                scene(
                        "both are at one address",
                        new Scene().self(Endpoint.parse("198.51.100.1:1234")),
                        Kind.NO_HAIRPIN,
                        Kind.NO_AGENT_THERE),
                scene("the families differ", new Scene().self(IPV6), Kind.OTHER_FAMILY, Kind.NO_AGENT_THERE),
                scene(
                        "there is no route for its family",
                        new Scene()
                                .advertised(IPV6)
                                .refused(IPV6 + " is not used: this host has no route to it for packets of wg0's own"),
                        Kind.OTHER_FAMILY),
                scene(
                        "its endpoint is inside of the tunnel",
                        new Scene().refused("10.0.0.9:51820 is not used: it is inside the tunnel"),
                        Kind.ENDPOINT_REFUSED),
                scene("no registry lists it", new Scene().waiting(), Kind.NOT_LISTED),
                scene(
                        "the registry's host was not heard for long",
                        new Scene().registryFails().hubShaken(NOW.minusSeconds(900)),
                        Kind.REGISTRY_TUNNEL_DOWN,
                        Kind.UDP_BLOCKED),
                scene("the registry is silent", new Scene().registryFails(), Kind.REGISTRY_AWAY),
                scene(
                        "the registry's tunnel is down",
                        new Scene().registryFails().outward(Optional.empty(), Optional.of(false), Optional.of(false)),
                        Kind.REGISTRY_TUNNEL_DOWN,
                        Kind.UDP_BLOCKED),
                scene(
                        "its host answers to TCP alone",
                        new Scene().registryFails().outward(Optional.empty(), Optional.of(false), Optional.of(true)),
                        Kind.UDP_BLOCKED,
                        Kind.REGISTRY_TUNNEL_DOWN),
                scene(
                        "this host refuses to send",
                        new Scene()
                                .sent(0, Heard.NOTHING)
                                .outward(Optional.of(NOT_PERMITTED), Optional.empty(), Optional.empty()),
                        Kind.FIREWALL_HERE,
                        Kind.NO_AGENT_THERE),
                scene(
                        "this host has no route",
                        new Scene()
                                .sent(0, Heard.NOTHING)
                                .outward(Optional.of("Network is unreachable"), Optional.empty(), Optional.empty()),
                        Kind.NO_ROUTE,
                        Kind.NO_AGENT_THERE),
                scene("the agent asks nobody", new Scene().waiting().notAsked(), Kind.REGISTRY_NOT_ASKED),
                scene(
                        "WireGuard sends nothing",
                        new Scene().sent(0, Heard.NOTHING),
                        Kind.NOTHING_SENT,
                        Kind.FIREWALL_HERE),
                scene(
                        "the clock was set back",
                        new Scene().setBack(Duration.ofSeconds(300)),
                        Kind.CLOCK,
                        Kind.NO_AGENT_THERE),
                scene(
                        "a handshake is in the future",
                        new Scene().hubShaken(NOW.plusSeconds(300)),
                        Kind.CLOCK,
                        Kind.NO_AGENT_THERE),
                scene("the device is gone", new Scene().device("no device \"wg0\""), Kind.DEVICE_GONE),
                scene("the key is missing here", new Scene().noPeer(), Kind.NOT_A_PEER),
                scene(
                        "nothing behind a quiet tunnel answers",
                        new Scene().direct().received(500).probed(Answer.SILENT, Answer.NOT_SENT, Optional.of(false)),
                        Kind.ALLOWED_IPS_MISSING_THERE,
                        Kind.FIREWALL_THERE),
                scene(
                        "nothing behind a busy tunnel answers",
                        new Scene()
                                .direct()
                                .received(5_000_000)
                                .probed(Answer.SILENT, Answer.NOT_SENT, Optional.of(false)),
                        Kind.FIREWALL_THERE,
                        Kind.ALLOWED_IPS_MISSING_THERE),
                scene(
                        "nothing answers any more",
                        new Scene()
                                .registryFails()
                                .direct()
                                .received(500)
                                .probed(Answer.SILENT, Answer.NOT_SENT, Optional.of(false)),
                        Kind.JUST_CUT,
                        Kind.ALLOWED_IPS_MISSING_THERE),
                scene(
                        "only small packets arrive",
                        new Scene().direct().probed(Answer.ANSWERED, Answer.SILENT, Optional.empty()),
                        Kind.MTU),
                scene("it sends from two places in turns", roaming(5), Kind.DUPLICATED_KEY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void theLikeliestCausesComeFirst(String what, Scene scene, List<Kind> expected) {
        Explanation explanation = Explanation.of(scene.seen());

        assertThat(Scene.kinds(scene.seen())).as(what).startsWith(expected.toArray(Kind[]::new));
        assertThat(explanation.isWell()).isFalse();
        assertThat(explanation.causes()).allSatisfy(cause -> {
            assertThat(cause.what()).isNotBlank();
            assertThat(cause.tells()).isNotBlank();
            assertThat(cause.remedy()).isNotBlank();
        });
    }

    /** Two ports were seen where the zone says nat=, or where packets come from another port than is advertised. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void aNatIsCalledSymmetricOnlyWhereTwoMappingsWereSeen(String what, Scene scene, List<Kind> expected) {
        boolean isSeen = what.contains("two ports") || what.contains("NAT");

        assertThat(text(scene).contains("symmetric")).as(text(scene)).isEqualTo(isSeen);
    }

    @Test
    void aPeerThatIsReachedAndAnswersIsWell() {
        Explanation explanation = Explanation.of(new Scene()
                .direct()
                .probed(Answer.ANSWERED, Answer.ANSWERED, Optional.empty())
                .seen());

        assertThat(explanation.isWell()).isTrue();
        assertThat(explanation.causes()).isEmpty();
        assertThat(explanation.headline()).isEqualTo("reached direct at 198.51.100.1:51820 for 1 min");
        assertThat(explanation.evidence()).anyMatch(sentence -> sentence.contains("was answered in 3 ms"));
    }

    @Test
    void aPeerThatAnswersAnEchoRequestIsWellThoughItDropsOthers() {
        Scene scene = new Scene().direct().probed(Answer.SILENT, Answer.NOT_SENT, Optional.of(true));

        assertThat(Explanation.of(scene.seen()).isWell()).isTrue();
    }

    @Test
    void aRelayedPeerIsWellAndItIsSaidWhyThereIsNoDirectPath() {
        Explanation explanation = Explanation.of(new Scene()
                .relayed()
                .nats(NatMapping.DEPENDENT, NatMapping.DEPENDENT)
                .seen());

        assertThat(explanation.isWell()).isTrue();
        assertThat(explanation.headline()).startsWith("reached by relay " + Scene.RELAY);
        assertThat(explanation.causes()).first().extracting(Cause::kind).isEqualTo(Kind.PER_DESTINATION_NATS);
    }

    @Test
    void aPeerThatAnswersInOnePlaceAndIsHeardInAnotherIsWorthALook() {
        Scene elsewhere = new Scene().advertised(ELSEWHERE).direct();
        Scene answers = elsewhere.probed(Answer.ANSWERED, Answer.ANSWERED, Optional.empty());

        assertThat(Explanation.of(answers.seen()).isWell()).isTrue();
        assertThat(Scene.kinds(answers.seen())).containsExactly(Kind.DUPLICATED_KEY);
        assertThat(Scene.kinds(answers.advertised(OTHER_PORT).seen())).isEmpty();
        assertThat(Scene.kinds(answers.advertised(IPV6).seen())).isEmpty();
        assertThat(Scene.kinds(
                        answers.advertised(Endpoint.parse("192.168.1.7:51820")).seen()))
                .isEmpty();
    }

    @Test
    void aPeerThatMovesOnceOrTwiceHasNoDuplicate() {
        assertThat(Explanation.of(roaming(2).seen()).isWell()).isTrue();
    }

    @Test
    void withoutAnAgentTheAgeOfTheHandshakeDecidesAndItIsSaidThatThereIsNoHistory() {
        Explanation reached = Explanation.of(new Scene().direct().noAgent().seen());
        Explanation unreached = Explanation.of(new Scene().noAgent().seen());

        assertThat(reached.isWell()).isTrue();
        assertThat(unreached.isWell()).isFalse();
        assertThat(unreached.evidence()).anyMatch(sentence -> sentence.contains("there is no history"));
        assertThat(Scene.kinds(new Scene().noAgent().seen())).startsWith(Kind.NO_AGENT_THERE);
    }

    @Test
    void whatTheRegistrySaysIsSaidInASentence() {
        assertThat(Explanation.of(new Scene()
                                .heardByRelay()
                                .nats(NatMapping.ENDPOINT_INDEPENDENT, NatMapping.ADDRESS_AND_PORT_DEPENDENT)
                                .seen())
                        .evidence())
                .contains(
                        "The registry 10.0.0.254:53 lists the peer at 198.51.100.1:51820 (for 10 min), behind a NAT that"
                                + " maps by destination (nat=apdm), heard by relay " + Scene.RELAY
                                + "; it sees this host at 203.0.113.1:41424 (for 10 min), behind a NAT that maps alike for all"
                                + " destinations, or none.")
                .contains("8 attempts in 30 s, for which WireGuard sent 6 handshake messages; nothing came back.");
    }

    @Test
    void whatTheAgentSaysIsSaidOnceOnly() {
        Scene scene = new Scene().refused("no route to it for packets of wg0's own");
        assertThat(Explanation.of(scene.seen()).evidence())
                .filteredOn(sentence -> sentence.contains("no route to it"))
                .containsExactly("The agent says: no route to it for packets of wg0's own.");

        scene.happened(
                30, new PeerChanged(Optional.empty(), scene.seen().status().orElseThrow()));

        assertThat(Explanation.of(scene.seen()).evidence())
                .as("what happened has it")
                .noneMatch(sentence -> sentence.contains("no route to it"));
    }

    @Test
    void whatARegistryWasNotAskedItHasNotSaid() {
        assertThat(text(new Scene().selfUnknown()))
                .contains("lists the peer at")
                .doesNotContain("it sees this host at", "it does not list this host");
        assertThat(text(new Scene().self(null))).contains("it does not list this host");
    }

    @Test
    void aPeerMayBeHiddenFromThisHost() {
        assertThat(text(new Scene().waiting())).contains("or it does not show it to this host");
    }

    private static Scene roaming(int times) {
        Scene scene = new Scene().direct();
        for (int i = 0; i < times; i++) {
            boolean away = i % 2 == 0;
            scene.happened(
                    100 - i, new PeerRoamed(Scene.BOB, away ? ELSEWHERE : Scene.THERE, away ? Scene.THERE : ELSEWHERE));
        }
        return scene;
    }

    private static String text(Scene scene) {
        Explanation explanation = Explanation.of(scene.seen());
        return explanation.evidence() + " " + explanation.causes();
    }

    private static Arguments scene(String what, Scene scene, Kind... expected) {
        return Arguments.of(what, scene, List.of(expected));
    }
}
