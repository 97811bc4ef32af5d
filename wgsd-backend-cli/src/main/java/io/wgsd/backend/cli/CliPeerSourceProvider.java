package io.wgsd.backend.cli;

import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Provides WireGuard on any system that has the {@code wg} command of wireguard-tools, by running it. It needs no
 * native code, and reaches everything that {@code wg} reaches: the kernel's WireGuard of Linux, the BSDs and Windows,
 * and userspace ones.
 *
 * <p>The program is looked for in the absolute folders of PATH, then where package managers put it; the setting {@value
 * #PROGRAM} names another by its absolute path. Each run gets an environment of its own, and is ended, with all that it
 * started, when the call's time is up, its thread is interrupted or its source closed.
 *
 * <p>Reading takes eight runs, none of which prints a secret, and therefore is not one snapshot: a change in between
 * may show in part. Where the runs speak of different peers all are repeated, up to ten times. Handshakes are known to
 * the second. A device counts as userspace where it has a socket in {@value #RUN_DIRECTORY}, or else in the folder that
 * the setting {@value #DIRECTORY} names. A device called "all" or "interfaces" cannot be reached, since {@code wg}
 * takes these for words.
 *
 * <p>A change takes one run where no key is set; each key takes a run of its own, through standard input, since a
 * command line can be read by everyone. Nor is there room for more than about 100 KB in a run. What {@code wg} cannot
 * do is emulated by reading the device first, with a race: between reading and writing another program's change is
 * lost. That holds for update-only (a peer that is removed at that moment comes back, with nothing but what is set),
 * for dropping all peers, for the removal of single allowed IPs, and, before wireguard-tools 1.0.20250521, for adding
 * one to others: the peer's allowed IPs are then replaced. Restart is unsupported. Reading secrets runs {@code wg show
 * DEVICE dump}, whose output is wiped; what the Java runtime copies on the way through a pipe, in both directions, is
 * not, so that netlink and UAPI keep keys better. On Windows no key can be set.
 */
public final class CliPeerSourceProvider implements PeerSourceProvider {

    /** The backend's name. */
    public static final String NAME = "cli";

    /** The backend's place in line: last. */
    public static final int PRIORITY = 100;

    /** The setting that names the {@code wg} program by its absolute path. */
    public static final String PROGRAM = "cli.program";

    /** The setting that names the folder of userspace WireGuards' sockets by its absolute path. */
    public static final String DIRECTORY = "cli.directory";

    /** Where userspace WireGuards have their sockets. */
    public static final String RUN_DIRECTORY = "/var/run/wireguard";

    private static final Duration PROBING = Duration.ofSeconds(1);

    /** Does nothing; {@link java.util.ServiceLoader} needs it. */
    public CliPeerSourceProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Availability probe() {
        Optional<Path> program = find();
        return program.isEmpty() ? none() : probe(program.get(), new ChildProcesses());
    }

    @Override
    public Set<String> settings() {
        return Set.of(PROGRAM, DIRECTORY);
    }

    @Override
    public void check(PeerSourceOptions options) {
        PeerSourceProvider.super.check(options);
        for (String setting : settings()) {
            options.absolutePath(setting);
        }
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws UnavailableException {
        check(options);
        Path program = options.absolutePath(PROGRAM)
                .or(CliPeerSourceProvider::find)
                .orElseThrow(() -> unavailable(none(), null));
        Path sockets = options.absolutePath(DIRECTORY).orElse(Path.of(RUN_DIRECTORY));
        Programs programs = new ChildProcesses();
        if (!Files.isExecutable(program)) {
            throw unavailable(Availability.unavailable(program + " is not a program", "correct " + PROGRAM), null);
        }
        try {
            Wg wg = new Wg(programs, program.toString());
            Operation asking = Operation.begin(ErrorOrigin.of(NAME), "probing", options.timeout(), () -> false);
            return new CliPeerSource(wg, WgVersion.of(wg.show(asking, "--version")), sockets, options.timeout());
        } catch (IOException e) {
            throw unavailable(failed(program, e), e);
        }
    }

    static Availability probe(Path program, Programs programs) {
        Operation probing = Operation.begin(ErrorOrigin.of(NAME), "probing", PROBING, () -> false);
        try {
            WgVersion version = WgVersion.of(new Wg(programs, program.toString()).show(probing, "--version"));
            return Availability.available(program + " " + version.text());
        } catch (IOException e) {
            return failed(program, e);
        }
    }

    private static Availability failed(Path program, IOException failure) {
        return Availability.unavailable(
                program + " does not run: " + failure.getMessage(), "see what \"wg --version\" says in a shell");
    }

    private static Availability none() {
        return Availability.unavailable(
                "there is no wg program in PATH or where it usually is",
                "install wireguard-tools (Debian: apt install wireguard-tools)");
    }

    private static Optional<Path> find() {
        return WgFinder.find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    private static UnavailableException unavailable(Availability finding, @Nullable Exception cause) {
        return new UnavailableException(ErrorOrigin.of(NAME), finding, cause);
    }
}
