package io.wgsd.spi;

import io.wgsd.model.Device;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a device is read. Immutable and thread-safe. */
public final class ReadOptions {

    private static final ReadOptions DEFAULTS = new ReadOptions(null);

    private final @Nullable Device previous;

    private ReadOptions(@Nullable Device previous) {
        this.previous = previous;
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
        return new ReadOptions(Objects.requireNonNull(earlier, "earlier"));
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
