package io.wgsd.relay;

import io.wgsd.relay.session.KeptText;
import io.wgsd.relay.session.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Saves the sessions' state once a second where it has changed. For one thread, but for {@link #problems()}. */
final class Saving {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final RelayStore store;
    private final RelayListener listener;
    private final LongSupplier ticks;
    private long revision;
    private long due = INTERVAL;
    private volatile @Nullable String problem;

    Saving(RelayStore store, RelayListener listener, LongSupplier ticks) {
        this.store = store;
        this.listener = listener;
        this.ticks = ticks;
    }

    /** Notes that the state is saved as it is. */
    void saved(long at) {
        revision = at;
    }

    List<String> problems() {
        String line = problem;
        return line == null ? List.of() : List.of(line);
    }

    void saveIfDue(Sessions sessions) {
        if (ticks.getAsLong() >= due) {
            due = ticks.getAsLong() + INTERVAL;
            save(sessions);
        }
    }

    void save(Sessions sessions) {
        long now = sessions.revision();
        if (now == revision) {
            return;
        }
        try {
            store.save(KeptText.write(sessions.kept()));
            revision = now;
            problem = null;
        } catch (IOException e) {
            String line = "the relay's state is not saved, so that a restart will cost members half a minute: "
                    + e.getMessage();
            boolean known = problem != null;
            problem = line;
            if (!known) {
                listener.problem(line);
            }
        }
    }
}
