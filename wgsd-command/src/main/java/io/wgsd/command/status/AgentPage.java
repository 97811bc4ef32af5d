package io.wgsd.command.status;

import io.wgsd.command.member.MembersView;
import io.wgsd.command.output.AddressText;
import io.wgsd.command.output.Json;
import io.wgsd.command.output.NamedKeys;
import io.wgsd.command.output.PeerStatusFormat;
import io.wgsd.command.status.Screen.Cell;
import io.wgsd.command.status.Screen.Row;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.TlsCarriage;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an agent answers at its status socket. */
public final class AgentPage {

    private AgentPage() {}

    /** Returns what answers for an agent; it reads the device each time, for handshakes and traffic. */
    public static UnaryOperator<String> of(
            DiscoveryAgent agent,
            PeerSource source,
            String device,
            PeerNames names,
            Supplier<Optional<MembersView>> members) {
        return line -> {
            AgentView view = new AgentView(
                    device,
                    agent.health(),
                    agent.state(),
                    agent.relays(),
                    read(source, device),
                    names,
                    members.get(),
                    source instanceof TlsCarriage carriage ? carriage.server() : Optional.empty(),
                    Instant.now());
            return answer(StatusQuery.parse(line), view).encoded();
        };
    }

    static StatusAnswer answer(StatusQuery query, AgentView agent) {
        return new StatusAnswer(agent.isWell(), query.json() ? Json.write(json(agent)) : text(query, agent));
    }

    private static Optional<Device> read(PeerSource source, String device) {
        try {
            return Optional.of(source.read(device));
        } catch (WireGuardException e) {
            // The agent's own view says why.
            return Optional.empty();
        }
    }

    private static String text(StatusQuery query, AgentView agent) {
        Screen screen = new Screen(query);
        screen.title(agent.device() + ":", "agent, " + summary(agent.peers()));
        AgentHealth health = agent.health();
        health.ended().ifPresent(screen::problem);
        if (!health.isDeviceUp() && health.ended().isEmpty()) {
            screen.problem(health.deviceProblem().orElse("the device has not been read yet"));
        }
        if (!health.registries().isEmpty()) {
            screen.blank();
            screen.table(
                    2,
                    List.of("REGISTRY", "STATE", "SINCE", "HEARD", "BY", "RTT"),
                    health.registries().stream()
                            .map(registry -> row(registry, agent.now()))
                            .toList());
        }
        if (!agent.relays().isEmpty()) {
            screen.blank();
            screen.table(
                    2,
                    List.of("RELAY", "STATE", "SINCE", "ENDPOINT"),
                    agent.relays().stream()
                            .map(relay -> row(relay, agent.now(), query.width()))
                            .toList());
        }
        agent.tls().ifPresent(server -> {
            screen.blank();
            screen.table(
                    2,
                    List.of("OVER TLS", "SINCE NO UDP GETS THROUGH"),
                    List.of(new Row(List.of(Cell.of(server), new Cell("in use", Style.BUSY)), "")));
        });
        agent.members().ifPresent(members -> MembersRows.show(members, agent.now(), screen));
        if (!agent.peers().isEmpty()) {
            screen.blank();
            screen.table(
                    2,
                    columns(agent.names()),
                    agent.peers().stream()
                            .map(peer -> row(peer, agent, query.width()))
                            .toList());
        }
        return screen.toString();
    }

    /** With names, the key is behind the name. */
    private static List<String> columns(PeerNames names) {
        List<String> columns = new ArrayList<>(names.isEmpty() ? List.of("PEER") : List.of("PEER", "KEY"));
        columns.addAll(List.of("STATE", "SINCE", "SHAKEN", "RX/TX", "ENDPOINT"));
        return columns;
    }

