package io.wgsd.discovery.health;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RegistryStatus.State;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.model.Moment;
import io.wgsd.model.TimeSource;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes from an agent's events and its registries how it is, and hands the events on. Thread-safe. */
public final class HealthKeeper implements AgentEvent.Listener {

    private final AgentEvent.Listener listener;
    private final TimeSource clock;
    private final List<ObservedChannel> channels;
    private final Map<InetSocketAddress, Turn> turns = new HashMap<>();
    private @Nullable Moment firstSeen;
    private boolean deviceUp;
    private @Nullable String deviceProblem;
    private @Nullable String ended;

    /** How a registry became what it is. */
    private record Turn(State state, Moment at, @Nullable String reason) {}

    /**
     * Makes a keeper for an agent that is about to start.
     *
     * @param channels the registries
     * @param listener gets the events after they were noted
     */
    public HealthKeeper(List<RegistryChannel> channels, AgentEvent.Listener listener, TimeSource clock) {
        this.listener = listener;
        this.clock = clock;
        this.channels = channels.stream()
                .map(channel -> new ObservedChannel(channel, clock))
                .toList();
    }

    /** Returns the registries to ask, which note what they say. */
    public List<RegistryChannel> channels() {
        return List.copyOf(channels);
    }

    @Override
    public void happened(AgentEvent event) {
        note(event);
        listener.happened(event);
    }

    /** Returns how the agent is now. */
    public AgentHealth health() {
        Moment now = clock.now();
        AgentHealth.Builder health;
        Map<InetSocketAddress, Turn> latest;
        Moment first;
        synchronized (this) {
            first = first(now);
            health = AgentHealth.builder()
                    .deviceUp(deviceUp)
                    .deviceProblem(deviceProblem)
                    .ended(ended);
            latest = Map.copyOf(turns);
        }
        for (ObservedChannel channel : channels) {
            Turn turn = latest.getOrDefault(channel.label(), new Turn(State.UNKNOWN, first, null));
            health.registry(RegistryStatus.builder(
                            channel.label(), turn.state(), turn.at().wallAsOf(now))
                    .reason(turn.reason())
                    .age(channel.age())
                    .pushing(channel.isPushing())
                    .roundTrip(channel.roundTrip())
                    .build());
        }
        return health.build();
    }

    private Moment first(Moment now) {
        if (firstSeen == null) {
            firstSeen = now;
        }
        return firstSeen;
    }

    private synchronized void note(AgentEvent event) {
        if (event instanceof AgentEvent.DeviceUp) {
            first(clock.now());
            deviceUp = true;
            deviceProblem = null;
        } else if (event instanceof AgentEvent.EndpointSet) {
            // What could not be written before, can be now.
            deviceProblem = null;
        } else if (event instanceof AgentEvent.DeviceDown down) {
            first(clock.now());
            deviceProblem = down.reason();
        } else if (event instanceof AgentEvent.RegistryUp up) {
            turns.put(up.server(), new Turn(State.UP, clock.now(), null));
        } else if (event instanceof AgentEvent.RegistryDown down) {
            turns.put(down.server(), new Turn(State.DOWN, clock.now(), down.reason()));
        } else if (event instanceof AgentEvent.RegistryNotAsked not) {
            turns.put(not.server(), new Turn(State.NOT_ASKED, clock.now(), not.reason()));
        } else if (event instanceof AgentEvent.Ended end) {
            ended = end.reason();
        }
    }
}
