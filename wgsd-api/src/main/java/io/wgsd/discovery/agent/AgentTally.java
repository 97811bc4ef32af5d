package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts what an agent does. One thread counts; any may read. */
final class AgentTally {

    private final AtomicLong readings = new AtomicLong();
    private final AtomicLong failedReadings = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong failedWrites = new AtomicLong();
    private final AtomicLong endpointsSet = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong keepalivesLent = new AtomicLong();

    void read(boolean succeeded) {
        (succeeded ? readings : failedReadings).incrementAndGet();
    }

    void wrote(DeviceChange change, int lent) {
        writes.incrementAndGet();
        restarts.addAndGet(change.peers().stream().filter(PeerChange::isRestart).count());
        keepalivesLent.addAndGet(lent);
    }

    void failedToWrite() {
        failedWrites.incrementAndGet();
    }

    void sent(Collection<?> peers) {
        datagrams.addAndGet(peers.size());
    }

    void reports(Collection<AgentEvent> events) {
        endpointsSet.addAndGet(
                events.stream().filter(AgentEvent.EndpointSet.class::isInstance).count());
    }

    AgentStats stats(List<PeerStatus> statuses) {
        AgentStats.Builder stats = AgentStats.builder()
                .readings(readings.get())
                .failedReadings(failedReadings.get())
                .writes(writes.get())
                .failedWrites(failedWrites.get())
                .endpointsSet(endpointsSet.get())
                .restarts(restarts.get())
                .datagrams(datagrams.get())
                .keepalivesLent(keepalivesLent.get());
        statuses.stream()
                .collect(Collectors.groupingBy(PeerStatus::state, Collectors.summingInt(status -> 1)))
                .forEach(stats::peers);
        return stats.build();
    }
}
