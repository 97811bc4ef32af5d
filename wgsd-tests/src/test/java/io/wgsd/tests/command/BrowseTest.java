package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What {@code wgsd browse} prints if a part of the list is missing. */
class BrowseTest {

    private static final DnsSdNames NAMES = DnsSdNames.of(name("example.com."));
    private static final PublicKey GOOD = key(1);
    private static final PublicKey BAD = key(2);
    private static final Name ELSEWHERE = name("home.example.net.");

    @Test
    void aPeerWhoseAddressIsMissingHidesNoOtherAndIsReported() throws IOException, InterruptedException {
        Wgsd.require();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(socket), "registry");
            server.setDaemon(true);
            server.start();
            Program.Result result = Program.run(
                    Duration.ofSeconds(60),
                    new ProcessBuilder(Wgsd.command(
                            "browse", "--dns", "127.0.0.1:" + socket.getLocalPort(), "--zone", "example.com")));

            assertThat(result.output()).contains(GOOD + "  203.0.113.1:51820");
            assertThat(result.output().lines().filter(line -> line.startsWith("wgsd: ")))
                    .singleElement()
                    .asString()
                    .startsWith("wgsd: " + BAD + " is not shown: ")
                    .contains("refuses to answer for home.example.net.");
            assertThat(result.status()).isEqualTo(1);
        }
    }

    private static void serve(DatagramSocket socket) {
        byte[] buffer = new byte[65535];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] reply = reply(new Message(Arrays.copyOf(buffer, packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static Message reply(Message query) throws IOException {
        Record question = query.getQuestion();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(question, Section.QUESTION);
        Name asked = question.getName();
        if (asked.equals(NAMES.services())) {
            answer(reply, new PTRRecord(asked, DClass.IN, 1, NAMES.instance(GOOD)));
            answer(reply, new PTRRecord(asked, DClass.IN, 1, NAMES.instance(BAD)));
        } else if (question.getType() == Type.SRV) {
            Name target = asked.equals(NAMES.instance(GOOD)) ? NAMES.host(GOOD) : ELSEWHERE;
            answer(reply, new SRVRecord(asked, DClass.IN, 1, 0, 0, 51820, target));
        } else if (asked.equals(ELSEWHERE)) {
            reply.getHeader().setRcode(Rcode.REFUSED);
        } else if (question.getType() == Type.A) {
            answer(reply, new ARecord(asked, DClass.IN, 1, InetAddress.getByName("203.0.113.1")));
        } else {
            Name zone = NAMES.origin();
            reply.addRecord(new SOARecord(zone, DClass.IN, 1, zone, zone, 1, 60, 10, 604800, 1), Section.AUTHORITY);
        }
        return reply;
    }

    private static void answer(Message reply, Record record) {
        reply.addRecord(record, Section.ANSWER);
    }

    private static PublicKey key(int last) {
        byte[] bytes = new byte[32];
        bytes[31] = (byte) last;
        return PublicKey.of(bytes);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
