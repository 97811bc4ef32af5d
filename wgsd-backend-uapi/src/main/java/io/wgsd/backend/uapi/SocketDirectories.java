package io.wgsd.backend.uapi;

import io.wgsd.model.Device;
import io.wgsd.model.FormatException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The directories in which userspace WireGuards put their sockets, NAME.sock each. Immutable and thread-safe. */
final class SocketDirectories {

    private static final String SOCKET_SUFFIX = ".sock";

    /** On macOS, where interfaces cannot be named, wg-quick writes the name of NAME's interface into NAME.name. */
    private static final String ALIAS_SUFFIX = ".name";

    private static final int MAX_ALIAS_BYTES = 64;

    private final List<Path> directories;

    private SocketDirectories(List<Path> directories) {
        this.directories = directories;
    }

    /** Returns these, without those that are the same by a link. */
    static SocketDirectories of(Path... directories) {
        Map<Path, Path> distinct = new LinkedHashMap<>();
        for (Path directory : directories) {
            distinct.putIfAbsent(real(directory), directory);
        }
        return new SocketDirectories(List.copyOf(distinct.values()));
    }

    /** Returns the path of a device's socket, which exists as a file of some kind. */
    Path find(Operation operation) throws WireGuardException {
        String device = checkName(operation);
        try {
            for (Path directory : directories) {
                Path socket = directory.resolve(device + SOCKET_SUFFIX);
                if (exists(socket)) {
                    return socket;
                }
                Path alias = directory.resolve(device + ALIAS_SUFFIX);
                if (exists(alias)) {
                    return directory.resolve(readAlias(alias) + SOCKET_SUFFIX);
                }
            }
        } catch (AccessDeniedException e) {
            throw denied(operation, e);
        } catch (IOException e) {
            throw unreadable(operation, e);
        }
        throw new NoSuchDeviceException(operation.origin(), nothingAt(device));
    }

    /** Returns all sockets, alive or not, by device; the earlier directory's where two have one of the same name. */
    Map<String, Path> sockets(Operation operation) throws WireGuardException {
        return sockets(operation, true);
    }

    /** Returns the same of sockets whose names cannot be those of interfaces. */
    Map<String, Path> misnamed(Operation operation) throws WireGuardException {
        return sockets(operation, false);
    }

    private Map<String, Path> sockets(Operation operation, boolean named) throws WireGuardException {
        Map<String, Path> sockets = new TreeMap<>();
        for (Path directory : directories) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SOCKET_SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    String device = name.substring(0, name.length() - SOCKET_SUFFIX.length());
                    if (Device.whyNoName(device).isEmpty() == named && isSocket(file)) {
                        sockets.putIfAbsent(device, file);
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException e) {
                // No userspace WireGuard has run yet.
            } catch (AccessDeniedException e) {
                throw denied(operation, e);
            } catch (IOException e) {
                throw unreadable(operation, e);
            }
        }
        return sockets;
    }

    /** Returns whether a file is a socket. */
    static boolean isSocket(Path file) throws IOException {
        int type = 0xf000;
        int socket = 0xc000;
        try {
            return ((int) Files.getAttribute(file, "unix:mode") & type) == socket;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns the directories, as in {@code /var/run/wireguard, /run/wireguard}. */
    @Override
    public String toString() {
        return directories.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private String nothingAt(String device) {
        List<String> paths = new ArrayList<>();
        directories.forEach(directory -> paths.add(directory.resolve(device + SOCKET_SUFFIX) + " does not exist"));
        return String.join(" and ", paths);
    }

    private static String checkName(Operation operation) throws NoSuchDeviceException {
        try {
            return Device.checkName(operation.device());
        } catch (FormatException e) {
            throw new NoSuchDeviceException(operation.origin(), "no interface can have that name");
        }
    }

    private static boolean exists(Path file) throws IOException {
        try {
            Files.getAttribute(file, "unix:mode");
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String readAlias(Path alias) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(alias)) {
            bytes = in.readNBytes(MAX_ALIAS_BYTES);
        }
        String name = new String(bytes, StandardCharsets.US_ASCII).strip();
        try {
            return Device.checkName(name);
        } catch (FormatException e) {
            throw new IOException(alias + " holds no interface's name", e);
        }
    }

    /** Follows links as far as there is something; of what does not exist yet, its parent's. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.toAbsolutePath().getParent();
            return parent == null ? path.toAbsolutePath() : real(parent).resolve(path.getFileName());
        }
    }

    private static NotPermittedException denied(Operation operation, AccessDeniedException e) {
        return new NotPermittedException(
                operation.origin(), operation.action(), "run as root or as a user that may read " + e.getFile(), e);
    }

    private static UnavailableException unreadable(Operation operation, IOException e) {
        return UapiErrors.unavailable(operation, e);
    }
}
