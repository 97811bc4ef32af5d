package io.wgsd.tests.lab;

import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Unbound as a resolver of the lab's zone, which asks one name server for it. */
public final class Unbound {

    private Unbound() {}

    /**
     * Starts it.
     *
     * @param network where
     * @param directory for its configuration
     * @param address where it listens, an address that the network has
     * @param upstream the server that it asks
     * @param trust the line that says how it takes signatures
     */
    public static void start(LabNetwork network, Path directory, String address, String upstream, String trust)
            throws IOException {
        Program.require("unbound", "unbound");
        Path configuration = Files.writeString(
                directory.resolve("unbound.conf"), """
                server:
                    directory: "%s"
                    chroot: ""
                    username: ""
                    use-syslog: no
                    pidfile: ""
                    interface: %s
                    do-not-query-localhost: no
                    local-zone: "example.com." nodefault
                    qname-minimisation: yes
                    %s
                remote-control:
                    control-enable: no
                stub-zone:
                    name: "example.com."
                    stub-addr: %s
                """.formatted(directory, address, trust, upstream));
        network.background(List.of("unbound", "-d", "-p", "-c", configuration.toString()));
    }
}
