package io.wgsd.command.netcheck;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system's {@code ping}, as iputils has it: Java has no way to forbid that a packet is taken apart. */
final class SystemPing implements Ping {

    private static final Pattern TIME = Pattern.compile("time[=<]([0-9.]+) ms");
    private static final long LIMIT_SECONDS = 3;

    @Override
    public Optional<Duration> send(InetAddress host, int payload) throws InterruptedException {
        try {
            Process ping = new ProcessBuilder(
                            "ping",
                            "-n",
                            "-c",
                            "1",
                            "-W",
                            "1",
                            "-M",
                            "do",
                            "-s",
                            Integer.toString(payload),
                            host.getHostAddress())
                    .redirectErrorStream(true)
                    .start();
            try {
                // It writes a few lines, which no pipe is too small for.
                if (!ping.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                return time(new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                ping.destroyForcibly();
            }
        } catch (IOException e) {
            // There is no ping here; what is not known is told so.
            return Optional.empty();
        }
    }

    static Optional<Duration> time(String output) {
        Matcher time = TIME.matcher(output);
        return time.find()
                ? Optional.of(Duration.ofNanos((long) (Double.parseDouble(time.group(1)) * 1_000_000)))
                : Optional.empty();
    }
}
