package io.wgsd.tests.contract;

import io.wgsd.backend.cli.CliPeerSourceProvider;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** The contract, over the kernel that runs it; {@link CliOverKernelTest} starts it. */
final class CliOverKernel extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new Fixture();
    }

    private static final class Fixture extends KernelDevices {

        private static final Path PROGRAM = Path.of("/tmp/wg");
        private static final String WG = Program.require("wg", "wireguard-tools");

        @Override
        public PeerSource open(PeerSourceOptions options) throws IOException {
            // A link, since a script that runs it would be one more program to start for each that the backend starts.
            if (Files.notExists(PROGRAM)) {
                Files.createSymbolicLink(PROGRAM, Path.of(WG));
            }
            return open(options, PROGRAM);
        }

        @Override
        public Optional<Hang> hang(String device) throws IOException {
            Path hanging = script("/tmp/hanging-wg", "test \"$1\" = --version || exec sleep 60; exec " + WG);
            Files.move(hanging, PROGRAM, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(() -> {
                Files.delete(PROGRAM);
                Files.createSymbolicLink(PROGRAM, Path.of(WG));
            });
        }

        @Override
        public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws IOException {
            String setpriv = Program.require("setpriv", "util-linux") + " --reuid=65534 --clear-groups -- ";
            return Optional.of(open(options, script("/tmp/powerless-wg", "exec " + setpriv + WG)));
        }

        /** Each reading is eight processes, and a kernel that is itself a process takes 20 ms and more to start one. */
        @Override
        public int interferences() {
            return 6;
        }

        @Override
        public Duration shortTimeout() {
            return Duration.ofSeconds(3);
        }

        @Override
        public int openReadCloseRounds() {
            return 20;
        }

        private static PeerSource open(PeerSourceOptions options, Path program) throws IOException {
            return new CliPeerSourceProvider()
                    .open(options.withSetting(CliPeerSourceProvider.PROGRAM, program.toString()));
        }

        private static Path script(String name, String command) throws IOException {
            Path script = Path.of(name);
            Files.deleteIfExists(script);
            Files.createFile(
                    script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.writeString(script, "#!/bin/sh\n" + command + " \"$@\"\n");
        }
    }
}
