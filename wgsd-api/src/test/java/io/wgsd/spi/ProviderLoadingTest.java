package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ServiceLoader finds beside the SPI is used, what does not load is reported, and nothing of it throws. */
class ProviderLoadingTest {

    private static final String FIXTURES = "io.wgsd.spi.ProviderFixtures$";
    private static final String MEND = "; replace or remove its jar, and see that its dependencies are there";

    @TempDir
    private Path jar;

    @Test
    void findsWhatTheClassPathNames() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, FIXTURES + "Good")).containsExactly("good: it is there");
    }

    @Test
    void reportsAProviderThatThrows() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, FIXTURES + "Throwing"))
                .containsExactly(
                        FIXTURES + "Throwing: it failed to load: java.lang.IllegalStateException: no\\nreason" + MEND);
    }

    @Test
    void reportsAProviderWhoseClassCannotBeInitialized() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, FIXTURES + "Uninitialized"))
                .singleElement()
                .asString()
                .startsWith(FIXTURES + "Uninitialized: it failed to load: ")
                .endsWith(MEND);
    }

    @Test
    void reportsAProviderThatIsNotThere() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, "com.example.Gone"))
                .singleElement()
                .asString()
                .startsWith("a provider that cannot be found: it failed to load: ")
                .contains("com.example.Gone")
                .endsWith(MEND);
    }

    @Test
    void reportsAProviderThatIsNone() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, FIXTURES + "Stranger"))
                .singleElement()
                .asString()
                .contains("Stranger", "it failed to load")
                .endsWith(MEND);
    }

    @Test
    void reportsAListThatIsBroken() throws Exception {
        assertThat(seenWith(ProviderFixtures.Listing.class, "not a class name"))
                .singleElement()
                .asString()
                .contains("META-INF/services/" + PeerSourceProvider.class.getName())
                .endsWith(MEND);
    }

    @Test
    void usesTheGoodAmongTheBroken() throws Exception {
        assertThat(seenWith(
                        ProviderFixtures.Listing.class,
                        "com.example.Gone",
                        FIXTURES + "Throwing",
                        FIXTURES + "Stranger",
                        FIXTURES + "Good",
                        FIXTURES + "Uninitialized"))
                .hasSize(5)
                .first()
                .isEqualTo("good: it is there");
    }

    @Test
    void opensABackendByItsName() throws Exception {
        assertThat(seenWith(ProviderFixtures.Opening.class, FIXTURES + "Good").get(0))
                .isEqualTo("[wg-good]");
    }

    @Test
    void saysWhichNamesExistInsteadOfAnUnknownOne() throws Exception {
        assertThat(seenWith(ProviderFixtures.Opening.class, FIXTURES + "Good", FIXTURES + "Throwing")
                        .get(1))
                .isEqualTo("the backend \"lost\" is unavailable: no backend of that name is on the class path or module"
                        + " path; " + FIXTURES + "Throwing: it failed to load: java.lang.IllegalStateException:"
                        + " no\\nreason" + MEND + "; use one of: good");
    }

    @Test
    void saysWhatToAddWhereThereIsNoBackend() {
        assertThatThrownBy(() -> PeerSources.open("netlink", PeerSourceOptions.defaults()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the backend \"netlink\" is unavailable: no backend of that name is on the class path or"
                        + " module path; add the jar of one, such as wgsd-backend-uapi");
    }

    @Test
    void findsWhatAnotherClassLoaderNames() throws Exception {
        name(FIXTURES + "Good");
        try (URLClassLoader plugins = new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
                PeerSources sources = PeerSources.open(PeerSourceOptions.defaults(), plugins)) {
            assertThat(sources.backends()).extracting(BackendStatus::name).containsExactly("good");
        }
    }

    @Test
    void takesNothingFromTheCallersContext() throws Exception {
        name(FIXTURES + "Good");
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (URLClassLoader context = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            caller.setContextClassLoader(context);
            assertThat(new ProviderFixtures.Listing().get()).isEmpty();
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    /** Runs a class of this test where the SPI's own class loader also finds these providers named. */
    private List<String> seenWith(Class<? extends Supplier<List<String>>> what, String... providers)
            throws IOException, ReflectiveOperationException {
        name(providers);
        URL[] path = {
            jar.toUri().toURL(),
            PeerSources.class.getProtectionDomain().getCodeSource().getLocation(),
            getClass().getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Object inside = loader.loadClass(what.getName()).getConstructor().newInstance();
            return ((Supplier<?>) inside).get() instanceof List<?> lines
                    ? lines.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }

    private void name(String... providers) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.write(services.resolve(PeerSourceProvider.class.getName()), List.of(providers));
    }
}
