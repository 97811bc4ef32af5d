package com.example.image;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Prints the backends with why they cannot be used, and then what a registry over wg0 serves. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        DnsSdNames names = DnsSdNames.parse("example.com");
        ZoneOptions zone = ZoneOptions.builder(names).build();
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("uapi.directory", args[0]);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (PeerSources source = PeerSources.open(options)) {
            source.backends().forEach(System.out::println);
            try (Registry registry =
                    Registry.builder(source, "wg0", zone).listen(anyPort).start()) {
                Message query = Message.newQuery(Record.newRecord(names.services(), Type.PTR, DClass.IN));
                SimpleResolver resolver = new SimpleResolver(registry.localAddresses().get(0));
                Message response = resolver.send(query);
                // Until the device has been read for the first time there is no zone.
                for (int i = 0; i < 100 && response.getRcode() == Rcode.SERVFAIL; i++) {
                    Thread.sleep(50);
                    response = resolver.send(query);
                }
                System.out.println(response);
            }
        }
    }
}
