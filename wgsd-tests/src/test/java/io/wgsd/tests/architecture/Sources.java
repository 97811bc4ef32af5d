package io.wgsd.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Java files of the whole project, tests included. */
final class Sources {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String MAIN = "/src/main/java/";
    private static final Set<String> INFOS = Set.of("package-info.java", "module-info.java");

    private Sources() {}

    /** Returns all files, relative to the project's folder. */
    static List<Path> all() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    return name.equals("target") || name.startsWith(".")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".java")) {
                        files.add(ROOT.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new AssertionError("no Java file below " + ROOT);
        }
        return files;
    }

    /**
     * Returns, for each of our packages of the main sources, the names of its files, whichever module they are in.
     * Benchmarks are left out: some of them are in packages of the library, to measure what only these see.
     */
    static Map<String, Set<String>> mainPackages() {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (Path file : all()) {
            String path = "/" + file;
            int main = path.indexOf(MAIN);
            if (main >= 0
                    && !path.startsWith("/benchmarks/")
                    && file.getParent().toString().contains("io/wgsd")
                    && !path.contains("/src/test/")) {
                String folder = file.getParent().toString().substring(main + MAIN.length() - 1);
                packages.computeIfAbsent(folder.replace('/', '.'), first -> new TreeSet<>())
                        .add(file.getFileName().toString());
            }
        }
        if (packages.isEmpty()) {
            throw new AssertionError("no package in the main sources below " + ROOT);
        }
        return packages;
    }

    /** Returns how many files of a package declare types. */
    static long types(Set<String> files) {
        return files.stream().filter(file -> !INFOS.contains(file)).count();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a package's page, which is in exactly one module. */
    static String packageInfo(String packageName) {
        String ending = MAIN + packageName.replace('.', '/') + "/package-info.java";
        return all().stream()
                .filter(file -> ("/" + file).endsWith(ending))
                .findFirst()
                .map(file -> String.join("\n", lines(file)))
                .orElseThrow(() -> new AssertionError("no package-info.java of " + packageName));
    }
}
