package io.wgsd.discovery;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent is to do. Immutable and thread-safe.
 *
 * @param state what is to be remembered
 * @param change what is to be written; empty where nothing is
 * @param lent the peers whose persistent keepalive the change switches on, which is to be noted first
 * @param datagrams the peers that are to be sent a datagram after that
 * @param questions the peers that the registries are to be asked about
 * @param events what a listener is to be told
 * @param lookAgainIn after how long the device should be read again
 */
record Decision(
        AgentState state,
        Optional<DeviceChange> change,
        Set<PublicKey> lent,
        List<PublicKey> datagrams,
        List<PublicKey> questions,
        List<AgentEvent> events,
        Duration lookAgainIn) {}
