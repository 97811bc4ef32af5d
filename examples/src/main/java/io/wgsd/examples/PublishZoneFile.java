package io.wgsd.examples;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;
import java.time.Instant;
import java.util.List;

/** Writes a device's peers as a zone file, for a name server that you already run. */
public final class PublishZoneFile {

    private PublishZoneFile() {}

    /**
     * Prints the zone.
     *
     * @param arguments the device, the zone, and the address of its name server
     * @throws WireGuardException if the device cannot be read
     */
    public static void main(String[] arguments) throws WireGuardException {
        Device device;
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults())) {
            device = wireGuard.read(arguments[0]);
        }
        Instant now = Instant.now();
        List<Advertisement> peers = Advertiser.ofAllPeers().advertise(device, List.of(), now);
        ZoneOptions options = ZoneOptions.builder(DnsSdNames.parse(arguments[1]))
                .nameServerAddress(IpAddress.parse(arguments[2]))
                .instanceAddresses(false)
                .build();
        System.out.print(ZoneFile.text(Zone.of(options, peers, now.getEpochSecond())));
    }
}
