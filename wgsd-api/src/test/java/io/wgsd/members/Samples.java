package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The network that tests are about: a hub, which is the registry, and hosts. */
final class Samples {

    static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    static final DnsSdNames ZONE = MembersZone.names(NAMES);
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Member HUB = Member.builder(key(1), "hub")
            .role(MemberRole.REGISTRY)
            .allowedIps(prefixes("10.0.0.0/24", "10.0.0.1/32"))
            .endpoint(Endpoint.parse("192.0.2.1:51820"))
            .build();
    static final Member ALICE = Member.builder(key(2), "alice")
            .allowedIps(prefixes("10.0.0.2/32", "fd00::2/128"))
            .group("servers")
            .build();
    static final Member BOB = Member.builder(key(3), "bob")
            .allowedIps(prefixes("10.0.0.3/32", "192.168.7.0/24"))
            .build();
    static final List<IpPrefix> RANGES = prefixes("10.0.0.0/24", "fd00::/64");
    static final Network NETWORK = Network.of(NAMES, RANGES, List.of(HUB, ALICE, BOB));

    private Samples() {}

    static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        bytes[31] = 7;
        return PublicKey.of(bytes);
    }

    static List<IpPrefix> prefixes(String... texts) {
        return Stream.of(texts).map(IpPrefix::parse).toList();
    }

    static Member member(int number, String name, String... allowedIps) {
        return Member.builder(key(number), name)
                .allowedIps(prefixes(allowedIps))
                .build();
    }
}
