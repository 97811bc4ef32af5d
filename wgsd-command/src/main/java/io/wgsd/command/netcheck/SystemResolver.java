package io.wgsd.command.netcheck;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Whether programs on this host find the zone, by the resolver that the system is set to. */
final class SystemResolver {

    private static final String TOPIC = "resolver";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private SystemResolver() {}

    /**
     * Asks the first of the servers for a name that only the registry knows.
     *
     * @param listed the key by which a registry that answered lists this host; empty where none does
     */
    static Fact of(List<InetSocketAddress> servers, DnsSdNames names, Optional<PublicKey> listed) {
        if (servers.isEmpty()) {
            return Fact.good(TOPIC, "this host has none, so no program finds peers by name")
                    .with("finds", false);
        }
        InetSocketAddress server = servers.get(0);
        String zone = names.origin().toString(true);
        String where = IpAddress.of(server.getAddress()).toString();
        if (listed.isEmpty()) {
            return Fact.good(
                            TOPIC,
                            where
                                    + " was not asked: no registry lists this host, so that it is not known whether a name"
                                    + " is in " + zone)
                    .with("finds", null)
                    .with("server", where);
        }
        Fact fact;
        try {
            SimpleResolver resolver = new SimpleResolver(server);
            resolver.setTimeout(TIMEOUT);
            Name asked = names.instance(listed.get());
            Message response = resolver.send(Message.newQuery(Record.newRecord(asked, Type.SRV, DClass.IN)));
            boolean finds = !response.getSection(Section.ANSWER).isEmpty();
            fact = Fact.good(
                            TOPIC,
                            finds
                                    ? where + " finds what is in " + zone
                                    : where + " does not find what is in " + zone + " ("
                                            + Rcode.string(response.getRcode())
                                            + "): names of peers work only once it sends questions for this zone to the"
                                            + " registry")
                    .with("finds", finds);
        } catch (IOException e) {
            fact = Fact.good(TOPIC, where + " does not answer: " + e.getMessage())
                    .with("finds", null);
        }
        return fact.with("server", where);
    }
}
