package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.uapi.codec.Texts;
import io.wgsd.backend.uapi.transport.FakeUapi;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.WireGuardException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The backend in a Java of its own whose class path has none of JNR's jars, as where its user excludes them. */
@EnabledOnOs(OS.LINUX)
final class WithoutJnrTest {

    private static final String EXCLUDED = "(jnr|jffi|asm)-.*";

    private FakeUapi device;

    @BeforeEach
    void listen() throws IOException {
        device = FakeUapi.answering("wg0", request -> Texts.WIREGUARD_GO);
    }

    @AfterEach
    void end() throws IOException {
        device.close();
    }

    @Test
    void aDeviceIsRead() throws Exception {
        assertThat(read("jdk")).isEqualTo("wg0 has 2 peers");
    }

    @Test
    void askingForJnrReportsWhatIsMissing() throws Exception {
        assertThat(read("jnr"))
                .isEqualTo(
                        "the backend \"uapi\" is unavailable: jnr-unixsocket is not there, which Unix sockets need on any"
                                + " system but Linux; add the jar com.github.jnr:jnr-unixsocket with its dependencies");
    }

    private String read(String transport) throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(EXCLUDED))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--class-path", classPath));
        command.addAll(List.of(Reader.class.getName(), device.directory().toString(), transport));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    /** Reads wg0 below a directory, by one transport. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] args) {
            PeerSourceOptions options = PeerSourceOptions.defaults()
                    .withSetting(UapiPeerSourceProvider.DIRECTORY, args[0])
                    .withSetting(UapiPeerSourceProvider.TRANSPORT, args[1]);
            try (PeerSource source = new UapiPeerSourceProvider().open(options)) {
                System.out.println("wg0 has " + source.read("wg0").peers().size() + " peers");
            } catch (WireGuardException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
