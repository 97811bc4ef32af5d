package io.wgsd.examples.command;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.AdvertisementParser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.PeerRecords;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/**
 * Has Java prepare what looking peers up needs, side by side with reading the command's arguments, which takes about as long.
 *
 * <p>Whoever needs it waits for the end of it first: so no two threads prepare the same classes, which could wait for each other.
 */
final class Preparation {

    private static final Thread THREAD = new Thread(Preparation::lookUpNobody, "wgsd-preparation");

    private Preparation() {}

    static void begin() {
        THREAD.setDaemon(true);
        THREAD.start();
    }

    /** Waits for the end, where there was a beginning. */
    static void await() throws InterruptedException {
        THREAD.join();
    }

    /** Writes and reads what a registry would answer for a peer that there is not. */
    private static void lookUpNobody() {
        try (Selector selector = Selector.open()) {
            DnsSdNames names = DnsSdNames.parse("example.com");
            Advertisement nobody = Advertisement.builder(PublicKey.of(new byte[PublicKey.LENGTH]))
                    .endpoint(Endpoint.parse("192.0.2.1:51820"))
                    .build();
            PeerRecords records = PeerRecords.of(names, nobody, Duration.ZERO);
            Message reply = new Message(new SecureRandom().nextInt(1 << 16));
            records.all().forEach(record -> reply.addRecord(record, Section.ANSWER));
            AdvertisementParser.of(names, nobody.publicKey())
                    .parse(new Message(reply.toWire()).getSection(Section.ANSWER));
            selector.selectNow();
        } catch (IOException e) {
            // Then whoever needs it will meet the same error, and tell of it.
        }
    }
}
