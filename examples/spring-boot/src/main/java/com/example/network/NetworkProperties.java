package com.example.network;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the application is told about its network.
 *
 * @param device the WireGuard device
 * @param zone the zone that has the device's peers
 * @param registry null for no registry
 * @param agent null for no agent
 */
@ConfigurationProperties("network")
public record NetworkProperties(String device, String zone, RegistryProperties registry, AgentProperties agent) {

    /** Where a registry listens, as in {@code 10.0.0.254:53}. */
    public record RegistryProperties(String listen) {}

    /** Whom an agent asks, and the file that it keeps for its next start. */
    public record AgentProperties(List<String> registries, Path state) {}

    DnsSdNames names() {
        return DnsSdNames.parse(zone);
    }

    static InetSocketAddress address(String text) throws IOException {
        return Endpoint.parse(text).toSocketAddress();
    }
}
