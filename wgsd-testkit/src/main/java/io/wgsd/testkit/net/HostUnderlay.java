package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.time.EventLoop;
import io.wgsd.testkit.net.wireguard.Hearer;
import io.wgsd.testkit.net.wireguard.Message;
import io.wgsd.testkit.net.wireguard.TimerClock;
import io.wgsd.testkit.net.wireguard.Underlay;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A simulated host as its WireGuard sees it. */
record HostUnderlay(SimulatedHost host) implements Underlay {

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public EventLoop loop() {
        return host.net().timeline().loop();
    }

    @Override
    public Instant wallClock() {
        return host.clock().instant();
    }

    @Override
    public Randomness split() {
        return host.split();
    }

    @Override
    public TimerClock timerClock(Randomness random) {
        return host.implementation().timerClock(random);
    }

    @Override
    public boolean refusesDataWithoutEndpoint() {
        return host.implementation().refusesDataWithoutEndpoint();
    }

    @Override
    public void bind(int port, DatagramHandler handler) {
        host.bind(port, handler);
    }

    @Override
    public void unbind(int port) {
        host.unbind(port);
    }

    @Override
    public boolean send(int port, Endpoint destination, Message message) {
        return host.send(port, destination, message.length(), message);
    }

    @Override
    public @Nullable Hearer hearer(int port, Endpoint destination, int index) {
        return host.hearer(port, destination, index);
    }

    @Override
    public void record(NetEvent.Kind kind, PublicKey peer, @Nullable Endpoint endpoint) {
        host.net().trace().record(kind, host, peer, endpoint);
    }
}
