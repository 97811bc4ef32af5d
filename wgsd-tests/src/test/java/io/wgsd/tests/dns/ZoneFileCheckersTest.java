package io.wgsd.tests.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SelfOptions;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;

/** The checkers of other name servers accept the zone files of large zones without a warning. */
class ZoneFileCheckersTest {

    private static final String ORIGIN = "peers.example.";

    /** So many that they are also listed by the beginnings of their keys. */
    private static final int MANY = 1000;

    @TempDir
    Path directory;

    @Test
    void bindTakesAPrimaryZoneWithoutAddressesAtInstances() throws Exception {
        assertThat(namedCheckzone("fail", write(zone(MANY, false))))
                .isEqualTo(Result.done("zone peers.example/IN: loaded serial 7\nOK\n"));
    }

    @Test
    void bindRefusesAPrimaryZoneWithAddressesAtInstances() throws Exception {
        Result result = namedCheckzone("fail", write(zone(MANY, true)));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("bad owner name (check-names)");
    }

    @Test
    void bindTakesAddressesAtInstancesWhereItDoesNotCheckNames() throws Exception {
        assertThat(namedCheckzone("ignore", write(zone(MANY, true))))
                .isEqualTo(Result.done("zone peers.example/IN: loaded serial 7\nOK\n"));
    }

    @Test
    void bindReadsTheRecordsThatWereWritten() throws Exception {
        Zone zone = zone(MANY, true);
        Path compiled = directory.resolve("compiled");
        String compile = Program.require("named-compilezone", "bind9-utils");
        Result result = run(compile, "-k", "ignore", "-s", "full", "-o", compiled.toString(), ORIGIN, write(zone));

        assertThat(result.output()).endsWith("OK\n");
        assertThat(read(compiled))
                .containsExactlyInAnyOrderElementsOf(zone.records().toList());
    }

    @Test
    void nsdTakesIt() throws Exception {
        String check = Program.require("nsd-checkzone", "nsd");
        assertThat(run(check, ORIGIN, write(zone(MANY, true)))).isEqualTo(Result.done("zone peers.example. is ok\n"));
    }

    @Test
    void knotTakesIt() throws Exception {
        String check = Program.require("kzonecheck", "knot-dnssecutils");
        assertThat(run(check, "--origin", ORIGIN, write(zone(MANY, true)))).isEqualTo(Result.done(""));
    }

    private static Result namedCheckzone(String checkNames, String file) throws Exception {
        String check = Program.require("named-checkzone", "bind9-utils");
        return run(check, "-k", checkNames, "-m", "fail", "-n", "fail", "-r", "fail", ORIGIN, file);
    }

    private static Result run(String... command) throws Exception {
        return Program.run(Duration.ofSeconds(30), new ProcessBuilder(command));
    }

    private String write(Zone zone) throws IOException {
        return Files.writeString(directory.resolve("zone"), ZoneFile.text(zone), US_ASCII)
                .toString();
    }

    private static List<Record> read(Path file) throws IOException {
        List<Record> records = new ArrayList<>();
        try (Master master = new Master(file.toString())) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        }
        return records;
    }

    private static Zone zone(int peers, boolean instanceAddresses) {
        ZoneOptions options = ZoneOptions.builder(DnsSdNames.parse(ORIGIN))
                .nameServerAddress(IpAddress.parse("10.0.0.254"))
                .nameServerAddress(IpAddress.parse("fd00::254"))
                .instanceAddresses(instanceAddresses)
                .build();
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(key(peers))
                .listenPort(51820)
                .peers(IntStream.range(0, peers)
                        .mapToObj(ZoneFileCheckersTest::peer)
                        .toList())
                .build();
        SelfOptions self = new SelfOptions(IpAddress.parse("192.0.2.1"), OptionalInt.empty(), prefixes(0, 3));
        List<Advertisement> advertisements =
                Advertiser.ofAllPeers().withSelf(self).advertise(device, List.of(), Instant.EPOCH);
        return Zone.of(options, advertisements, 7);
    }

    /** Half of the peers are reached by IPv6; one in a hundred has as many allowed IPs as a large site. */
    private static Peer peer(int number) {
        String host = number % 2 == 0 ? "198.51.100." + number % 256 : "[2001:db8::" + number + "]";
        return Peer.builder(key(number))
                .endpoint(Endpoint.parse(host + ":" + (1024 + number)))
                .allowedIps(prefixes(number, number % 100 == 0 ? 300 : 2))
                .build();
    }

    private static List<IpPrefix> prefixes(int peer, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.parse(
                        i % 2 == 0
                                ? "10." + peer / 256 + "." + peer % 256 + "." + i % 256 + "/32"
                                : "fd00:" + Integer.toHexString(peer) + ":" + i + "::/48"))
                .distinct()
                .toList();
    }

    private static PublicKey key(int number) {
        return PublicKey.of(
                ByteBuffer.allocate(PublicKey.LENGTH).putInt(number * 4_294_967).array());
    }
}
