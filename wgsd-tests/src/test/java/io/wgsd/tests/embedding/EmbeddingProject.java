package io.wgsd.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A project that embeds the library, built outside of this repository from what was installed. */
final class EmbeddingProject {

    private static final Path SOURCES = Path.of("src/test/resources");
    private static final String TARGET = "target";
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private final Path root;

    private EmbeddingProject(Path root) {
        this.root = root;
    }

    /**
     * Copies a project into an empty directory and packages it, with a local repository of its own for our modules.
     *
     * @param sources the project's folder among the resources of these tests
     * @param properties what else Maven is told, as in {@code -Dname=value}
     */
    static EmbeddingProject build(String sources, PackagedModules modules, Path directory, String... properties)
            throws IOException, InterruptedException {
        return build(SOURCES.resolve(sources), modules, directory, properties);
    }

    /** Does the same with a project's folder that is elsewhere. */
    static EmbeddingProject build(Path sources, PackagedModules modules, Path directory, String... properties)
            throws IOException, InterruptedException {
        Path root = directory.resolve("project");
        Path repository = directory.resolve("repository");
        copy(sources, root);
        modules.installInto(repository);
        // Surefire says where the build around this test has its local repository: what is there need not be fetched.
        String rest = Objects.requireNonNull(System.getProperty("localRepository"), "localRepository");
        List<String> command = new ArrayList<>(List.of(
                Path.of("../mvnw").toRealPath().toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + rest,
                "-Dwgsd.version=" + modules.version()));
        command.addAll(List.of(properties));
        command.add("package");
        ProcessBuilder maven = new ProcessBuilder(command).directory(root.toFile());
        maven.environment().put("JAVA_HOME", JAVA_HOME.toString());
        Result result = Program.run(Duration.ofMinutes(3), maven);
        assertThat(result.status()).as(result.output()).isZero();
        return new EmbeddingProject(root);
    }

    /** Returns a file that the build made. */
    Path target(String file) {
        return root.resolve(TARGET).resolve(file);
    }

    /** Returns the directory that has all jars with which the application runs. */
    Path lib() {
        return target("application/lib");
    }

    /** Runs Java to its end, in the project's directory. */
    Result java(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(JAVA_HOME.resolve("bin/java").toString()));
        command.addAll(List.of(arguments));
        return Program.run(Duration.ofSeconds(30), new ProcessBuilder(command).directory(root.toFile()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            // What was built there by hand is not taken along.
            for (Path file :
                    files.filter(file -> !file.startsWith(from.resolve(TARGET))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
