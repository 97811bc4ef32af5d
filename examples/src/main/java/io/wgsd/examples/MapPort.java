package io.wgsd.examples;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.PortMapper;
import io.wgsd.portmap.PortMapperListener;
import io.wgsd.portmap.PortMapperStore;
import io.wgsd.portmap.PortMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Has a router forward a UDP port to this host until the enter key is pressed. */
public final class MapPort {

    private MapPort() {}

    /**
     * Maps a port.
     *
     * @param arguments the router's address, this host's address towards it, the port, how many seconds a mapping is to
     *     last unless it is renewed, and a file for what is mapped
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Gateway router = Gateway.of(IpAddress.parse(arguments[0]), IpAddress.parse(arguments[1]));
        try (PortMapper mapper = PortMapper.builder(() -> Optional.of(router))
                .lifetime(Duration.ofSeconds(Long.parseLong(arguments[3])))
                .store(PortMapperStore.inFile(Path.of(arguments[4])))
                .listener(new Printer())
                .start()) {
            mapper.port(Integer.parseInt(arguments[2]));
            int pressed = System.in.read();
            System.out.println(pressed < 0 ? "no more input" : "done");
        }
    }

    private static final class Printer implements PortMapperListener {

        @Override
        public void mapped(PortMapping mapping) {
            System.out.println("mapped " + mapping.external() + " by " + mapping.protocol());
        }

        @Override
        public void renewed(PortMapping mapping) {
            System.out.println("renewed " + mapping.external());
        }

        @Override
        public void lost(PortMapping mapping, String reason) {
            System.out.println("lost " + mapping.external() + ": " + reason);
        }

        @Override
        public void notMapped(String reason) {
            System.out.println(reason);
        }
    }
}