    private static String summary(List<PeerStatus> peers) {
        Map<PeerState, Integer> counts = new EnumMap<>(PeerState.class);
        peers.forEach(peer -> counts.merge(peer.state(), 1, Integer::sum));
        return peers.isEmpty()
                ? "no peers"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + word(entry.getKey()))
                        .collect(Collectors.joining(
                                ", ", peers.size() + (peers.size() == 1 ? " peer: " : " peers: "), ""));
    }

    private static Row row(RegistryStatus registry, Instant now) {
        boolean up = registry.state() == RegistryStatus.State.UP;
        Style style = up ? Style.GOOD : registry.state() == RegistryStatus.State.UNKNOWN ? Style.BUSY : Style.BAD;
        return new Row(
                List.of(
                        Cell.of(AddressText.of(registry.server())),
                        new Cell(word(registry.state()), style),
                        Cell.of(age(registry.since(), now)),
                        Cell.of(registry.age().map(Amounts::time).orElse("never")),
                        Cell.of(registry.isPushing() ? "push" : "poll"),
                        Cell.of(registry.roundTrip().map(Amounts::roundTrip).orElse(""))),
                registry.reason().orElse(""));
    }

    private static Row row(RelayStatus relay, Instant now, int width) {
        Style style = switch (relay.state()) {
            case UP -> Style.GOOD;
            case DOWN -> Style.BAD;
            case ATTACHING -> Style.BUSY;
            case UNUSED -> Style.PLAIN;
        };
        return new Row(
                List.of(
                        Cell.of(ShortKey.of(relay.publicKey(), width)),
                        new Cell(word(relay.state()), style),
                        Cell.of(age(relay.since(), now)),
                        Cell.of(relay.endpoint().map(Endpoint::toString).orElse("none"))),
                relay.reason().orElse(""));
    }

    private static Row row(PeerStatus peer, AgentView agent, int width) {
        Optional<Peer> device = agent.reading().flatMap(reading -> reading.peer(peer.publicKey()));
        List<Cell> cells = new ArrayList<>();
        if (!agent.names().isEmpty()) {
            cells.add(Cell.of(agent.names().of(peer.publicKey()).orElse("-")));
        }
        cells.addAll(List.of(
                Cell.of(ShortKey.of(peer.publicKey(), width)),
                new Cell(word(peer.state()), style(peer.state())),
                Cell.of(age(peer.since(), agent.now())),
                Cell.of(device.flatMap(each -> each.statistics().latestHandshake())
                        .map(shaken -> age(shaken, agent.now()))
                        .orElse("never")),
                Cell.of(device.map(PeerList::traffic).orElse("-")),
                Cell.of(peer.endpoint().map(Endpoint::toString).orElse("none"))));
        return new Row(cells, NamedKeys.in(peer.reason().orElse(""), agent.names()));
    }

    private static String age(Instant since, Instant now) {
        return Amounts.time(Duration.between(since, now));
    }

    private static Style style(PeerState state) {
        if (AgentView.isConnected(state)) {
            return Style.GOOD;
        }
        return AgentView.isCutOff(state) ? Style.BAD : state == PeerState.KEPT ? Style.PLAIN : Style.BUSY;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, @Nullable Object> json(AgentView agent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", "agent");
        json.put("device", agent.device());
        json.put("well", agent.isWell());
        List<String> problems = new ArrayList<>();
        agent.health().ended().ifPresent(problems::add);
        agent.health().deviceProblem().ifPresent(problems::add);
        json.put("problems", problems);
        json.put(
                "registries",
                agent.health().registries().stream().map(AgentPage::json).toList());
        json.put("relays", agent.relays().stream().map(AgentPage::json).toList());
        agent.tls().ifPresent(server -> json.put("tls", server));
        agent.members().ifPresent(members -> json.put("members", MembersRows.json(members, agent.now())));
        json.put("peers", agent.peers().stream().map(peer -> json(peer, agent)).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(RegistryStatus registry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("server", AddressText.of(registry.server()));
        json.put("state", registry.state().name().toLowerCase(Locale.ROOT));
        json.put("since", registry.since());
        json.put("ageSeconds", registry.age().map(Duration::toSeconds).orElse(null));
        json.put("pushing", registry.isPushing());
        json.put(
                "roundTripMicros",
                registry.roundTrip().map(each -> each.toNanos() / 1000).orElse(null));
        json.put("reason", registry.reason().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> json(RelayStatus relay) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", relay.publicKey().toBase64());
        json.put("state", relay.state().name().toLowerCase(Locale.ROOT));
        json.put("since", relay.since());
        json.put("endpoint", relay.endpoint().map(Endpoint::toString).orElse(null));
        json.put("reason", relay.reason().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> json(PeerStatus peer, AgentView agent) {
        Map<String, @Nullable Object> json = PeerStatusFormat.json(peer);
        Optional<Peer> device = agent.reading().flatMap(reading -> reading.peer(peer.publicKey()));
        json.put("name", agent.names().of(peer.publicKey()).orElse(null));
        json.put("path", path(peer));
        json.put(
                "relay",
                peer.path().flatMap(PeerPath::relay).map(PublicKey::toBase64).orElse(null));
        json.put(
                "site",
                peer.advertised().flatMap(Site::of).or(() -> directSite(peer)).orElse(null));
        json.putAll(PeerList.counters(device));
        return json;
    }

    /** Returns which way packets take, as far as that is known; null where there is no live session. */
    private static @Nullable String path(PeerStatus peer) {
        return peer.path()
                .map(path -> path.relay().isPresent() ? "relayed" : isLocal(peer) ? "local" : "direct")
                .orElse(null);
    }

    private static boolean isLocal(PeerStatus peer) {
        return peer.endpoint().map(Endpoint::address).filter(Site::isLocal).isPresent();
    }

    /** The endpoint of a relayed peer is the relay's. */
    private static Optional<String> directSite(PeerStatus peer) {
        return peer.path().flatMap(PeerPath::relay).isPresent()
                ? Optional.empty()
                : peer.endpoint().flatMap(Site::of);
    }
}
