package io.wgsd.relay;

import io.wgsd.relay.forward.Forwarding;
import io.wgsd.relay.forward.KeptRoute;
import io.wgsd.relay.session.Sessions;
import io.wgsd.relay.state.State;
import io.wgsd.relay.state.StateText;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves the state once a second where it has changed.
 *
 * <p>The thread that carries handshakes notes the routes, and that of the sessions saves both; {@link #problems()} is
 * for any.
 */
final class Saving {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final RelayStore store;
    private final RelayListener listener;
    private final LongSupplier ticks;
    private final InstantSource clock;
    private Revisions saved = Revisions.NONE;
    private long due = INTERVAL;
    private long routesDue;
    private volatile Noted noted = new Noted(List.of(), 0);
    private volatile @Nullable String problem;

    /** The routes at one time. */
    private record Noted(List<KeptRoute> routes, long revision) {}

    /** Which state it is that was saved. */
    private record Revisions(long sessions, long routes) {

        static final Revisions NONE = new Revisions(-1, -1);
    }

    Saving(RelayStore store, RelayListener listener, LongSupplier ticks, InstantSource clock) {
        this.clock = clock;
        this.store = store;
        this.listener = listener;
        this.ticks = ticks;
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

    /** Notes the routes, if there are new ones and it was not done in this second. */
    void noteIfDue(Forwarding forwarding) {
        if (ticks.getAsLong() >= routesDue && forwarding.revision() != noted.revision) {
            routesDue = ticks.getAsLong() + INTERVAL;
            note(forwarding);
        }
    }

    void note(Forwarding forwarding) {
        noted = new Noted(forwarding.kept(clock.instant().getEpochSecond(), ticks.getAsLong()), forwarding.revision());
    }

    void save(Sessions sessions) {
        Noted routes = noted;
        Revisions now = new Revisions(sessions.revision(), routes.revision);
        if (now.equals(saved)) {
            return;
        }
        try {
            store.save(StateText.write(new State(sessions.kept(), routes.routes)));
            saved = now;
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
