package io.wgsd.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between packages, as {@link House} has them. */
class ArrowsTest {

    private static final String MODEL = "io.wgsd.model..";
    private static final String SPI = "io.wgsd.spi..";
    private static final String DNSSD = "io.wgsd.dnssd..";

    @Test
    void eachClassIsInAPackageOfTheHouse() {
        assertThat(OurClasses.ALL)
                .filteredOn(type -> House.slice(type.getPackageName()).isEmpty())
                .extracting(JavaClass::getName)
                .as("classes in packages that House does not list")
                .isEmpty();
    }

    static Set<String> allSlices() {
        return new TreeSet<>(House.slices());
    }

    @ParameterizedTest
    @MethodSource("allSlices")
    void aPackageAndItsRoomsKnowOnlyWhatTheHouseLetsThemKnow(String slice) {
        Set<String> known = House.known(slice);

        assertThat(arrowsOutOf(slice).filter(arrow -> !known.contains(sliceOf(arrow.getTargetClass()))))
                .extracting(Dependency::getDescription)
                .as("what %s knows besides %s", slice, known)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allSlices")
    void nobodyEntersARoomOfAnotherPackage(String slice) {
        // Rooms of "internal" are for all of the project, as far as module-info lets it in.
        assertThat(arrowsOutOf(slice)
                        .filter(arrow -> !sliceOf(arrow.getTargetClass()).equals("internal"))
                        .filter(arrow -> House.room(arrow.getTargetClass().getPackageName())
                                .isPresent()))
                .extracting(Dependency::getDescription)
                .as("what %s knows of others' rooms", slice)
                .isEmpty();
    }

    @Test
    void slicesFormNoCycle() {
        slices().assignedFrom(by("slice", type -> House.slice(type.getPackageName())))
                .should()
                .beFreeOfCycles()
                .check(OurClasses.ALL);
    }

    static Set<String> slicesWithRooms() {
        return OurClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> House.room(name).isPresent())
                .map(name -> House.slice(name).orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("slicesWithRooms")
    void roomsOfOnePackageFormNoCycle(String slice) {
        slices().assignedFrom(by(
                        "room of " + slice,
                        type -> House.slice(type.getPackageName())
                                .filter(slice::equals)
                                .flatMap(own -> House.room(type.getPackageName()))))
                .should()
                .beFreeOfCycles()
                .check(OurClasses.ALL);
    }

    @Test
    void modelAndSpiMentionNoDnsCodecOrLoggingType() {
        noClasses()
                .that()
                .resideInAnyPackage(MODEL, SPI)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.xbill.DNS..", "org.apache.commons.codec..", "org.slf4j.."))
                .check(OurClasses.ALL);
    }

    @Test
    void dnssdKnowsNoSockets() {
        noClasses()
                .that()
                .resideInAPackage(DNSSD)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server|Datagram|Multicast)?Socket(Impl|Channel)?")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "org.xbill.DNS.lookup.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("org\\.xbill\\.DNS\\.(.*Resolver|Lookup|ZoneTransferIn|.*(Tcp|Udp)(Io)?Client)")
                .check(OurClasses.ALL);
    }

    /** Returns what the classes of a slice, of which there must be some, know of our other slices. */
    private static Stream<Dependency> arrowsOutOf(String slice) {
        List<JavaClass> classes = OurClasses.ALL.stream()
                .filter(type -> sliceOf(type).equals(slice))
                .toList();
        assertThat(classes).as("classes of " + slice).isNotEmpty();
        Predicate<Dependency> leavesTheSlice = arrow -> House.isOurs(arrow.getTargetClass())
                && !sliceOf(arrow.getTargetClass()).equals(slice);
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(leavesTheSlice);
    }

    private static String sliceOf(JavaClass type) {
        return House.slice(type.getBaseComponentType().getPackageName()).orElse("none");
    }

    private static SliceAssignment by(String what, Function<JavaClass, Optional<String>> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return name.apply(type).map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return what;
            }
        };
    }
}
