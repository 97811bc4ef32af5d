package io.wgsd.portmap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that forgets with the process. Thread-safe. */
final class MemoryStore implements PortMapperStore {

    private volatile byte @Nullable [] state;

    @Override
    public Optional<byte[]> load() {
        return Optional.ofNullable(state);
    }

    @Override
    public void save(byte[] value) {
        state = value;
    }
}
