package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;

/** A {@link NatLab} with a relay, 40 ms one way between any two, and what Alice and Bob do to use it. */
final class Relayed {

    static final String RELAY = "relay";
    static final Duration KEEPALIVE = Duration.ofSeconds(25);

    final NatLab lab;
    final SimulatedRelay relay;

    Relayed(NatKind nats) {
        this(NatLab.builder().nat(nats));
    }

    Relayed(NatLab.Builder builder) {
        this(builder, LinkConditions.delay(Pair.OWD));
    }

    Relayed(NatLab.Builder builder, LinkConditions conditions) {
        lab = builder.relay(RELAY)
                .conditions(conditions)
                .keepalive(Duration.ZERO)
                .up();
        relay = lab.relay(RELAY);
    }

    /** Has both attach to the relay. */
    Relayed attached() {
        attach(lab.alice());
        attach(lab.bob());
        pass(500);
        return this;
    }

    /** Has both reach each other through the relay, with a session that is idle when this returns. */
    Relayed connected() {
        attached();
        via(lab.alice(), BOB);
        via(lab.bob(), ALICE);
        pingAlice();
        pass(1_000);
        return this;
    }

    void attach(SimulatedHost host) {
        Punch.apply(
                host,
                DeviceChange.builder()
                        .peer(relay.publicKey())
                        .endpoint(relay.endpoint(false))
                        .persistentKeepalive(KEEPALIVE)
                        .build());
    }

    /** Sets the endpoint of the other to the relay's. */
    void via(SimulatedHost host, PublicKey other) {
        write(host, other, relay.endpoint(false));
    }

    void write(SimulatedHost host, PublicKey other, Endpoint endpoint) {
        Punch.apply(host, DeviceChange.builder().peer(other).endpoint(endpoint).build());
    }

    Endpoint endpointOfBob() {
        return lab.alice()
                .wireGuard(DEVICE)
                .device()
                .peer(BOB)
                .orElseThrow()
                .endpoint()
                .orElseThrow();
    }

    Endpoint endpointOfAlice() {
        return lab.bob()
                .wireGuard(DEVICE)
                .device()
                .peer(ALICE)
                .orElseThrow()
                .endpoint()
                .orElseThrow();
    }

    Ping pingAlice() {
        return lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL);
    }

    boolean answered(Ping ping, Duration limit) {
        return lab.timeline().runUntil(ping::isAnswered, limit);
    }

    void pass(long millis) {
        lab.timeline().runFor(Duration.ofMillis(millis));
    }
}
