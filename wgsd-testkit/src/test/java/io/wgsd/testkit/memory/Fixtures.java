package io.wgsd.testkit.memory;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Values that the tests of this package share. */
final class Fixtures {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901234Z");
    static final InstantSource CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final PublicKey ALICE = key(1);
    static final PublicKey BOB = key(2);
    static final Endpoint HOME = Endpoint.parse("192.0.2.1:51820");
    static final Endpoint AWAY = Endpoint.parse("198.51.100.2:4711");
    static final IpPrefix TEN = IpPrefix.parse("10.0.0.1/32");
    static final IpPrefix NET = IpPrefix.parse("10.1.0.0/16");
    static final Duration KEEPALIVE = Duration.ofSeconds(25);

    private Fixtures() {}

    static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return PublicKey.of(bytes);
    }

    static DeviceChange.Builder change() {
        return DeviceChange.builder();
    }

    /** Returns the list to which a listener of this WireGuard adds all events. */
    static List<MemoryEvent> eventsOf(MemoryWireGuard wireGuard) {
        List<MemoryEvent> events = new ArrayList<>();
        wireGuard.addListener((device, some) -> events.addAll(some));
        return events;
    }
}
