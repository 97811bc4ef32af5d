package io.wgsd.micrometer.families;

import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.DiscoveryAgent;

/**
 * An agent at one moment.
 *
 * @param stats what it has done, and how its peers are
 * @param health how it is
 */
public record AgentReading(AgentStats stats, AgentHealth health) {

    public static AgentReading of(DiscoveryAgent agent) {
        return new AgentReading(agent.stats(), agent.health());
    }
}
