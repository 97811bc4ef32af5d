package io.wgsd.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which: {@code model <- spi <- backends}, {@code model <- dnssd <- discovery, server, publish}, {@code
 * model <- relay} and {@code spi <- discovery, server}.
 */
class ArrowsTest {

    private static final String INTERNAL = "io.wgsd.internal..";
    private static final String MODEL = "io.wgsd.model..";
    private static final String SPI = "io.wgsd.spi..";
    private static final String DNSSD = "io.wgsd.dnssd..";
    private static final String DISCOVERY = "io.wgsd.discovery..";
    private static final String SERVER = "io.wgsd.server..";
    private static final String PUBLISH = "io.wgsd.publish..";
    private static final String RELAY = "io.wgsd.relay..";
    private static final String TESTKIT = "io.wgsd.testkit..";
    private static final String COMMAND = "io.wgsd.command..";
    private static final String EXAMPLES = "io.wgsd.examples..";

    @Test
    void internalKnowsNothingOfOurs() {
        holds(knowsOfOursOnly(INTERNAL));
    }

    @Test
    void modelKnowsNothingOfOurs() {
        holds(knowsOfOursOnly(MODEL, INTERNAL));
    }

    @Test
    void spiKnowsOnlyTheModel() {
        holds(knowsOfOursOnly(SPI, MODEL, INTERNAL));
    }

    @Test
    void dnssdKnowsOnlyTheModel() {
        holds(knowsOfOursOnly(DNSSD, MODEL, INTERNAL));
    }

    @Test
    void discoveryKnowsTheSpiAndDnssdButNoServerAndNoBackend() {
        holds(knowsOfOursOnly(DISCOVERY, DNSSD, SPI, MODEL, INTERNAL));
    }

    @Test
    void serverKnowsTheSpiAndDnssdButNeitherDiscoveryNorPublishNorABackend() {
        holds(knowsOfOursOnly(SERVER, DNSSD, SPI, MODEL, INTERNAL));
    }

    @Test
    void publishKnowsOnlyDnssdAndTheModel() {
        holds(knowsOfOursOnly(PUBLISH, DNSSD, MODEL, INTERNAL));
    }

    @Test
    void relayKnowsOnlyTheModel() {
        holds(knowsOfOursOnly(RELAY, MODEL, INTERNAL));
    }

    @Test
    void aBackendKnowsTheSpiAndNoOtherBackend() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.wgsd.backend..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.wgsd..").and(resideOutsideOfPackages("io.wgsd.backend..", SPI, MODEL))));
        holds(slices().matching("io.wgsd.backend.(*)..").should().notDependOnEachOther());
    }

    @Test
    void theTestkitKnowsNoBackendAndNoServer() {
        holds(noClasses()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.wgsd.backend..", SERVER, PUBLISH, RELAY, COMMAND, EXAMPLES)));
    }

    @Test
    void nothingKnowsTheCommandOrTheExamples() {
        for (String last : List.of(COMMAND, EXAMPLES)) {
            holds(noClasses().that().resideOutsideOfPackage(last).should().dependOnClassesThat(resideInAPackage(last)));
        }
    }

    @Test
    void publishedPackagesFormNoCycleEachWithItsRooms() {
        holds(slices().assignedFrom(Rooms.HOUSES).should().beFreeOfCycles());
    }

    @Test
    void theRoomsOfOnePackageFormNoCycle() {
        holds(slices().assignedFrom(Rooms.ROOMS).should().beFreeOfCycles());
    }

    @Test
    void modelAndSpiMentionNoDnsCodecOrLoggingType() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(MODEL, SPI)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.xbill.DNS..", "org.apache.commons.codec..", "org.slf4j..")));
    }

    @Test
    void dnssdKnowsNoSockets() {
        holds(noClasses()
                .that()
                .resideInAPackage(DNSSD)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server|Datagram|Multicast)?Socket(Impl|Channel)?")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "org.xbill.DNS.lookup.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("org\\.xbill\\.DNS\\.(.*Resolver|Lookup|ZoneTransferIn|.*(Tcp|Udp)(Io)?Client)"));
    }

    private static ArchRule knowsOfOursOnly(String subject, String... others) {
        String[] allowed = Stream.concat(Stream.of(subject), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(subject)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackages("io.wgsd..")));
    }

    /** A package that has no classes yet breaks no rule. */
    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(OurClasses.ALL);
    }
}
