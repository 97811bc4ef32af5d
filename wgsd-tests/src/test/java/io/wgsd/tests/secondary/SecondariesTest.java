package io.wgsd.tests.secondary;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.secondary.SecondariesLab.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** BIND, Knot and NSD as secondaries of a registry, as docs/secondaries.md sets them up. */
@Timeout(300)
class SecondariesTest {

    private static final int FEW = 100;

    /** So many that a list is full, and there are lists by the beginnings of keys. */
    private static final int MANY = 1000;

    @TempDir
    Path directory;

    @Test
    void eachHasAChangeAtOnceAndWithoutTheRestOfTheZone() throws Exception {
        try (SecondariesLab lab = SecondariesLab.up(directory, FEW)) {
            String peer = LabNetwork.instance(1);
            lab.move(1, 4242);

            for (NameServer server : NameServer.values()) {
                // By refreshing alone it would take a minute, which is longer than is waited here.
                lab.await(server.address(), peer, "SRV", answer -> answer.startsWith("0 0 4242 "));
                assertThat(server.tookChanges(lab.log(server)))
                        .as("%s took changes: %s", server, lab.log(server))
                        .isTrue();
            }
        }
    }

    @Test
    void eachHasEveryRecordOfALargeZone() throws Exception {
        try (SecondariesLab lab = SecondariesLab.up(directory, MANY)) {
            assertThat(lab.transfer(PRIMARY)).hasSizeGreaterThan(6 * MANY);
            for (NameServer server : NameServer.values()) {
                assertThat(lab.transfer(server.address())).as("%s", server).isEqualTo(lab.transfer(PRIMARY));
            }
        }
    }

    @Test
    void eachCarriesASignedZoneAndItsChangesAsTheyAre() throws Exception {
        Program.require("ldns-verify-zone", "ldnsutils");
        try (SecondariesLab lab = SecondariesLab.upSigned(directory, FEW)) {
            lab.move(1, 4242);
            for (NameServer server : NameServer.values()) {
                lab.await(server.address(), LabNetwork.instance(1), "SRV", answer -> answer.startsWith("0 0 4242 "));
                assertThat(lab.dig(server.address(), "peer-2." + ZONE, "A")).startsWith("10.0.0.2");
                Path zone = Files.write(directory.resolve(server + ".zone"), lab.transfer(server.address()));

                assertThat(lab.run(List.of("ldns-verify-zone", zone.toString())).output())
                        .as("%s", server)
                        .contains("Zone is verified and complete");
                assertThat(lab.run(List.of("dig", "+dnssec", "@" + server.address(), "nobody." + ZONE, "A"))
                                .output())
                        .as("%s", server)
                        .contains("NXDOMAIN", "RRSIG\tNSEC");
            }
        }
    }

    @Test
    void theZoneFileThatEachWritesPassesItsOwnChecker() throws Exception {
        try (SecondariesLab lab = SecondariesLab.up(directory, MANY)) {
            for (NameServer server : NameServer.values()) {
                Path file = lab.awaitZoneFile(server, MANY);
                Program.Result result = lab.run(server.checker(ZONE, file.toString()));

                assertThat(result.status())
                        .as("%s: %s", server, result.output())
                        .isZero();
            }
        }
    }

    @Test
    void eachContinuesWithoutTheRegistryAndCatchesUpWhenItReturns() throws Exception {
        try (SecondariesLab lab = SecondariesLab.up(directory, FEW)) {
            String moving = LabNetwork.instance(1);
            String still = LabNetwork.instance(2);
            String expected = lab.dig(PRIMARY, still, "SRV");
            try (Questioner questioner = Questioner.start(lab, still, "SRV")) {
                lab.killRegistry();
                lab.move(1, 4242);
                questioner.awaitRounds(20);
                lab.startRegistry();

                for (NameServer server : NameServer.values()) {
                    lab.await(server.address(), moving, "SRV", answer -> answer.startsWith("0 0 4242 "));
                }
                assertThat(questioner.answers()).containsExactly(expected);
            }
        }
    }
}
