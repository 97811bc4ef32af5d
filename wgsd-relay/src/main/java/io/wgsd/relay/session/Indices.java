package io.wgsd.relay.session;

import io.wgsd.relay.wire.Messages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The relay's own indices: of sessions, and of handshakes that it has begun. Not thread-safe. */
final class Indices {

    private final UnaryOperator<byte[]> random;
    private final Map<Integer, Object> entries = new HashMap<>();

    Indices(UnaryOperator<byte[]> random) {
        this.random = random;
    }

    int fresh() {
        int index;
        do {
            index = Messages.word(random.apply(new byte[Integer.BYTES]), 0);
        } while (entries.containsKey(index));
        return index;
    }

    Keypair put(Keypair keypair) {
        entries.put(keypair.keys().localIndex(), keypair);
        return keypair;
    }

    Attempt put(Attempt attempt) {
        entries.put(attempt.initiation.localIndex(), attempt);
        return attempt;
    }

    void remove(int index) {
        entries.remove(index);
    }

    Optional<Keypair> keypair(int index) {
        return entries.get(index) instanceof Keypair keypair ? Optional.of(keypair) : Optional.empty();
    }

    Optional<Attempt> attempt(int index) {
        return entries.get(index) instanceof Attempt attempt ? Optional.of(attempt) : Optional.empty();
    }
}
