package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command reports to a service manager (sd_notify(3)), and how it ends. */
@Timeout(60)
class ServiceManagerTest {

    @TempDir
    private Path folder;

    @Test
    void itIsNotifiedThatTheAgentIsReadyAndThatItStops() throws IOException, InterruptedException {
        Wgsd.require();
        Path socket = folder.resolve("notify");
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            channel.bind(new UnixSocketAddress(socket.toFile()));
            ProcessBuilder builder = new ProcessBuilder(Wgsd.command(
                    "agent",
                    "--device",
                    "nowhere0",
                    "--dns",
                    "127.0.0.1",
                    "--zone",
                    "example.com",
                    "--status-dir",
                    folder.resolve("status").toString()));
            builder.environment().put("NOTIFY_SOCKET", socket.toString());
            try (Background agent = Background.start(builder)) {
                assertThat(receive(channel)).isEqualTo("READY=1");
                agent.awaitLine("no device \"nowhere0\"");

                agent.signal("TERM");
                assertThat(receive(channel)).isEqualTo("STOPPING=1");
                assertThat(agent.awaitEnd()).isZero();
            }
        }
    }

    @Test
    void aJournalGetsPrioritiesAndAddsTheTimesItself() throws IOException, InterruptedException {
        Wgsd.require();
        // What systemd does with the stream that it gives to a service.
        String service = "JOURNAL_STREAM=$(stat -Lc %d:%i /proc/self/fd/2) exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("sh", "-c", service, "sh"));
        command.addAll(Wgsd.command(
                "agent",
                "--device=nowhere0",
                "--dns=127.0.0.1",
                "--zone=example.com",
                "--status-dir=" + folder.resolve("status")));
        try (Background agent = Background.start(new ProcessBuilder(command))) {
            agent.awaitLine("no device \"nowhere0\"");

            assertThat(agent.output().lines())
                    .contains("<6>INFO ready: the agent maintains the peers of nowhere0")
                    .anyMatch(line -> line.startsWith("<4>WARN no device \"nowhere0\""));
        }
    }

    private static String receive(UnixDatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(256);
        channel.receive(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
