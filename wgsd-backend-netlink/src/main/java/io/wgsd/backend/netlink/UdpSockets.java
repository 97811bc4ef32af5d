package io.wgsd.backend.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Finds out whether anybody has a UDP socket at a port in the calling thread's network namespace. The kernel's
 * WireGuard leaves its socket where the device was made when that is moved elsewhere (drivers/net/wireguard/device.c,
 * creating_net), and a userspace one has its where its process is.
 */
final class UdpSockets {

    private static final Path LISTS = Path.of("/proc/thread-self/net");

    private final Path lists;

    UdpSockets() {
        this(LISTS);
    }

    UdpSockets(Path lists) {
        this.lists = lists;
    }

    /**
     * Looks through the kernel's lists, which takes some microseconds for each socket.
     *
     * @throws IOException if they cannot be read
     */
    boolean anyAt(int port) throws IOException {
        return isListed("udp", port) || isListed("udp6", port);
    }

    private boolean isListed(String list, int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try (BufferedReader lines = Files.newBufferedReader(lists.resolve(list), StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+", 3);
                if (words.length == 3 && words[1].endsWith(suffix)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            if (list.equals("udp6")) {
                // Without IPv6 there is no such list.
                return false;
            }
            throw e;
        }
    }
}
