package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.member.MembersView;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.PeerNames;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The list of members on the page of an agent. */
class MembersRowsTest {

    private static final Instant SIGNED = Instant.parse("2026-01-01T12:00:00Z");
    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final SigningKey OWNER =
            SigningKey.generate(MembersZone.names(NAMES), SigningAlgorithm.ED25519, SIGNED);
    private static final String REFUSAL = "member mallory does not get 0.0.0.0/0: it is a default route";

    @Test
    void aListThatIsValidIsShownWithItsAgeAndKeys() throws UnfitZoneException {
        AgentView agent = agent(Optional.of(signed()), List.of(), List.of(REFUSAL), Duration.ofHours(1));

        assertThat(text(agent)).contains("""

                  MEMBERS  STATE  AGE  VALID  SERIAL      KEYS
                  1        valid  2 h  29 d   %d  %d
                    member mallory does not get 0.0.0.0/0: it is a default route
                """.formatted(signed().serial(), OWNER.tag()));
        assertThat(agent.isWell()).isTrue();
        assertThat(AgentPage.answer(StatusQuery.ofJson(), agent).body())
                .contains("\"members\":{\"zone\":\"members.example.com\",\"state\":\"valid\",\"serial\":"
                        + signed().serial() + ",\"count\":1,\"validFrom\":\"2026-01-01T11:00:00Z\",\"validUntil\":"
                        + "\"2026-01-31T12:00:00Z\",\"keys\":[" + OWNER.tag() + "],\"problems\":[],\"refusals\":[\""
                        + REFUSAL + "\"]}");
    }

    @Test
    void fromHalfOfItsTimeOnItIsDueAndThenExpired() throws UnfitZoneException {
        AgentView due = agent(Optional.of(signed()), List.of(), List.of(), Duration.ofDays(15));
        assertThat(text(due)).contains("  due  ", "    the signatures are valid until 2026-01-31T12:00:00Z; their");
        assertThat(due.isWell()).isFalse();

        AgentView expired = agent(Optional.of(signed()), List.of(), List.of(), Duration.ofDays(31));
        assertThat(text(expired)).contains("  1        expired  31 d  -      ");
    }

    @Test
    void withoutAListTheReasonIsShown() {
        AgentView agent = agent(
                Optional.empty(), List.of("members' zone refused (digest): it is forged"), List.of(), Duration.ZERO);

        assertThat(text(agent)).contains("  -        none   -    -      -", "    members' zone refused (digest)");
        assertThat(agent.isWell()).isFalse();
    }

    @Test
    void ofManyRefusalsTheFirstAreShown() throws UnfitZoneException {
        AgentView agent =
                agent(Optional.of(signed()), List.of(), Collections.nCopies(20, REFUSAL), Duration.ofHours(1));

        assertThat(text(agent).lines().filter(line -> line.contains("mallory"))).hasSize(16);
        assertThat(text(agent)).contains("    and 4 more\n");
    }

    private static VerifiedNetwork signed() throws UnfitZoneException {
        Network network = Network.of(
                NAMES,
                List.of(),
                List.of(Member.builder(PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4="), "alice")
                        .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                        .build()));
        return new MembersVerifier(NAMES, List.of(OWNER.ds()))
                .verify(new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY).sign(network, List.of(), SIGNED));
    }

    private static AgentView agent(
            Optional<VerifiedNetwork> network, List<String> problems, List<String> refusals, Duration later) {
        RegistryStatus up = RegistryStatus.builder(
                        new InetSocketAddress("10.0.0.254", 53), RegistryStatus.State.UP, SIGNED)
                .build();
        return new AgentView(
                "wg0",
                AgentHealth.builder().registry(up).deviceUp(true).build(),
                List.of(),
                List.of(),
                Optional.empty(),
                PeerNames.none(),
                Optional.of(new MembersView("members.example.com", network, refusals, problems)),
                Optional.empty(),
                SIGNED.plus(later));
    }

    private static String text(AgentView agent) {
        return AgentPage.answer(StatusQuery.ofText(80, false), agent).body();
    }
}
