package io.wgsd.tests.secondary;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BIND, Knot, NSD and PowerDNS as secondaries of a zone with relays and what is known of NATs. */
@Timeout(180)
class RelayedZoneTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse(ZONE);
    private static final String PRIMARY = "127.0.0.1";
    private static final String POWERDNS = "127.0.0.6";

    @TempDir
    Path directory;

    private final List<String> carriers = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachCarriesWhatIsSaidOfRelaysAndNats(boolean signed) throws Exception {
        Program.require("ldns-verify-zone", "ldnsutils");
        try (LabNetwork network = LabNetwork.up(directory)) {
            startAll(network, signed);

            String peer = NAMES.unpadded(RelayedZone.HEARD).toString();
            String relay = "\"relay=" + RelayedZone.RELAY.toBase32() + "\"";
            network.await(PRIMARY, peer, "TXT", text -> text.contains("\"nat=eim\"") && text.contains(relay));
            String soa = network.dig(PRIMARY, ZONE, "SOA");
            List<String> zone = network.transfer(PRIMARY);
            assertThat(zone.stream().filter(RelayedZoneTest::isOfRelays)).hasSizeGreaterThanOrEqualTo(3);
            for (String carrier : carriers) {
                network.await(carrier, ZONE, "SOA", soa::equals);

                assertThat(network.transfer(carrier)).as(carrier).isEqualTo(zone);
                assertThat(network.dig(carrier, peer, "TXT")).as(carrier).contains("\"nat=eim\"", relay);
                assertThat(network.dig(carrier, "_wireguard-relay._udp." + ZONE, "PTR"))
                        .as(carrier)
                        .startsWith(RelayedZone.RELAY.toBase32());
                if (signed) {
                    Path file = Files.write(directory.resolve("carried.zone"), network.transfer(carrier));
                    assertThat(network.run("ldns-verify-zone", file.toString()).output())
                            .as(carrier)
                            .contains("Zone is verified and complete");
                }
            }
        }
    }

    private static boolean isOfRelays(String line) {
        return line.contains("._wireguard-relay._udp.") || line.contains("._wireguard-member._udp.");
    }

    private void startAll(LabNetwork network, boolean signed) throws IOException, InterruptedException {
        String keys = "";
        if (signed) {
            keys = directory.resolve("keys").toString();
            network.wgsd("key", "new", "--zone", ZONE, "--dir", keys).awaitEnd();
        }
        for (NameServer server : NameServer.values()) {
            carriers.add(server.address());
        }
        carriers.add(POWERDNS);
        for (String address : carriers) {
            network.addAddress(address);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RelayedZone.class.getName(),
                PRIMARY,
                keys));
        command.addAll(carriers);
        Background registry = network.background(command);
        registry.awaitLine("ready");
        for (NameServer server : NameServer.values()) {
            Path own = Files.createDirectory(directory.resolve(server.name()));
            network.background(
                    server.command(server.configure(own, ZONE, PRIMARY).toString()));
        }
        startPowerDns(network);
    }

    private void startPowerDns(LabNetwork network) throws IOException, InterruptedException {
        String program = Program.require("pdns_server", "pdns-server");
        Program.require("sqlite3", "sqlite3");
        Path own = Files.createDirectory(directory.resolve("POWERDNS"));
        for (String file : List.of("pdns.conf", "set-up")) {
            try (InputStream in = RelayedZoneTest.class.getResourceAsStream("/secondary/" + file)) {
                String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(
                        own.resolve(file),
                        Stream.of("DIRECTORY=" + own, "ADDRESS=" + POWERDNS, "PRIMARY=" + PRIMARY, "ZONE=" + ZONE)
                                .map(pair -> pair.split("=", 2))
                                .reduce(
                                        text,
                                        (done, pair) -> done.replace("@" + pair[0] + "@", pair[1]),
                                        (one, other) -> other));
            }
        }
        Program.Result result = network.run("sh", own.resolve("set-up").toString());
        assertThat(result.status()).as(result.output()).isZero();
        network.background(List.of(program, "--config-dir=" + own));
    }
}
