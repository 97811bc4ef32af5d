package io.wgsd.testkit.net.wireguard;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.DatagramHandler;
import io.wgsd.testkit.net.NetEvent;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.time.EventLoop;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What WireGuard needs of the host that it runs on. */
public interface Underlay {

    /** Returns what the host is called in messages. */
    String name();

    /** Returns the time that the host is in. */
    EventLoop loop();

    /** Returns the host's wall clock time, right or wrong. */
    Instant wallClock();

    /** Returns a generator of its own for each caller. */
    Randomness split();

    /** Returns the clock of a new device's timers. */
    TimerClock timerClock(Randomness random);

    /** Returns whether a program that sends data to a peer without an endpoint gets an error. */
    boolean refusesDataWithoutEndpoint();

    /** Opens a UDP socket. */
    void bind(int port, DatagramHandler handler);

    /** Closes a UDP socket. */
    void unbind(int port);

    /** Sends a message; returns whether it left the host. */
    boolean send(int port, Endpoint destination, Message message);

    /**
     * Returns who would hear data now that is sent under the receiver's index, except for random loss; null if nobody
     * would.
     */
    @Nullable
    Hearer hearer(int port, Endpoint destination, int index);

    /** Records what happened to a peer, and where that is reached. */
    void record(NetEvent.Kind kind, PublicKey peer, @Nullable Endpoint endpoint);
}
