package io.wgsd.tests.embedding;

import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our modules as this build has packaged them: the jars that these tests were given, and their POMs. */
final class PackagedModules {

    private static final String BOM = "wgsd-bom";

    private final List<Path> jars;
    private final String version;

    private PackagedModules(List<Path> jars) {
        this.jars = jars;
        version = versionOf(jars.get(0));
    }

    /** Returns the modules of some classes, the API's first; where one is only compiled, the test is skipped. */
    static PackagedModules require(Class<?>... ofModules) {
        List<Path> places = Stream.of(ofModules)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                .map(each -> Path.of(URI.create(each.toString())))
                .toList();
        Lab.require(
                places.stream().allMatch(PackagedModules::isPackagedHere),
                "the modules are compiled but not packaged: run ./mvnw verify");
        return new PackagedModules(places);
    }

    String version() {
        return version;
    }

    /** Copies them, their parent and the BOM to where {@code install} would put them. */
    void installInto(Path repository) throws IOException {
        for (Path jar : jars) {
            Path module = moduleOf(jar);
            install(jar, repository, module.getFileName().toString(), "jar");
            install(module.resolve("pom.xml"), repository, module.getFileName().toString(), "pom");
        }
        Path root = moduleOf(jars.get(0)).getParent();
        install(root.resolve("pom.xml"), repository, "wgsd-parent", "pom");
        // The BOM is published without a parent.
        install(root.resolve(BOM).resolve("target/.flattened-pom.xml"), repository, BOM, "pom");
    }

    private void install(Path file, Path repository, String artifact, String type) throws IOException {
        Path directory = repository.resolve("io/wgsd").resolve(artifact).resolve(version);
        Files.createDirectories(directory);
        Files.copy(file, directory.resolve(artifact + "-" + version + "." + type));
    }

    private static boolean isPackagedHere(Path place) {
        return place.toString().endsWith(".jar") && place.getParent().endsWith("target");
    }

    private static Path moduleOf(Path jar) {
        return jar.getParent().getParent();
    }

    private static String versionOf(Path jar) {
        String artifact = moduleOf(jar).getFileName().toString();
        String file = jar.getFileName().toString();
        return file.substring(artifact.length() + 1, file.length() - ".jar".length());
    }
}
