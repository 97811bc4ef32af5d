package io.wgsd.server.transport.bind;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this host can find out through which interface a message arrived.
 *
 * <p>On Linux it can, with one socket for each way. Immutable and thread-safe.
 */
public final class ArrivalCheck {

    static final String LOOPBACK = "lo";

    private final @Nullable InterfaceBinder binder;
    private final @Nullable String obstacle;

    private ArrivalCheck(@Nullable InterfaceBinder binder, @Nullable String obstacle) {
        this.binder = binder;
        this.obstacle = obstacle;
    }

    /** Finds out by trying, without anything said to anyone. */
    static ArrivalCheck ofThisHost() {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return without("only Linux binds sockets to interfaces");
        }
        try (DatagramChannel scratch = DatagramChannel.open()) {
            InterfaceBinder binder = new LinuxInterfaceBinder();
            binder.bind(scratch, LOOPBACK);
            return new ArrivalCheck(binder, null);
        } catch (IOException e) {
            return without(String.valueOf(e.getMessage()));
        } catch (LinkageError | IllegalCallerException e) {
            return without("JNA is not there, or may not load native code (--enable-native-access)");
        }
    }

    public static ArrivalCheck without(String obstacle) {
        return new ArrivalCheck(null, obstacle);
    }

    Optional<InterfaceBinder> binder() {
        return Optional.ofNullable(binder);
    }

    /** Returns why not, in one clause. */
    Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }
}
