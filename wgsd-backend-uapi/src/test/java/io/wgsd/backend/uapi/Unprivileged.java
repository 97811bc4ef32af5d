package io.wgsd.backend.uapi;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a device in a process of its own that may not reach other users' files. */
final class Unprivileged {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final int NOBODY = 65534;

    private Unprivileged() {}

    /** Gives a file to another user, who alone may use it. */
    static void giveAway(Path file) throws IOException {
        Lab.require("root".equals(System.getProperty("user.name")), "giving files to another user takes root");
        Files.setAttribute(file, "unix:uid", NOBODY);
        Files.setAttribute(file, "unix:mode", 0700);
    }

    /** Returns what reading leads to: the device or the exception. */
    static String reads(String device, Path directory) throws IOException, InterruptedException {
        Lab.require(Files.isExecutable(SETPRIV), "there is no " + SETPRIV + "; apt-get install util-linux");
        List<String> command = List.of(
                SETPRIV.toString(),
                "--bounding-set=-dac_override,-dac_read_search",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Unprivileged.class.getName(),
                device,
                directory.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    public static void main(String... args) {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.DIRECTORY, args[1]);
        try (PeerSource source = new UapiPeerSourceProvider().open(options)) {
            System.out.print(source.read(args[0]));
        } catch (IOException e) {
            System.out.print(e);
        }
    }
}
