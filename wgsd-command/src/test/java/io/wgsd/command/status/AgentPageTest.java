package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.options.NamesFile;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RegistryStatus.State;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPageTest {

    @TempDir
    private Path directory;

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final String REASON = "4 handshake messages were sent to 203.0.113.2:2000 and nothing came back;"
            + " no agent there, or it does not have this host's key";

    private static final RegistryStatus UP = RegistryStatus.builder(
                    new InetSocketAddress("10.0.0.254", 53), State.UP, NOW.minusSeconds(7300))
            .age(Duration.ofSeconds(3))
            .pushing(true)
            .roundTrip(Duration.ofNanos(1_440_000))
            .build();
    private static final RegistryStatus DOWN = RegistryStatus.builder(
                    new InetSocketAddress("10.0.1.254", 53), State.DOWN, NOW.minusSeconds(100))
            .reason("registry 10.0.1.254:53 did not answer in time")
            .build();

    private static final PeerStatus DIRECT = PeerStatus.builder(ALICE, PeerState.DIRECT, NOW.minusSeconds(7200))
            .endpoint(Endpoint.parse("203.0.113.1:51820"))
            .build();
    private static final PeerStatus CUT_OFF = PeerStatus.builder(BOB, PeerState.UNREACHABLE, NOW.minusSeconds(300))
            .endpoint(Endpoint.parse("[2001:db8:1234:5678:9abc:def0:1234:5678]:51820"))
            .reason(REASON)
            .build();
    private static final PeerStatus WAITING =
            PeerStatus.builder(BOB, PeerState.WAITING, NOW.minusSeconds(300)).build();

    private static final RelayStatus RELAY = RelayStatus.builder(BOB, RelayStatus.State.UP, NOW.minusSeconds(7200))
            .endpoint(Endpoint.parse("192.0.2.1:443"))
            .build();
    private static final RelayStatus UNUSED_RELAY = RelayStatus.builder(
                    ALICE, RelayStatus.State.UNUSED, NOW.minusSeconds(7200))
            .reason("192.0.2.2:443 is not used: no route")
            .build();

    private static final Device DEVICE = Device.builder("wg0", DeviceKind.KERNEL)
            .peer(Peer.builder(ALICE)
                    .statistics(PeerStatistics.of(NOW.minusSeconds(12), 1_300_000, 40_000_000_000L))
                    .build())
            .build();

    @Test
    void atEightyColumnsKeysAreShortAndWhatIsTooLongGoesBelow() {
        AgentView agent = view(List.of(UP, DOWN), List.of(DIRECT, CUT_OFF));

        assertThat(text(agent, 80)).isEqualTo("""
                wg0: agent, 2 peers: 1 direct, 1 unreachable

                  REGISTRY       STATE  SINCE  HEARD  BY    RTT
                  10.0.0.254:53  up     2 h    3 s    push  1.4 ms
                  10.0.1.254:53  down   1 min  never  poll
                    registry 10.0.1.254:53 did not answer in time

                  PEER        STATE        SINCE  SHAKEN  RX/TX     ENDPOINT
                  xScVkH3f..  direct       2 h    12 s    1.2M/37G  203.0.113.1:51820
                  syKB97Xh..  unreachable  5 min  never   -
                    [2001:db8:1234:5678:9abc:def0:1234:5678]:51820
                    4 handshake messages were sent to 203.0.113.2:2000 and nothing came back; no
                    agent there, or it does not have this host's key
                """);
    }

    @Test
    void relaysHaveAListOfTheirOwn() {
        AgentView agent = view(List.of(UP), List.of(DIRECT), List.of(RELAY, UNUSED_RELAY));

        assertThat(text(agent, 80)).contains("""

                  RELAY       STATE   SINCE  ENDPOINT
                  syKB97Xh..  up      2 h    192.0.2.1:443
                  xScVkH3f..  unused  2 h    none
                    192.0.2.2:443 is not used: no route
                """);
        assertThat(AgentPage.answer(StatusQuery.ofJson(), agent).body())
                .contains("\"relays\":[{\"publicKey\":\"" + BOB.toBase64() + "\",\"state\":\"up\",\"since\":"
                        + "\"2026-01-01T10:00:00Z\",\"endpoint\":\"192.0.2.1:443\",\"reason\":null}");
    }

    @Test
    void aPeerWithANameIsShownByItWithTheKeyBehind() throws IOException {
        Path file = Files.writeString(directory.resolve("names"), "alice " + ALICE.toBase64() + "\n");
        AgentView unnamed = view(List.of(UP), List.of(DIRECT, WAITING));
        AgentView agent = new AgentView(
                "wg0",
                unnamed.health(),
                unnamed.peers(),
                List.of(),
                Optional.of(DEVICE),
                NamesFile.read(file),
                Optional.empty(),
                Optional.empty(),
                NOW);

        assertThat(text(agent, 80)).endsWith("""

                  PEER   KEY         STATE    SINCE  SHAKEN  RX/TX     ENDPOINT
                  alice  xScVkH3f..  direct   2 h    12 s    1.2M/37G  203.0.113.1:51820
                  -      syKB97Xh..  waiting  5 min  never   -         none
                """);
        assertThat(AgentPage.answer(StatusQuery.ofJson(), agent).body()).contains(",\"name\":\"alice\",");
    }

    @Test
    void whereThereIsRoomKeysAreWhole() {
        assertThat(text(view(List.of(UP), List.of(DIRECT)), 120))
                .contains("  xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=  direct  2 h    12 s    1.2M/37G"
                        + "  203.0.113.1:51820\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 120, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        assertThat(text(view(List.of(UP, DOWN), List.of(DIRECT, CUT_OFF, WAITING)), width)
                        .lines())
                .allMatch(line -> line.length() <= width);
    }

    @Test
    void coloursChangeNoWord() {
        AgentView agent = view(List.of(UP, DOWN), List.of(DIRECT, CUT_OFF));

        String coloured = AgentPage.answer(StatusQuery.ofText(80, true), agent).body();

        assertThat(coloured).contains("\u001b[32mdirect\u001b[0m", "\u001b[31munreachable\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[\\d*m", "")).isEqualTo(text(agent, 80));
    }

    @Test
    void aPeerThatNoRegistryListsIsNoFault() {
        assertThat(isWell(view(List.of(UP), List.of(DIRECT, WAITING)))).isTrue();
        assertThat(isWell(view(List.of(UP), List.of(DIRECT, CUT_OFF)))).isFalse();
        assertThat(isWell(view(List.of(UP, DOWN), List.of(DIRECT)))).isFalse();
    }

    @Test
    void whatIsWrongWithTheAgentIsSaidFirst() {
        AgentView agent = new AgentView(
                "wg0",
                AgentHealth.builder()
                        .registry(UP)
                        .deviceProblem("no device \"wg0\"")
                        .build(),
                List.of(),
                List.of(),
                Optional.empty(),
                PeerNames.none(),
                Optional.empty(),
                Optional.empty(),
                NOW);

        assertThat(text(agent, 80)).startsWith("wg0: agent, no peers\nPROBLEM no device \"wg0\"\n");
        assertThat(isWell(agent)).isFalse();
    }

    @Test
    void programsGetAllOfIt() {
        String json = AgentPage.answer(StatusQuery.ofJson(), view(List.of(UP, DOWN), List.of(DIRECT)))
                .body();

        assertThat(json)
                .startsWith("{\"kind\":\"agent\",\"device\":\"wg0\",\"well\":false,\"problems\":[],\"registries\":[")
                .contains("{\"server\":\"10.0.0.254:53\",\"state\":\"up\",\"since\":\"2026-01-01T09:58:20Z\","
                        + "\"ageSeconds\":3,\"pushing\":true,\"roundTripMicros\":1440,\"reason\":null}")
                .contains("\"publicKey\":\"" + ALICE.toBase64() + "\",\"state\":\"direct\"")
                .contains("\"latestHandshake\":\"2026-01-01T11:59:48Z\",\"rxBytes\":1300000,\"txBytes\":40000000000");
    }

    private static AgentView view(List<RegistryStatus> registries, List<PeerStatus> peers) {
        return view(registries, peers, List.of());
    }

    private static AgentView view(List<RegistryStatus> registries, List<PeerStatus> peers, List<RelayStatus> relays) {
        AgentHealth.Builder health = AgentHealth.builder();
        registries.forEach(health::registry);
        return new AgentView(
                "wg0",
                health.build(),
                peers,
                relays,
                Optional.of(DEVICE),
                PeerNames.none(),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    private static String text(AgentView agent, int width) {
        return AgentPage.answer(StatusQuery.ofText(width, false), agent).body();
    }

    private static boolean isWell(AgentView agent) {
        return AgentPage.answer(StatusQuery.ofJson(), agent).isWell();
    }
}
