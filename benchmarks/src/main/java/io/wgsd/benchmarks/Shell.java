package io.wgsd.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;

/**
 * A bash that runs programs and times them: the Java runtime takes much longer to start a process, which is not the
 * program's fault.
 */
final class Shell implements AutoCloseable {

    private static final String LOOP = """
            while read -r times command; do
                begin=$EPOCHREALTIME
                for ((i = 0; i < times; i++)); do $command >/dev/null || exit; done
                end=$EPOCHREALTIME
                echo $((${end/[.,]/} - ${begin/[.,]/}))
            done
            """;

    private final Process bash;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private Shell(Process bash) {
        this.bash = bash;
        orders = new BufferedWriter(new OutputStreamWriter(bash.getOutputStream(), UTF_8));
        answers = new BufferedReader(new InputStreamReader(bash.getInputStream(), UTF_8));
    }

    static Shell start() throws IOException {
        return new Shell(new ProcessBuilder("bash", "-c", LOOP)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Runs a command of words without quotes so many times, and returns how long that took, to the microsecond. */
    long nanos(int times, String command) throws IOException {
        orders.write(times + " " + command + "\n");
        orders.flush();
        String micros = answers.readLine();
        if (micros == null) {
            throw new IOException("\"" + command + "\" failed");
        }
        return 1000 * Long.parseLong(micros);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        bash.destroy();
    }
}
