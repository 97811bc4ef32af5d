package io.wgsd.tests.kernel;

import io.wgsd.backend.cli.CliPeerSourceProvider;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** The contract, over the kernel that runs it; {@link CliContractTest} starts it. */
final class CliInKernel extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new Fixture();
    }

    private static final class Fixture extends KernelDevices {

        private static final String WG = Program.require("wg", "wireguard-tools");

        @Override
        public PeerSource open(PeerSourceOptions options) throws IOException {
            return open(options, "test \"$1\" != --version && test -e \"$0.hangs\" && exec sleep 60; exec " + WG);
        }

        @Override
        public Optional<Hang> hang(String device) throws IOException {
            Path hangs = Files.createFile(Path.of("/tmp/wg.hangs"));
            return Optional.of(() -> Files.deleteIfExists(hangs));
        }

        @Override
        public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws IOException {
            return Optional.of(open(
                    options,
                    "exec " + Program.require("setpriv", "util-linux") + " --reuid=65534 --clear-groups -- " + WG));
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

        private static PeerSource open(PeerSourceOptions options, String command) throws IOException {
            Path script = Path.of(command.contains("setpriv") ? "/tmp/powerless-wg" : "/tmp/wg");
            if (Files.notExists(script)) {
                Files.createFile(
                        script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.writeString(script, "#!/bin/sh\n" + command + " \"$@\"\n");
            }
            return new CliPeerSourceProvider()
                    .open(options.withSetting(CliPeerSourceProvider.PROGRAM, script.toString()));
        }
    }
}
