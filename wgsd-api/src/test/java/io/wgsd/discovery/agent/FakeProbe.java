package io.wgsd.discovery.agent;

import io.wgsd.discovery.Trigger;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Datagrams that are answered at once: small ones always, full ones where they pass. */
final class FakeProbe implements Trigger.Probe {

    private final BooleanSupplier fullPass;
    private final Runnable closed;
    private final Set<Size> answered = EnumSet.noneOf(Size.class);

    FakeProbe(BooleanSupplier fullPass, Runnable closed) {
        this.fullPass = fullPass;
        this.closed = closed;
    }

    @Override
    public boolean send(Size size) {
        if (size == Size.SMALL || fullPass.getAsBoolean()) {
            answered.add(size);
        }
        return true;
    }

    @Override
    public boolean isAnswered(Size size) {
        return answered.contains(size);
    }

    @Override
    public void close() {
        closed.run();
    }
}
