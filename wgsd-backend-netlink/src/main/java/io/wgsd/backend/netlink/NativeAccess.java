package io.wgsd.backend.netlink;

import com.sun.jna.Pointer;
import io.wgsd.backend.netlink.transport.LinuxNetlinkSockets;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.internal.NativeDenial;
import io.wgsd.spi.Availability;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads the native code once; where it cannot be used, reports why and what would enable it. */
final class NativeAccess {

    private static final NativeAccess HERE = load();

    private final @Nullable NetlinkSockets sockets;
    private final Availability finding;
    private final @Nullable Throwable failure;

    private NativeAccess(@Nullable NetlinkSockets sockets, Availability finding, @Nullable Throwable failure) {
        this.sockets = sockets;
        this.finding = finding;
        this.failure = failure;
    }

    /** Returns what was found; a class that failed to load stays failed, so it is found once. */
    static NativeAccess here() {
        return HERE;
    }

    Optional<NetlinkSockets> sockets() {
        return Optional.ofNullable(sockets);
    }

    Availability finding() {
        return finding;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    private static NativeAccess load() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
            Availability elsewhere = Availability.unavailable(
                    "only Linux has netlink", "use the backend \"uapi\" for userspace WireGuards, or \"cli\"");
            return new NativeAccess(null, elsewhere, null);
        }
        try {
            return new NativeAccess(new LinuxNetlinkSockets(), Availability.available("JNA works"), null);
        } catch (LinkageError | RuntimeException e) {
            return new NativeAccess(null, explain(e), e);
        }
    }

    static Availability explain(Throwable failure) {
        Throwable cause = NativeDenial.origin(failure);
        if (NativeDenial.isDenial(cause)) {
            return Availability.unavailable(
                    "this Java runtime denies native access to JNA (JEP 472)",
                    NativeDenial.remedy(Pointer.class.getModule(), "com.sun.jna"));
        }
        return Availability.unavailable(
                "native code of JNA does not load: "
                        + cause.toString().lines().findFirst().orElse(""),
                "see that JNA knows this platform, and that its temporary folder may hold programs"
                        + " (not mounted noexec; -Djna.tmpdir names another)");
    }
}
