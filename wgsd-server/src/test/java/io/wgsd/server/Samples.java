package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.time.InstantSource;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Values that the tests of this package share. */
final class Samples {

    static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    static final Endpoint HOME = Endpoint.parse("203.0.113.1:41424");
    static final Endpoint AWAY = Endpoint.parse("198.51.100.7:1");
    static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES).build();

    private Samples() {}

    static Peer peer(PublicKey key, Endpoint endpoint) {
        return Peer.builder(key)
                .endpoint(endpoint)
                .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                .build();
    }

    static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.KERNEL).peers(List.of(peers)).build();
    }

    /** Returns settings as a builder that is told nothing else has them. */
    static Settings settings(Advertiser advertiser, Signatures signatures) {
        try (PeerSource source = MemoryWireGuard.of(InstantSource.system()).source()) {
            Settings defaults = Registry.builder(source, "wg0", OPTIONS).settings(() -> 0);
            return new Settings(
                    defaults.responder(),
                    OPTIONS,
                    advertiser,
                    signatures,
                    defaults.visibility(),
                    defaults.outsiders(),
                    List.of(),
                    defaults.staleLimit());
        }
    }

    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
