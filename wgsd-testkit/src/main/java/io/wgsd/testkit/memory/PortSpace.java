package io.wgsd.testkit.memory;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntSupplier;

/** The UDP ports of the host, which no two devices share; guarded by the lock of its {@link World}. */
final class PortSpace {

    private static final int PORTS = 65536;

    private final Set<Integer> taken = new HashSet<>();
    private final IntSupplier chooser;

    PortSpace(IntSupplier chooser) {
        this.chooser = chooser;
    }

    /** Returns a chooser that counts up from the first port of the dynamic range (RFC 6335, section 6), and around. */
    static IntSupplier ascending() {
        int[] last = {PORTS - 1};
        return () -> last[0] = last[0] == PORTS - 1 ? 49152 : last[0] + 1;
    }

    /** Takes a port, any free one for 0; empty where it is taken, or none that the chooser names is free. */
    OptionalInt take(int port) {
        if (port != 0) {
            return taken.add(port) ? OptionalInt.of(port) : OptionalInt.empty();
        }
        for (int attempt = 0; attempt < PORTS; attempt++) {
            int chosen = chooser.getAsInt();
            if (chosen < 1 || chosen >= PORTS) {
                throw new IllegalStateException("the port chooser must name 1.." + (PORTS - 1) + ", named " + chosen);
            }
            if (taken.add(chosen)) {
                return OptionalInt.of(chosen);
            }
        }
        return OptionalInt.empty();
    }

    void free(int port) {
        taken.remove(port);
    }
}
