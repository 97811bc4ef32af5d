package io.wgsd.command.join;

import io.wgsd.command.options.UsageException;
import io.wgsd.internal.file.FileFailure;
import io.wgsd.internal.file.NewFile;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sets up a device by an invitation: its key, its files, and what runs. */
final class Joining {

    /** The unit of all registries of a host. */
    static final String REGISTRY = "wgsd-registry.service";

    private final Host host;
    private final Places.Files files;
    private final Consumer<String> say;

    Joining(Host host, Places.Files files, Consumer<String> say) {
        this.host = host;
        this.files = files;
        this.say = say;
    }

    /**
     * Returns what was made for this invitation before; empty where nothing was.
     *
     * @throws UsageException if the device belongs to another network, or another member
     */
    Optional<Made> before(Invitation invitation) throws IOException {
        Optional<Made> before = Made.read(files.made());
        if (before.isPresent()) {
            Made made = before.get();
            if (!made.isComplete()) {
                throw new UsageException(
                        "a \"wgsd join\" before this one did not come to its end, or is not there yet; take"
                                + " back what it has made, and join then: wgsd leave --device " + files.device());
            }
            if (!made.name().equals(invitation.host().name())
                    || !made.zone().equals(HostFiles.zone(invitation.names()))) {
                throw new UsageException(files.device() + " is " + made.name() + " in " + made.zone()
                        + " already; for a second network, give another --device, or leave that one: wgsd leave");
            }
        }
        return before;
    }

    /** Makes all that is needed; where that fails, what was made is taken back. */
    Made join(Invitation invitation, Instant now, boolean start) throws IOException, InterruptedException {
        check(invitation, now, start);
        try (SecretKey key = SecretKey.generatePrivate()) {
            Made made = Made.begin(
                    files.made(), invitation.host().name(), HostFiles.zone(invitation.names()), key.publicKey());
            try {
                write(invitation, key, made);
                if (start) {
                    start(invitation, made);
                }
                made.complete();
                return made;
            } catch (IOException | InterruptedException | RuntimeException e) {
                takeBack(made, e);
                throw e;
            }
        }
    }

    /** Takes back what was made before a problem; what that meets is a second one, and does not hide the first. */
    private void takeBack(Made made, Exception problem) throws InterruptedException {
        try {
            new Leaving(host, files).undo(made);
        } catch (IOException | RuntimeException e) {
            problem.addSuppressed(e);
            say.accept("what was made was not taken back: " + e.getMessage()
                    + "; attempt it again: wgsd leave --device " + files.device());
        }
    }

    private void check(Invitation invitation, Instant now, boolean start) throws IOException, InterruptedException {
        if (invitation.host().isOver(now)) {
            throw new UsageException(
                    "the invitation has ended at " + invitation.host().until()
                            + ", and it is " + now + " here; ask the network's owner for another: wgsd member invite "
                            + invitation.host().name());
        }
        for (Path file : List.of(files.configuration(), files.anchors(), files.environment())) {
            if (Made.exists(file)) {
                throw new UsageException("there is a " + file + " already; give another --device");
            }
        }
        if (!start) {
            return;
        }
        if (host.hasInterface(files.device())) {
            throw new UsageException("there is a device " + files.device() + " already; give another --device");
        }
        if (!host.succeeds("sh", "-c", "command -v wg-quick")) {
            throw new IOException("there is no wg-quick here; install it (Debian: apt install wireguard-tools), or use"
                    + " --no-start, which only writes the files");
        }
        List<IpPrefix> own = host.networksBeside(files.device());
        for (IpPrefix route : (Iterable<IpPrefix>) HostFiles.routes(invitation)::iterator) {
            Optional<IpPrefix> overlapping =
                    own.stream().filter(network -> overlap(route, network)).findFirst();
            if (overlapping.isPresent()) {
                throw new UsageException("this host is in the network " + overlapping.get()
                        + " already, and could not reach it any more: " + route + " of "
                        + HostFiles.zone(invitation.names()) + " has the same addresses; let its owner choose other"
                        + " ones, or leave that network");
            }
        }
    }

    private static boolean overlap(IpPrefix one, IpPrefix other) {
        return one.contains(other.network()) || other.contains(one.network());
    }

