package io.wgsd.command;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;

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

    /** Does what a look-up does first, but for sending. */
    private static void lookUpNobody() {
        try (Selector selector = Selector.open();
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            DnsSdNames names = DnsSdNames.parse("example.com");
            names.instance(PublicKey.of(new byte[PublicKey.LENGTH])).toWire();
            new SecureRandom().nextInt(1 << 16);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            selector.selectNow();
        } catch (IOException | UnsupportedOperationException e) {
            // Then whoever needs it will meet the same error, and tell of it.
        }
    }
}
