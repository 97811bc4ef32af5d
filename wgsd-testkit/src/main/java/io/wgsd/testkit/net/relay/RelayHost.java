package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NetEvent;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.wireguard.Hearer;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a relay needs of the host that it runs on. */
public interface RelayHost {

    /** Returns the monotonic time. */
    long nanos();

    /** Returns the host's wall clock time, right or wrong. */
    Instant wallClock();

    /** Returns the relay's generator. */
    Randomness random();

    /** Does something later, unless the relay has gone down by then. */
    void after(long delayNanos, Runnable task);

    /** Sends a message from the relay's port. */
    void send(Endpoint destination, Message message);

    /** Returns who would hear a message from the relay's port now, except for random loss; null if nobody would. */
    @Nullable
    Hearer hearer(Endpoint destination, int index);

    /** Records what happened to a member, and where that is. */
    void record(NetEvent.Kind kind, PublicKey member, @Nullable Endpoint at);
}
