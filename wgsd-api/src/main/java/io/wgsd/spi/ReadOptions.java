package io.wgsd.spi;

import io.wgsd.model.Device;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a device is read. Immutable and thread-safe. */
public final class ReadOptions {

    private static final ReadOptions DEFAULTS = new ReadOptions(null, true);

    private final @Nullable Device previous;
    private final boolean publicKeyWanted;

    private ReadOptions(@Nullable Device previous, boolean publicKeyWanted) {
        this.previous = previous;
        this.publicKeyWanted = publicKeyWanted;
    }

    /**
     * Returns the options that fit most callers.
     *
     * @return options with nothing to reuse
     */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with an earlier reading, whose unchanged values a backend may share to save memory and time.
     *
     * <p>The result of reading is equal with and without it.
     *
     * @param earlier what was read before
     * @return new options
     */
    public ReadOptions reusing(Device earlier) {
        return new ReadOptions(Objects.requireNonNull(earlier, "earlier"), publicKeyWanted);
    }

    /**
     * Returns these options for a caller that can do without the device's own public key, as told by {@link Device#publicKey}.
     *
     * <p>A userspace WireGuard tells the private key only. To derive the other from it is what takes longest in reading a
     * small device for the first time, most of which Java takes to prepare the arithmetic.
     *
     * @return new options, with which a backend may leave out that key, and nothing else
     */
    public ReadOptions withoutPublicKey() {
        return new ReadOptions(previous, false);
    }

    /**
     * Returns whether the device's own public key must be told where there is one.
     *
     * @return false where the backend may leave it out
     */
    public boolean isPublicKeyWanted() {
        return publicKeyWanted;
    }

    /**
     * Returns the earlier reading.
     *
     * @return a device; empty where nothing can be reused
     */
    public Optional<Device> previous() {
        return Optional.ofNullable(previous);
    }
}
