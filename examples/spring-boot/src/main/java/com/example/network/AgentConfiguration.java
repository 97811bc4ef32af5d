package com.example.network;

import io.micrometer.core.instrument.Tags;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryClientBuilder;
import io.wgsd.micrometer.AgentMeters;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An agent, its meters and its health. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("network.agent.registries")
class AgentConfiguration {

    @Bean(destroyMethod = "close")
    DiscoveryClient discoveryClient(NetworkProperties network) throws IOException {
        DiscoveryClientBuilder client = DiscoveryClient.builder(network.names());
        for (String registry : network.agent().registries()) {
            client.server(NetworkProperties.address(registry));
        }
        return client.build();
    }

    @Bean(destroyMethod = "close")
    DiscoveryAgent agent(PeerSource wireGuard, DiscoveryClient client, NetworkProperties network) throws IOException {
        DiscoveryAgentBuilder agent = DiscoveryAgent.builder(wireGuard, network.device(), client);
        if (network.agent().state() != null) {
            agent.store(AgentStore.inFile(network.agent().state()));
        }
        return agent.start();
    }

    /** Spring Boot binds it to all meter registries. */
    @Bean(destroyMethod = "close")
    AgentMeters agentMeters(DiscoveryAgent agent, NetworkProperties network) {
        return new AgentMeters(agent, Tags.of("device", network.device()));
    }

    /** Shown as {@code agent}. */
    @Bean
    HealthIndicator agentHealthIndicator(DiscoveryAgent agent) {
        return () -> {
            AgentHealth health = agent.health();
            Health.Builder shown = health.isWorking() ? Health.up() : Health.down();
            health.deviceProblem().ifPresent(problem -> shown.withDetail("device", problem));
            return shown.withDetail("registries", health.registries().toString())
                    .build();
        };
    }
}
