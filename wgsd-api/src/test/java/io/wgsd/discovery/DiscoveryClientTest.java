package io.wgsd.discovery;

import static io.wgsd.internal.exchange.Reply.address;
import static io.wgsd.internal.exchange.Reply.srv;
import static io.wgsd.internal.exchange.Reply.txt;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.exchange.Reply;
import io.wgsd.internal.exchange.ScriptedServer;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** The client over real sockets on loopback. */
class DiscoveryClientTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey KEY = PublicKey.parse("qGFrO2lkTPz4e2pKxnyBUvhwuXsSDW4TNrwZqFCIQEQ=");
    private static final Name INSTANCE = NAMES.instance(KEY);

    @Test
    void aPeerIsFoundWithAllThatTheRegistrySays() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(heard -> heard.reply()
                        .answer(srv(INSTANCE, 51820, NAMES.host(KEY)))
                        .additional(
                                address(NAMES.host(KEY), "203.0.113.1"),
                                txt(INSTANCE, "txtvers=1", "pub=" + KEY, "allowed=10.0.0.1/32"))
                        .once());
                DiscoveryClient client = DiscoveryClient.builder(NAMES.origin())
                        .server(server.address())
                        .build()) {
            assertThat(client.lookup(KEY))
                    .contains(Advertisement.builder(KEY)
                            .endpoint(Endpoint.parse("203.0.113.1:51820"))
                            .allowedIps(java.util.List.of(IpPrefix.parse("10.0.0.1/32")))
                            .build());
            assertThat(Reply.name("a.")).isNotNull();
        }
    }
}
