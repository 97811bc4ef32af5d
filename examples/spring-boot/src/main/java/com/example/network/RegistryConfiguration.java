package com.example.network;

import io.micrometer.core.instrument.Tags;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.micrometer.RegistryMeters;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryHealth;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A registry, its meters and its health. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("network.registry.listen")
class RegistryConfiguration {

    @Bean(destroyMethod = "close")
    Registry registry(PeerSource wireGuard, NetworkProperties network) throws IOException {
        ZoneOptions zone = ZoneOptions.builder(network.names()).build();
        return Registry.builder(wireGuard, network.device(), zone)
                .listen(NetworkProperties.address(network.registry().listen()))
                .start();
    }

    /** Spring Boot binds it to all meter registries. */
    @Bean(destroyMethod = "close")
    RegistryMeters registryMeters(Registry registry, NetworkProperties network) {
        return new RegistryMeters(registry, Tags.of("zone", network.zone()));
    }

    /** Shown as {@code registry}. */
    @Bean
    HealthIndicator registryHealthIndicator(Registry registry) {
        return () -> {
            RegistryHealth health = registry.health();
            Health.Builder shown = health.isServingFresh() ? Health.up() : Health.down();
            health.readingError().ifPresent(error -> shown.withDetail("device", error.getMessage()));
            return shown.withDetail("listening", health.listening().toString()).build();
        };
    }
}
