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
 * Loads the classes that a lookup needs while the command's arguments are read, which takes about as long.
 *
 * <p>On two processors this saves 13 of 129 ms in {@code wgsd client} with three peers, and 20 of 126 ms in {@code wgsd
 * browse}, and costs no processor time. A command waits for its end before it uses these classes, because two threads
 * that load the same ones could wait for each other.
 */
final class LookupPreload {

    private static final Thread THREAD = new Thread(LookupPreload::lookUpNobody, "wgsd-preload");

    private LookupPreload() {}

    static void begin() {
        THREAD.setDaemon(true);
        THREAD.start();
    }

    /** Waits until all are loaded, if {@link #begin} was called. */
    static void await() throws InterruptedException {
        THREAD.join();
    }

    /** Does what a lookup does first, except sending. */
    private static void lookUpNobody() {
        try (Selector selector = Selector.open();
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            DnsSdNames names = DnsSdNames.parse("wg.example.com");
            names.instance(PublicKey.of(new byte[PublicKey.LENGTH])).toWire();
            new SecureRandom().nextInt(1 << 16);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            selector.selectNow();
        } catch (IOException | UnsupportedOperationException e) {
            // The lookup itself will meet the same error and report it.
        }
    }
}
