package io.wgsd.testkit.net.wireguard;

import java.time.Duration;

/** WireGuard's constants, as drivers/net/wireguard/messages.h has them. */
final class Protocol {

    static final long REKEY_TIMEOUT = Duration.ofSeconds(5).toNanos();
    static final long REKEY_AFTER_TIME = Duration.ofMinutes(2).toNanos();
    static final long REJECT_AFTER_TIME = Duration.ofMinutes(3).toNanos();
    static final long KEEPALIVE_TIMEOUT = Duration.ofSeconds(10).toNanos();
    static final long INITIATION_INTERVAL = Duration.ofSeconds(1).toNanos() / 50;
    static final int MAX_TIMER_HANDSHAKES = 90 / 5;
    static final int MAX_STAGED_PACKETS = 128;

    private Protocol() {}
}
