package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A registry one of whose threads ends by an error serves nothing any more, and reports it. */
@Timeout(60)
class FatalErrorsTest {

    private static final Error ERROR = new OutOfMemoryError("a test");

    private final World world = new World();
    private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private volatile Where place = Where.ANSWERING;
    private volatile Thread reader;

    private enum Where {
        ANSWERING,
        READING,
        TELLING
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anErrorWhereDatagramsAreAnsweredEndsIt() throws Exception {
        InetSocketAddress address = start(Where.ANSWERING);
        failing = true;
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] query = questionWithCookie();
            socket.send(new DatagramPacket(query, query.length, address));
        }

        assertHasEnded(address);
    }

    @Test
    void anErrorWhereStreamsAreAnsweredEndsIt() throws Exception {
        InetSocketAddress address = start(Where.ANSWERING);
        failing = true;
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            byte[] query = questionWithCookie();
            socket.getOutputStream().write(new byte[] {(byte) (query.length >> 8), (byte) query.length});
            socket.getOutputStream().write(query);

            assertHasEnded(address);
        }
    }

    @Test
    void anErrorWhereTheDeviceIsReadEndsIt() throws Exception {
        InetSocketAddress address = start(Where.READING);
        failing = true;

        assertHasEnded(address);
    }

    @Test
    void anErrorOfTheListenerEndsIt() throws Exception {
        InetSocketAddress address = start(Where.TELLING);
        failing = true;
        world.setPeer(ALICE, HOME);

        assertHasEnded(address);
    }

    private InetSocketAddress start(Where where) throws Exception {
        place = where;
        RegistryBuilder builder = Registry.builder(new FailingSource(), "wg0", Samples.OPTIONS)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .clock(() -> {
                    // Cookies are made by the clock, and by what answers; the zone is another's thread's.
                    failNow(place == Where.ANSWERING && !Thread.currentThread().equals(reader));
                    return TimeSource.system().now();
                })
                .listener(new Registry.Listener() {
                    @Override
                    public void zoneChanged(Optional<Zone> previous, Zone current) {
                        failNow(place == Where.TELLING);
                    }

                    @Override
                    public void ended(Throwable error) {
                        told.add(error);
                    }
                });
        Registry registry = world.start(builder);
        World.await(() -> registry.zone().isPresent());
        return registry.localAddresses().get(0);
    }

    private void failNow(boolean here) {
        if (failing && here) {
            throw ERROR;
        }
    }

    private void assertHasEnded(InetSocketAddress address) throws Exception {
        assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(ERROR);
        World.await(() -> isFree(address));
        assertThat(told).isEmpty();
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(address)) {
            tcp.bind(address);
            return udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] questionWithCookie() {
        Message query = Message.newQuery(Record.newRecord(NAMES.services(), Type.PTR, DClass.IN));
        query.addRecord(
                new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(EDNSOption.Code.COOKIE, new byte[8])),
                Section.ADDITIONAL);
        return query.toWire();
    }

    /** The world's device, which cannot be read any more for want of memory. */
    private final class FailingSource implements PeerSource {

        @Override
        public Set<String> deviceNames() throws WireGuardException {
            return world.source.deviceNames();
        }

        @Override
        public Device read(String device, ReadOptions options) throws WireGuardException {
            reader = Thread.currentThread();
            failNow(place == Where.READING);
            return world.source.read(device, options);
        }

        @Override
        public void apply(String device, DeviceChange change) throws WireGuardException {
            world.source.apply(device, change);
        }

        @Override
        public void close() {}
    }
}
