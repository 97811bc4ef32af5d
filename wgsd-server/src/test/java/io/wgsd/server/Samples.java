package io.wgsd.server;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.VisibilityRules;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Values that the tests of this package share. */
public final class Samples {

    public static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    public static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    public static final Endpoint HOME = Endpoint.parse("203.0.113.1:41424");
    public static final Endpoint AWAY = Endpoint.parse("198.51.100.7:1");
    public static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    public static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES).build();

    private Samples() {}

    public static Peer peer(PublicKey key, Endpoint endpoint) {
        return Peer.builder(key)
                .endpoint(endpoint)
                .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                .build();
    }

    public static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.KERNEL).peers(List.of(peers)).build();
    }

    /** Returns what a policy says, for the rooms that do not know it by its public name. */
    public static VisibilityRules rules(VisibilityPolicy policy) {
        return policy.rules();
    }

    public static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
