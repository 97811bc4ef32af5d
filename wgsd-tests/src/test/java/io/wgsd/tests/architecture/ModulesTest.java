package io.wgsd.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Opens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module-infos promise, and that this module's tests see all of them. */
class ModulesTest {

    private static final String PROVIDER = "io.wgsd.spi.PeerSourceProvider";

    @Test
    void eachModuleOfTheBuildIsOnTheClassPathOfTheseTests() throws IOException {
        Set<String> seen = OurModule.all().stream().map(OurModule::name).collect(Collectors.toUnmodifiableSet());
        try (Stream<Path> folders = Files.list(Path.of("..").toRealPath())) {
            Set<String> built = folders.map(folder -> folder.resolve("src/main/java/module-info.java"))
                    .filter(Files::exists)
                    .map(ModulesTest::nameOfModule)
                    .collect(Collectors.toUnmodifiableSet());
            assertThat(built)
                    .as("modules of the build, each of which wgsd-tests must depend on")
                    .isNotEmpty()
                    .isSubsetOf(seen);
        }
    }

    @Test
    void noModuleExportsARoomToEverybody() {
        assertThat(OurModule.all())
                .flatExtracting(each -> each.descriptor().exports())
                .filteredOn(exports -> !exports.isQualified())
                .extracting(Exports::source)
                .containsExactlyInAnyOrderElementsOf(House.PUBLISHED.keySet().stream()
                        .map(House.ROOT::concat)
                        .toList());
    }

    @Test
    void noModuleOpensAPackageToEverybody() {
        assertThat(OurModule.all())
                .flatExtracting(each -> each.descriptor().opens())
                .isNotEmpty()
                .allMatch(Opens::isQualified);
    }

    @Test
    void theTestkitProvidesNoPeerSource() {
        assertThat(OurModule.all())
                .filteredOn(each -> each.name().equals("io.wgsd.testkit"))
                .singleElement()
                .satisfies(testkit -> {
                    assertThat(testkit.descriptor().provides()).isEmpty();
                    assertThat(testkit.providersInMetaInf(PROVIDER)).isEmpty();
                });
    }

    @Test
    void theModulePathAndTheClassPathFindTheSameProviders() {
        assertThat(OurModule.all())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.providersInMetaInf(PROVIDER))
                        .as(each.name())
                        .isEqualTo(each.providersInModuleInfo(PROVIDER)));
    }

    private static String nameOfModule(Path moduleInfo) {
        try (Stream<String> lines = Files.lines(moduleInfo)) {
            return lines.filter(line -> line.contains("module io.wgsd."))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no \"module io.wgsd.…\" in " + moduleInfo))
                    .replaceFirst(".*module (\\S+).*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
