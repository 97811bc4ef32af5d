package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.transport.NativeAccess;
import io.wgsd.backend.uapi.transport.UapiTransport;
import io.wgsd.backend.uapi.transport.UapiTransports;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Provides userspace WireGuard: wireguard-go, boringtun and any other program that speaks WireGuard's cross-platform
 * userspace protocol (https://www.wireguard.com/xplatform/) on a Unix socket.
 *
 * <p>A device is a socket {@code NAME.sock} on which a process listens, in {@value #RUN_DIRECTORY} or {@value
 * #SHORT_RUN_DIRECTORY}, or else in the directory that the setting {@value #DIRECTORY} names. A socket whose process
 * has ended is no device; it is never removed. On macOS the name in a file {@code NAME.name} is followed. There is one
 * connection for each transaction, and none between calls; a waiting call notices a deadline, an interrupt or a close
 * within 20 ms. Reading derives the device's public key from its private key; only a salted hash is kept, to see
 * whether the key is still the same. Keys never get onto the Java heap: they are taken out of an answer in the buffer
 * into which the system wrote it, and only those that a call needs, and are wiped when it ends.
 *
 * <p>On Linux the Java runtime's own Unix sockets are used, elsewhere, or with the setting {@value #TRANSPORT}, those
 * of jnr-unixsocket. For these, on Java 24 and later, native code must be allowed: {@code
 * --enable-native-access=ALL-UNNAMED} on the class path, {@code --enable-native-access=org.jnrproject.jffi} on the
 * module path. Today's runtimes warn without it, later ones refuse; {@link #probe()} then says so.
 *
 * <p>Private and preshared keys are sent only to a process that began to listen as root or as this process's own user.
 *
 * <p>What wireguard-go does itself is carried out in one transaction, however long. It applies a transaction line by
 * line, and keeps the lines before one that it refuses: then the device is read again to find out which peers' changes
 * are in force. A restart reads the peer and, in one transaction, removes it and adds it again: what another changes
 * between the two is lost, and a peer that another removes in between comes back. Where single allowed IPs cannot be
 * removed (wireguard-go before 2025-05-20), they are read and then replaced, with the same race; and for a moment the
 * peer has none.
 *
 * <p>boringtun, recognized by its own words or by not knowing {@code update_only}, can only add and remove whole peers,
 * one in a transaction. So a change of a peer reads it, removes it and adds it again, which ends a session that it has;
 * in between another's change may be lost, and a prefix that moves to another peer stays listed at both. Restart and
 * clearing the private key are unsupported there. It reports how long ago a handshake was, not when: times are good to
 * the second, and do not move between readings.
 */
public final class UapiPeerSourceProvider implements PeerSourceProvider {

    /** The backend's name. */
    public static final String NAME = "uapi";

    /** The backend's place in line: before the kernel, as {@code wg} has it. */
    public static final int PRIORITY = 300;

    /** The setting that names the directory of the sockets, by its absolute path, in place of the usual ones. */
    public static final String DIRECTORY = "uapi.directory";

    /**
     * The setting that names what reaches the sockets: {@value #JDK}, the Java runtime's own, as it is on Linux by
     * default, or {@value #JNR}, jnr-unixsocket, as it is elsewhere.
     */
    public static final String TRANSPORT = "uapi.transport";

    /** The Java runtime's own Unix sockets (JEP 380), on Linux only. */
    public static final String JDK = UapiTransports.JDK;

    /** jnr-unixsocket, which loads native code. */
    public static final String JNR = UapiTransports.JNR;

    /** Where wireguard-go and boringtun put their sockets. */
    public static final String RUN_DIRECTORY = "/var/run/wireguard";

    /** The same on most Linux systems, where one is a link to the other. */
    public static final String SHORT_RUN_DIRECTORY = "/run/wireguard";

    /** Does nothing; {@link java.util.ServiceLoader} needs it. */
    public UapiPeerSourceProvider() {}

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
        if (File.separatorChar != '/') {
            return Availability.unavailable(
                    "userspace WireGuards have no Unix sockets on Windows", "use the backend \"cli\"");
        }
        try {
            UapiTransports.of(UapiTransports.usual());
        } catch (IOException | LinkageError | RuntimeException e) {
            return NativeAccess.unavailable(e);
        }
        return Availability.available("sockets are looked for in " + usual());
    }

    @Override
    public Set<String> settings() {
        return Set.of(DIRECTORY, TRANSPORT);
    }

    @Override
    public void check(PeerSourceOptions options) {
        PeerSourceProvider.super.check(options);
        options.absolutePath(DIRECTORY);
        String transport = options.setting(TRANSPORT).orElse(JDK);
        if (!transport.equals(JDK) && !transport.equals(JNR)) {
            throw new IllegalArgumentException(
                    TRANSPORT + " must be \"" + JDK + "\" or \"" + JNR + "\", was \"" + transport + "\"");
        }
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws UnavailableException {
        check(options);
        SocketDirectories directories = options.absolutePath(DIRECTORY)
                .map(path -> SocketDirectories.of(path))
                .orElseGet(() -> usual());
        String name = options.setting(TRANSPORT).orElseGet(UapiTransports::usual);
        UapiTransport transport;
        try {
            transport = UapiTransports.of(name);
        } catch (IOException | LinkageError | RuntimeException e) {
            throw new UnavailableException(ErrorOrigin.of(NAME), NativeAccess.unavailable(e), e);
        }
        TimeSource clock = TimeSource.system();
        return new UapiPeerSource(directories, new UapiClient(transport, clock), options.timeout(), clock);
    }

    private static SocketDirectories usual() {
        return SocketDirectories.of(Path.of(RUN_DIRECTORY), Path.of(SHORT_RUN_DIRECTORY));
    }
}
