package io.wgsd.testkit.net;

import io.wgsd.model.DeviceKind;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.wireguard.TimerClock;

/**
 * Which WireGuard a simulated host runs. Implementations differ in how exact their timers are, and in what becomes of
 * data for a peer without an endpoint.
 *
 * <p>Immutable and thread-safe.
 */
public final class WireGuardImplementation {

    private static final int MIN_TICKS = 10;
    private static final int MAX_TICKS = 10_000;
    private static final WireGuardImplementation GO = new WireGuardImplementation(DeviceKind.USERSPACE, 0, false);

    private final DeviceKind kind;
    private final int ticksPerSecond;
    private final boolean aligned;

    private WireGuardImplementation(DeviceKind kind, int ticksPerSecond, boolean aligned) {
        this.kind = kind;
        this.ticksPerSecond = ticksPerSecond;
        this.aligned = aligned;
    }

    /**
     * Returns wireguard-go: its timers are exact, and data for a peer without an endpoint is kept, and starts a
     * handshake that goes nowhere and delays the next one by 5 s.
     *
     * @return the implementation
     */
    public static WireGuardImplementation wireguardGo() {
        return GO;
    }

    /**
     * Returns the Linux kernel's: timers go off on the grid of its timer wheel, which at 5 s is 80 to 640 ms wide, and
     * data for a peer without an endpoint is refused (EDESTADDRREQ). Each host's grid is shifted at random.
     *
     * @param ticksPerSecond CONFIG_HZ, as in 100, 250 or 1000; 10 to 10000
     * @return the implementation
     */
    public static WireGuardImplementation linux(int ticksPerSecond) {
        if (ticksPerSecond < MIN_TICKS || ticksPerSecond > MAX_TICKS) {
            throw new IllegalArgumentException(
                    "ticks per second must be " + MIN_TICKS + ".." + MAX_TICKS + ", was " + ticksPerSecond);
        }
        return new WireGuardImplementation(DeviceKind.KERNEL, ticksPerSecond, false);
    }

    /**
     * Returns this, but with the grids of all hosts coinciding, as those of network namespaces of one kernel do.
     *
     * @return the implementation; this where there is no grid
     */
    public WireGuardImplementation onOneKernel() {
        return ticksPerSecond == 0 ? this : new WireGuardImplementation(kind, ticksPerSecond, true);
    }

    /**
     * Returns where it runs.
     *
     * @return kernel or user space
     */
    public DeviceKind kind() {
        return kind;
    }

    boolean refusesDataWithoutEndpoint() {
        return kind == DeviceKind.KERNEL;
    }

    TimerClock timerClock(Randomness random) {
        // Wide enough for a random shift of every level that WireGuard's delays reach.
        long widest = 1L << 50;
        return ticksPerSecond == 0
                ? new TimerClock.Exact()
                : new TimerClock.Wheel(ticksPerSecond, aligned ? 0 : random.below(widest));
    }

    @Override
    public String toString() {
        return ticksPerSecond == 0 ? "wireguard-go" : "Linux at " + ticksPerSecond + " Hz";
    }
}
