package io.wgsd.backend.cli;

import io.wgsd.model.SecretKey;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code wg} program: runs it, and says what it means when it fails. Thread-safe. */
final class Wg {

    private final Programs programs;
    private final String program;

    Wg(Programs programs, String program) {
        this.programs = programs;
        this.program = program;
    }

    /** Runs it and returns what it printed, which holds no secret. */
    String show(Operation operation, String... words) throws IOException {
        try (Output output = run(operation, List.of(words), null)) {
            return output.text();
        }
    }

    /** Runs it and returns what it printed, secrets included, which the caller wipes. */
    Output showSecrets(Operation operation, String device) throws IOException {
        return run(operation, List.of("show", device, "dump"), null);
    }

    /** Runs it with a key on its standard input. */
    void set(Operation operation, List<String> words, @Nullable SecretKey key) throws IOException {
        byte[] input = key == null ? null : line(key);
        try (Output output = run(operation, words, input)) {
            assert output.status() == 0 : "or run had failed";
        } finally {
            if (input != null) {
                Arrays.fill(input, (byte) 0);
            }
        }
    }

    /** Runs it with a configuration, without secrets, on its standard input. */
    void addConfiguration(Operation operation, String device, String configuration) throws IOException {
        List<String> words = List.of("addconf", device, "/dev/stdin");
        try (Output output = run(operation, words, configuration.getBytes(StandardCharsets.US_ASCII))) {
            assert output.status() == 0 : "or run had failed";
        }
    }

    private Output run(Operation operation, List<String> words, byte @Nullable [] input) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(words);
        Output output = programs.run(command, input, operation);
        if (output.status() != 0) {
            output.close();
            throw new WgException(output.status(), output.err());
        }
        return output;
    }

    private static byte[] line(SecretKey key) {
        byte[] base64 = key.toBase64();
        byte[] line = Arrays.copyOf(base64, base64.length + 1);
        line[base64.length] = '\n';
        Arrays.fill(base64, (byte) 0);
        return line;
    }
}
