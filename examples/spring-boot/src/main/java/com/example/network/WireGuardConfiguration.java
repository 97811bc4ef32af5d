package com.example.network;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to WireGuard, by the backends that are on the class path. */
@Configuration(proxyBeanMethods = false)
class WireGuardConfiguration {

    /** Spring closes it after all that use it. */
    @Bean(destroyMethod = "close")
    PeerSource wireGuard() {
        return PeerSources.open(PeerSourceOptions.defaults());
    }
}
