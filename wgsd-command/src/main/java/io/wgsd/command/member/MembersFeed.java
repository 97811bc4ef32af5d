package io.wgsd.command.member;

import io.wgsd.command.crypto.Ed25519Provider;
import io.wgsd.command.log.Log;
import io.wgsd.command.options.MembersOption;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a registry the members that its owner has signed: at first those that were good last, then those of the file,
 * whenever there is another one that is verified, valid and newer.
 *
 * <p>It looks at the file twice a second, on a thread of its own. Each problem is reported once.
 */
public final class MembersFeed implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;

    /** Takes over what is verified. */
    public interface Sink {

        /** Returns whether that is another network than before; refuses what is not newer. */
        boolean serve(VerifiedNetwork network) throws UnfitZoneException;
    }

    private final MembersOption.Served settings;
    private final MembersVerifier verifier;
    private final @Nullable StateFile state;
    private final Sink sink;
    private final Log log;
    private final Thread thread;
    private final InstantSource clock;
    private @Nullable VerifiedNetwork served;
    /** What was verified, and waits until it is valid. */
    private @Nullable VerifiedNetwork coming;
    /** Which file was read last, and the digest of what was in it, if that is refused. */
    private String seen = "";

    private byte[] refused = new byte[0];
    private String said = "";
    private long warned = -1;

    private MembersFeed(MembersOption.Served settings, Sink sink, Log log, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        this.sink = sink;
        this.log = log;
        verifier = new MembersVerifier(settings.names(), settings.anchors());
        String name = MembersZone.names(settings.names()).origin() + "zone";
        state = settings.state()
                .map(folder -> new StateFile(folder.resolve(name), SignedFile.MAX_SIZE))
                .orElse(null);
        thread = new Thread(this::run, "wgsd-members");
        thread.setDaemon(true);
    }

    /** Starts to look, after what was good last has been handed on. */
    public static MembersFeed start(MembersOption.Served settings, Sink sink, Log log) {
        Ed25519Provider.install();
        MembersFeed feed = restored(settings, sink, log, InstantSource.system());
        feed.look();
        feed.thread.start();
        return feed;
    }

    /** Hands on what was good last, and does nothing more of its own. */
    static MembersFeed restored(MembersOption.Served settings, Sink sink, Log log, InstantSource clock) {
        MembersFeed feed = new MembersFeed(settings, sink, log, clock);
        feed.restore();
        return feed;
    }

    /** Serves what was good before, whatever the clock says, and whatever has become of the file. */
    private void restore() {
        try {
            Optional<byte[]> kept = state == null ? Optional.empty() : state.read();
            if (kept.isPresent()) {
                take(verifier.verifyEachSignature(
                        ZoneFile.parse(MembersZone.names(settings.names()).origin(), kept.get())));
            }
        } catch (IOException | UnfitZoneException | FormatException e) {
            report("the members that were good last are not served: " + e.getMessage());
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE_MILLIS);
                look();
                warn();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    /** Looks once whether the file is another one, or what it had is valid by now; reads no file twice. */
    void look() {
        Path file = settings.file();
        try {
            String now = version(file);
            if (!now.equals(seen)) {
                read(now);
            }
            VerifiedNetwork network = coming;
            if (network != null) {
                network.requireValid(clock.instant());
                coming = null;
                if (take(network) && state != null) {
                    state.write(ZoneFile.text(network.records().stream()).getBytes(StandardCharsets.US_ASCII));
                }
                said = "";
            }
        } catch (NoSuchFileException e) {
            report("there is no file " + file + " with members; \"wgsd member publish\" writes it");
        } catch (IOException e) {
            report(String.valueOf(e.getMessage()));
        } catch (UnfitZoneException | FormatException e) {
            report(file + ": " + e.getMessage() + "; what was served before is served still");
        }
    }

    private void read(String version) throws IOException, UnfitZoneException {
        SignedFile file = new SignedFile(settings.file(), settings.names());
        byte[] content = file.bytes();
        seen = version;
        byte[] digest = digest(content);
        if (Arrays.equals(digest, refused)) {
            return;
        }
        coming = null;
        refused = digest;
        SignedFile.Content parsed = file.parse(content);
        VerifiedNetwork before = served;
        coming = before == null
                ? verifier.verifyEachSignature(parsed.records())
                : verifier.verifyEachSignature(parsed.records(), before);
        refused = new byte[0];
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private boolean take(VerifiedNetwork network) throws UnfitZoneException {
        boolean changed = sink.serve(network);
        served = network;
        if (changed) {
            log.info("members: serial " + network.serial() + ", "
                    + network.network().members().size() + " members, signed until " + network.validUntil());
        }
        return changed;
    }

    /** Says once for each zone that half of its time is over. */
    private void warn() {
        VerifiedNetwork now = served;
        if (now == null || warned == now.serial()) {
            return;
        }
        if (now.isHalfOver(clock.instant())) {
            warned = now.serial();
            log.warn("members: " + MembersView.dueText(now));
        }
    }

    private static String version(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    private void report(String problem) {
        if (!problem.equals(said)) {
            said = problem;
            log.warn("members: " + problem);
        }
    }

    /** Ends the thread, and waits for it. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
