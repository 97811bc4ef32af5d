package com.example.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPeersTest {

    private static final String KEY = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";

    @Test
    void aPeerIsALine() throws Exception {
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        wireGuard
                .create("wg0")
                .apply(DeviceChange.builder()
                        .peer(PublicKey.parse(KEY))
                        .endpoint(Endpoint.parse("192.0.2.1:51820"))
                        .addAllowedIp(IpPrefix.parse("10.0.0.1/32"))
                        .build());

        assertEquals(
                List.of("wg0: " + KEY + " at 192.0.2.1:51820 has [10.0.0.1/32]"),
                ListPeers.lines(wireGuard.source()));
    }
}
