package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.wire.Messages;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** {@link Relay}'s way of data makes no objects, so that no collection of garbage keeps packets waiting. */
class AllocationTest {

    private static final int PACKETS = 5_000;
    private static final int AT_ONCE = 50;

    private final TestPeer relayKeys = new TestPeer(0);
    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);

    @Test
    void packetsThatAreSentOnMakeNoObjects() throws Exception {
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (Relay relay = Relay.builder(relayKeys.secretKey(), RelayMembers.of(List.of(alice.key(), bob.key())))
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .threadFactory(task -> {
                            Thread thread = new Thread(task);
                            threads.add(thread);
                            return thread;
                        })
                        .start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer other = new UdpPeer(bob, relay)) {
            one.attach();
            other.attach();
            one.send(alice.initiation(bob.key()));
            other.send(bob.respond(other.await(Messages.INITIATION)));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            other.await(bob::accepts);
            byte[] data = alice.data(1000);
            // What is loaded and counted once.
            exchange(one, other, data, 500);

            Thread receiving = threads.get(threads.size() - 1);
            long before = meter.getThreadAllocatedBytes(receiving.getId());
            exchange(one, other, data, PACKETS);
            long after = meter.getThreadAllocatedBytes(receiving.getId());

            assertThat(after - before).as("bytes for %d packets", PACKETS).isLessThan(PACKETS);
        }
    }

    private static void exchange(UdpPeer one, UdpPeer other, byte[] data, int count) throws Exception {
        for (int i = 0; i < count; i += AT_ONCE) {
            for (int j = 0; j < AT_ONCE; j++) {
                one.send(data);
            }
            for (int j = 0; j < AT_ONCE; j++) {
                other.await(Messages.DATA);
            }
        }
    }
}
