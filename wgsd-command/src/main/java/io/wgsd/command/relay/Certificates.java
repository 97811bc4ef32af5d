package io.wgsd.command.relay;

import io.wgsd.command.log.Log;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.internal.file.InputFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.tls.SelfSigned;
import io.wgsd.internal.tls.TlsIdentity;
import io.wgsd.internal.tls.TlsPin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The certificate that a relay shows, read again soon after its files have changed. A pair that makes no sense changes
 * nothing, since renewals write one file after the other. Thread-safe.
 */
final class Certificates implements Supplier<SSLContext> {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int LIMIT = 64 << 10;
    /** Agents that pin the key do not look at the name. */
    private static final String NAME = "wgsd-relay";

    private final List<Path> files;
    private final Log log;
    private final LongSupplier clock;
    private TlsIdentity identity;
    private List<FileTime> read;
    private long looked;

    private Certificates(List<Path> files, Log log, LongSupplier clock) throws IOException {
        this.files = files;
        this.log = log;
        this.clock = clock;
        read = times();
        identity = load();
        looked = clock.getAsLong();
    }

    /**
     * Reads the certificate and its key, and makes them where none are named and none were made before.
     *
     * @param files the certificate and its key; empty for those in the relay's folder
     * @param log gets a line where a new certificate cannot be used
     * @throws IOException if they cannot be read or used; in one line
     */
    static Certificates open(List<Path> files, RelaySettings settings, Log log, LongSupplier clock) throws IOException {
        if (!files.isEmpty()) {
            return new Certificates(files, log, clock);
        }
        List<Path> own = settings.tlsFiles();
        if (!Files.exists(own.get(0), LinkOption.NOFOLLOW_LINKS)) {
            SelfSigned made = SelfSigned.make(NAME, Instant.now());
            new StateFile(own.get(1), LIMIT).write(made.key().getBytes(StandardCharsets.US_ASCII));
            new StateFile(own.get(0), LIMIT).write(made.certificate().getBytes(StandardCharsets.US_ASCII));
        }
        return new Certificates(own, log, clock);
    }

    /** Returns the pin of the key that is shown now. */
    synchronized TlsPin pin() {
        return TlsPin.of(identity.certificate());
    }

    @Override
    public synchronized SSLContext get() {
        long now = clock.getAsLong();
        if (now - looked >= INTERVAL.toNanos()) {
            looked = now;
            reload();
        }
        return identity.context();
    }

    private void reload() {
        try {
            List<FileTime> changed = times();
            if (!changed.equals(read)) {
                read = changed;
                identity = load();
                log.info("the certificate for TLS was read again; its pin is " + pin());
            }
        } catch (IOException e) {
            log.warn(e.getMessage() + "; the certificate from before is shown until that is right");
        }
    }

    private List<FileTime> times() {
        List<FileTime> times = new ArrayList<>();
        for (Path file : files) {
            try {
                times.add(Files.getLastModifiedTime(file));
            } catch (IOException e) {
                // Reading it will say what is wrong.
                times.add(FileTime.fromMillis(0));
            }
        }
        return times;
    }

    private TlsIdentity load() throws IOException {
        byte[] chain = InputFile.readTrusted(files.get(0), "certificate");
        byte[] key = InputFile.readSecret(files.get(1), "certificate's key");
        try {
            return TlsIdentity.parse(chain, key);
        } catch (IOException e) {
            throw new IOException("TLS with " + files.get(0) + " and " + files.get(1) + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
