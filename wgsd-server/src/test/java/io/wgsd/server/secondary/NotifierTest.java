package io.wgsd.server.secondary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** A notifier and a secondary, which is a socket on this host's loopback. */
@Timeout(60)
class NotifierTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final DatagramSocket secondary = secondary();
    private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();
    private final Notifier notifier = notifier(List.of(new InetSocketAddress(LOOPBACK, 53)));

    @AfterEach
    void close() {
        notifier.close();
        secondary.close();
    }

    @Test
    void aNewZoneIsNotifiedWithItsSoaFromWhereTheRegistryListens() throws IOException {
        notifier.published(soa(7));

        DatagramPacket packet = receive();
        Message request = message(packet);
        assertThat(packet.getAddress()).isEqualTo(LOOPBACK);
        assertThat(request.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(request.getHeader().printFlags()).isEqualTo("aa ");
        assertThat(request.getQuestion().toString()).isEqualTo("example.com.\t\t0\tIN\tSOA");
        assertThat(request.getSection(Section.ANSWER)).containsExactly(soa(7));
    }

    @Test
    void itIsNotifiedAgainThoughTheSecondaryHasResponded() throws IOException {
        notifier.published(soa(7));
        respond(receive(), Rcode.NOERROR);

        assertThat(message(receive()).getSection(Section.ANSWER)).containsExactly(soa(7));
    }

    @Test
    void aSecondaryThatHasAskedForTheSerialIsNotifiedNoMore() throws IOException {
        notifier.published(soa(7));
        receive();
        notifier.seen(IpAddress.of(LOOPBACK), 7);
        secondary.setSoTimeout(2_500);

        assertThatThrownBy(() -> {
                    // One may have been on its way.
                    receive();
                    receive();
                })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anotherHostsQuestionIsNoSign() throws IOException {
        notifier.published(soa(7));
        receive();
        notifier.seen(IpAddress.parse("192.0.2.1"), 7);

        assertThat(message(receive()).getSection(Section.ANSWER)).containsExactly(soa(7));
    }

    @Test
    void aSecondaryThatDoesNotWantItIsReportedOnce() throws Exception {
        notifier.published(soa(7));
        respond(receive(), Rcode.NOTAUTH);
        respond(receive(), Rcode.NOTAUTH);
        respond(receive(), Rcode.REFUSED);

        assertThat(problems.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .isEqualTo("the secondary 127.0.0.1:" + secondary.getLocalPort()
                        + " answers NOTIFY of example.com. with NOTAUTH; let it have this registry as a primary of that"
                        + " zone, and heed notifications from here");
        assertThat(problems.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).contains("with REFUSED");
    }

    @Test
    void responsesToOtherRequestsAreNotHeeded() throws Exception {
        notifier.published(soa(7));
        DatagramPacket packet = receive();
        Message other = message(packet);
        other.getHeader().setID(other.getHeader().getID() ^ 1);
        other.getHeader().setFlag(Flags.QR);
        other.getHeader().setRcode(Rcode.REFUSED);
        send(other.toWire(), packet);
        send(new byte[] {1, 2, 3}, packet);
        respond(packet, Rcode.NOTAUTH);

        assertThat(problems.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).contains("NOTAUTH");
    }

    @Test
    void closingTwiceDoesNoHarm() {
        notifier.close();
        notifier.close();
    }

    @Test
    void aSecondaryThatSharesAKeyGetsASignedNotify() throws IOException {
        TsigKey key = TsigKey.of("transfer", "hmac-sha256", new byte[32]);
        try (Notifier signing = notifier(List.of(new InetSocketAddress(LOOPBACK, 53)), Optional.of(key))) {
            signing.published(soa(7));

            DatagramPacket packet = receive();
            byte[] wire = Arrays.copyOf(packet.getData(), packet.getLength());
            assertThat(key.toTsig().verify(new Message(wire), wire, null)).isEqualTo(Rcode.NOERROR);
        }
    }

    private Notifier notifier(List<InetSocketAddress> listening) {
        return notifier(listening, Optional.empty());
    }

    private Notifier notifier(List<InetSocketAddress> listening, Optional<TsigKey> key) {
        try {
            return Notifier.start(
                    List.of(new NotifyTarget((InetSocketAddress) secondary.getLocalSocketAddress(), key)),
                    () -> listening,
                    System::nanoTime,
                    Thread::new,
                    problems::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DatagramSocket secondary() {
        try {
            DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1232], 1232);
        secondary.receive(packet);
        return packet;
    }

    private void respond(DatagramPacket request, int rcode) throws IOException {
        Message response = message(request);
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setRcode(rcode);
        send(response.toWire(), request);
    }

    private void send(byte[] bytes, DatagramPacket to) throws IOException {
        secondary.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private static Message message(DatagramPacket packet) throws IOException {
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static SOARecord soa(long serial) {
        return Zone.of(ZoneOptions.builder(DnsSdNames.parse("example.com")).build(), List.of(), serial)
                .soa();
    }
}
