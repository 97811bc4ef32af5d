package io.wgsd.backend.uapi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.util.Set;
import jnr.ffi.LibraryLoader;

/**
 * A source whose calls reach files as another user, who owns none: on Linux each thread has a user of its own for that
 * (setfsuid(2)), and with root's it loses root's powers over files.
 */
final class PowerlessSource implements PeerSource {

    /** The C library, as far as it is needed. */
    public interface LibC {
        int setfsuid(int user);
    }

    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final int NOBODY = 65534;

    private final PeerSource source;

    PowerlessSource(PeerSource source) {
        this.source = source;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        return asNobody(source::deviceNames);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        return asNobody(() -> source.read(device, options));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        asNobody(() -> {
            source.apply(device, change);
            return true;
        });
    }

    @Override
    public void close() {
        source.close();
    }

    private interface Call<T> {
        T run() throws WireGuardException;
    }

    private static <T> T asNobody(Call<T> call) throws WireGuardException {
        int before = LIBC.setfsuid(NOBODY);
        try {
            return call.run();
        } finally {
            LIBC.setfsuid(before);
        }
    }
}
