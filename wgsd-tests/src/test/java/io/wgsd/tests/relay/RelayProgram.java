package io.wgsd.tests.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayListener;
import io.wgsd.relay.RelayMembers;
import io.wgsd.relay.RelayStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A relay as a process of its own, in a node of the lab: prints what happens, and its counters for each line that it
 * reads.
 */
final class RelayProgram implements RelayListener {

    /** A key that protects nothing. */
    private static final byte[] KEY =
            "a relay's key in the lab, 32 byte".substring(0, 32).getBytes(UTF_8);

    static final PublicKey PUBLIC_KEY = SecretKey.copyOf(KEY).publicKey();

    private RelayProgram() {}

    /** Takes the address to listen at, its port, the state's file, and the members' keys. */
    public static void main(String[] arguments) throws IOException {
        RelayMembers members = RelayMembers.of(
                Arrays.stream(arguments).skip(3).map(PublicKey::parse).toList());
        try (Relay relay = Relay.builder(SecretKey.copyOf(KEY), members)
                        .listen(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])))
                        .store(RelayStore.inFile(Path.of(arguments[2])))
                        .listener(new RelayProgram())
                        .start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            say("ready");
            while (in.readLine() != null) {
                say(relay.stats().toString());
            }
        }
    }

    @Override
    public void attached(PublicKey member, Endpoint endpoint) {
        say("attached " + member + " " + endpoint);
    }

    @Override
    public void moved(PublicKey member, Endpoint endpoint) {
        say("moved " + member + " " + endpoint);
    }

    @Override
    public void detached(PublicKey member) {
        say("detached " + member);
    }

    @Override
    public void problem(String line) {
        say("problem " + line);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
