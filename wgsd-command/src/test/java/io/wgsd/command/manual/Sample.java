package io.wgsd.command.manual;

import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A small command line with each kind of option, and the programs that read what is written about it. */
final class Sample {

    private Sample() {}

    /** Returns {@code tool} with the commands {@code run} and {@code key new}. */
    static CommandText tool() {
        CommandSpec run = CommandSpec.create()
                .name("run")
                .addOption(OptionSpec.builder("-zone", "--zone")
                        .type(String.class)
                        .paramLabel("ZONE")
                        .required(true)
                        .description("The zone's name: [any].")
                        .build())
                .addOption(OptionSpec.builder("--how")
                        .type(String.class)
                        .paramLabel("fast|slow")
                        .defaultValue("fast")
                        .description("How it runs (default: ${DEFAULT-VALUE}).")
                        .build())
                .addOption(OptionSpec.builder("--config")
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("Its \"configuration\".")
                        .build())
                .addOption(OptionSpec.builder("--state")
                        .type(Path.class)
                        .paramLabel("DIR")
                        .description("Where to keep it.")
                        .build())
                .addOption(OptionSpec.builder("--self")
                        .type(String.class)
                        .arity("0..1")
                        .paramLabel("HOST:PORT")
                        .description("The host itself.")
                        .build())
                .addOption(OptionSpec.builder("-q", "--quiet")
                        .type(boolean.class)
                        .description(".profile is not read.")
                        .build())
                .addOption(OptionSpec.builder("--secret-switch")
                        .type(boolean.class)
                        .hidden(true)
                        .build())
                .addPositional(PositionalParamSpec.builder()
                        .type(String.class)
                        .paramLabel("DEVICE")
                        .description("The device.")
                        .build());
        run.usageMessage().description("Runs it; it ends by itself.");
        CommandSpec made = CommandSpec.create().name("new");
        made.usageMessage().description("Makes a key.");
        CommandSpec key = CommandSpec.create().name("key").addSubcommand("new", made);
        key.usageMessage().description("Keys.");
        CommandSpec tool = CommandSpec.create().name("tool").addSubcommand("run", run);
        tool.usageMessage().description("A tool.");
        return CommandText.of(tool.addSubcommand("key", key));
    }

    /** Runs a program of that name with these arguments, and returns the lines that it prints. */
    static List<String> run(String debianPackage, Path folder, String program, String... arguments)
            throws IOException, InterruptedException {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        Lab.require(present, "there is no " + program + " here: install Debian's " + debianPackage);
        ProcessBuilder builder = new ProcessBuilder("timeout", "20", program);
        builder.command().addAll(List.of(arguments));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            return lines.toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Writes a file. */
    static Path write(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
