package io.wgsd.tests.relay;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody does with {@code dig} and {@code wg} who uses a relay without an agent. */
final class ByHand {

    private ByHand() {}

    static String relayKey(Path state) throws IOException {
        char[] text =
                Files.readString(state.resolve("example.com.relay.key")).strip().toCharArray();
        try (SecretKey key = SecretKey.parseBase64(text)) {
            return key.publicKey().toBase64();
        }
    }

    static long handshake(RealLab lab, String node, String peer) throws IOException, InterruptedException {
        return lab.exec(node, "wg", "show", "wg0", "latest-handshakes")
                .output()
                .lines()
                .filter(line -> line.startsWith(peer))
                .mapToLong(line -> Long.parseLong(line.split("\t")[1]))
                .findFirst()
                .orElse(0);
    }

    static String text(RealLab lab, String peer) throws IOException, InterruptedException {
        return dig(lab, name(peer), "TXT");
    }

    static String name(String peer) {
        return PublicKey.parse(peer).toBase32() + "._wireguard._udp.example.com";
    }

    static String dig(RealLab lab, String name, String type) throws IOException, InterruptedException {
        return lab.exec("alice", "dig", "+short", "@10.0.0.254", name, type)
                .output()
                .strip();
    }

    static void set(RealLab lab, String node, String peer, String... settings)
            throws IOException, InterruptedException {
        String[] command = new String[5 + settings.length];
        System.arraycopy(new String[] {"wg", "set", "wg0", "peer", peer}, 0, command, 0, 5);
        System.arraycopy(settings, 0, command, 5, settings.length);
        Program.Result done = lab.exec(node, command);
        if (done.status() != 0) {
            throw new AssertionError(done.output());
        }
    }
}
