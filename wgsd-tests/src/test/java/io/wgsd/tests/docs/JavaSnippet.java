package io.wgsd.tests.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java from a page against the library. */
final class JavaSnippet {

    private static final String IMPORTS = Stream.of(
                    "io.wgsd.discovery",
                    "io.wgsd.dnssd",
                    "io.wgsd.members",
                    "io.wgsd.model",
                    "io.wgsd.relay",
                    "io.wgsd.server",
                    "io.wgsd.spi",
                    "java.net",
                    "java.nio.file",
                    "java.util")
            .map(name -> "import " + name + ".*;\n")
            .collect(Collectors.joining());

    private JavaSnippet() {}

    /** Compiles a class, in which {@code …} is for what its reader writes. */
    static void compileClass(Block block, String name, Path directory) throws IOException {
        String text = block.text().replace("{ … }", "{ throw new UnsupportedOperationException(); }");
        compile(block, name, IMPORTS + text, directory);
    }

    /** Compiles statements that use these variables, given as a method's parameters. */
    static void compileStatements(Block block, String parameters, Path directory) throws IOException {
        compileStatements(block, List.of(), parameters, directory);
    }

    /** Compiles statements that use types of further packages, too. */
    static void compileStatements(Block block, List<String> packages, String parameters, Path directory)
            throws IOException {
        String imports = Stream.concat(packages.stream(), Stream.of("java.net", "java.nio.file", "java.time"))
                .map(name -> "import " + name + ".*;\n")
                .collect(Collectors.joining());
        String text = IMPORTS + imports + "final class Snippet { void run(" + parameters + ") throws Exception {\n"
                + block.text() + "}}\n";
        compile(block, "Snippet", text, directory);
    }

    private static void compile(Block block, String name, String text, Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".java"), text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", directory.toString());
            boolean compiled = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new AssertionError(block + " does not compile:\n" + errors);
            }
        }
    }
}