    private void write(Invitation invitation, SecretKey key, Made made) throws IOException, InterruptedException {
        makeFolder(files.ownFolder(), made, "rwxr-xr-x");
        makeFolder(files.configurations(), made, "rwx------");
        made.note(Made.Kind.STATE, files.state().toString());
        byte[] device = HostFiles.device(invitation, key);
        try {
            made.note(Made.Kind.FILE, files.configuration().toString());
            write(files.configuration(), device, true);
        } finally {
            Arrays.fill(device, (byte) 0);
        }
        made.note(Made.Kind.FILE, files.anchors().toString());
        write(files.anchors(), bytes(HostFiles.anchors(invitation)), false);
        if (invitation.isForRegistry()) {
            writeRegistry(invitation, made);
        } else {
            made.note(Made.Kind.FILE, files.environment().toString());
            String options =
                    HostFiles.agentEnvironment(invitation, files.anchors().toString());
            write(files.environment(), bytes(options), false);
        }
    }

    /** Adds a registry to those of this host. */
    private void writeRegistry(Invitation invitation, Made made) throws IOException, InterruptedException {
        String settings = HostFiles.registry(invitation, files);
        if (!Made.exists(files.registries())) {
            // Others may come into this file until it is taken back.
            made.note(Made.Kind.SETTINGS, files.registries().toString());
            write(files.registries(), bytes(settings), false);
            return;
        }
        if (isRegistryEnabled()) {
            made.note(Made.Kind.RELOAD, REGISTRY);
        }
        made.note(Made.Kind.SETTINGS, files.registries().toString());
        try {
            Files.writeString(files.registries(), settings, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw FileFailure.of("cannot change " + files.registries(), files.registries(), e);
        }
    }

    /** Returns whether its unit runs other registries already. */
    private boolean isRegistryEnabled() throws IOException, InterruptedException {
        return host.hasSystemd() && files.areUsual() && host.succeeds("systemctl", "is-enabled", "--quiet", REGISTRY);
    }

    private void start(Invitation invitation, Made made) throws IOException, InterruptedException {
        if (!host.hasSystemd() || !files.areUsual()) {
            made.note(Made.Kind.DEVICE, files.quick());
            host.run("wg-quick", "up", files.quick());
            say.accept("keep this running: " + command(invitation));
            return;
        }
        enable("wg-quick@" + files.device() + ".service", made);
        String unit = invitation.isForRegistry() ? REGISTRY : "wgsd-agent@" + files.device() + ".service";
        if (!host.succeeds("systemctl", "cat", unit)) {
            say.accept("the unit " + unit + " is not installed here, so keep this running: " + command(invitation));
        } else if (invitation.isForRegistry() && isRegistryEnabled()) {
            host.run("systemctl", "reload-or-restart", unit);
        } else {
            enable(unit, made);
        }
    }

    private void enable(String unit, Made made) throws IOException, InterruptedException {
        made.note(Made.Kind.UNIT, unit);
        host.run("systemctl", "enable", "--now", unit);
    }

    /** Returns what does the work where no unit runs it. */
    String command(Invitation invitation) {
        if (invitation.isForRegistry()) {
            return "wgsd registry --config " + files.registries();
        }
        List<String> words = new ArrayList<>(List.of(
                "wgsd",
                "agent",
                "--device",
                files.device(),
                "--state",
                files.state().toString()));
        words.addAll(HostFiles.agentOptions(invitation, files.anchors().toString()));
        return String.join(" ", words);
    }

    private static void makeFolder(Path folder, Made made, String mode) throws IOException {
        if (!Files.isDirectory(folder)) {
            made.note(Made.Kind.FOLDER, folder.toString());
            try {
                Files.createDirectories(folder);
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    // Whatever the umask: services read what is not secret as another user.
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
                }
            } catch (IOException e) {
                throw FileFailure.of("cannot make the folder " + folder, folder, e);
            }
        }
    }

    private static void write(Path file, byte[] content, boolean isPrivate) throws IOException {
        try {
            if (isPrivate) {
                NewFile.writePrivate(file, content);
            } else {
                NewFile.writePublic(file, content);
            }
        } catch (IOException e) {
            throw FileFailure.of("cannot write " + file, file, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
