package io.wgsd.tests.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The members' zone as other software sees it: its signatures, its chain, and its digest. */
class MembersSigningTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("Example.com");
    private static final DnsSdNames ZONE = MembersZone.names(NAMES);
    private static final String LDNS = "ldnsutils";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void ldnsAndBindAreContentWithWhatIsSigned(SigningAlgorithm algorithm) throws Exception {
        SigningKey key = SigningKey.generate(ZONE, algorithm, Instant.now());
        List<Record> zone = sign(key);

        Program.Result ldns = ldns(zone, key);
        assertThat(ldns.output()).contains("Zone is verified and complete");
        assertThat(ldns.status()).isZero();
        Program.Result bind =
                run(Program.require("dnssec-verify", "bind9-utils"), "-z", "-o", ZONE.toString(), write("zone", zone));
        assertThat(bind.output()).contains("Zone fully signed");
        assertThat(bind.status()).isZero();
    }

    @Test
    void ldnsRefusesADigestThatIsNotOfTheRecords() throws Exception {
        SigningKey key = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, Instant.now());
        List<Record> zone = new ArrayList<>(sign(key));
        zone.removeIf(record -> record.getName().toString().startsWith("host2.")
                && record.getType() == Type.RRSIG
                && record.rdataToString().startsWith("AAAA "));

        Program.Result ldns = ldns(zone, key);
        assertThat(ldns.status()).isNotZero();
    }

    @Test
    void whatLdnsSignsWithADigestIsBelieved() throws Exception {
        String signer = Program.require("ldns-signzone", LDNS);
        Path keys = directory.resolve("keys");
        SigningKey own = new KeyDirectory(keys).create(ZONE, SigningAlgorithm.ED25519, Instant.now());
        String base;
        try (Stream<Path> files = Files.list(keys)) {
            base = files.map(Path::toString)
                    .filter(file -> file.endsWith(".private"))
                    .findFirst()
                    .orElseThrow()
                    .replace(".private", "");
        }
        String unsigned = write("unsigned", MembersZone.records(network(), 7, Duration.ofDays(30)));
        Path signed = directory.resolve("signed");

        Program.Result result =
                run(signer, "-z", "simple:sha384", "-o", ZONE.toString(), "-f", signed.toString(), unsigned, base);

        assertThat(result.output()).isEmpty();
        List<Record> records = ZoneFile.parse(ZONE.origin(), Files.readAllBytes(signed));
        assertThat(new MembersVerifier(NAMES, List.of(own.ds()))
                        .verifyEachSignature(records)
                        .network())
                .isEqualTo(network());
    }

    @Test
    void aZoneFileIsReadBackAsItWasSigned() throws IOException, UnfitZoneException {
        SigningKey key = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, Instant.now());
        byte[] file = Files.readAllBytes(Path.of(write("zone", sign(key))));

        assertThat(new MembersVerifier(NAMES, List.of(key.dnskey()))
                        .verify(ZoneFile.parse(ZONE.origin(), file))
                        .network())
                .isEqualTo(network());
    }

    private static List<Record> sign(SigningKey key) {
        return new MembersSigner(List.of(key), MembersSigner.VALIDITY).sign(network(), List.of(), Instant.now());
    }

    private static Network network() {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            byte[] bytes = new byte[PublicKey.LENGTH];
            bytes[0] = (byte) (i * 11);
            members.add(Member.builder(PublicKey.of(bytes), "host" + i)
                    .allowedIp(IpPrefix.parse("10.0.0." + i + "/32"))
                    .allowedIp(IpPrefix.parse("fd00::" + i + "/128"))
                    .group("servers")
                    .build());
        }
        return Network.of(NAMES, List.of(IpPrefix.parse("10.0.0.0/24")), members);
    }

    private Program.Result ldns(List<Record> zone, SigningKey key) throws IOException, InterruptedException {
        String verifier = Program.require("ldns-verify-zone", LDNS);
        return run(verifier, "-ZZ", "-k", write("anchor", List.of(key.dnskey())), write("zone", zone));
    }

    private String write(String name, List<Record> records) throws IOException {
        return Files.writeString(directory.resolve(name), ZoneFile.text(records.stream()))
                .toString();
    }

    private static Program.Result run(String... words) throws IOException, InterruptedException {
        return Program.run(Duration.ofSeconds(30), new ProcessBuilder(words));
    }
}
