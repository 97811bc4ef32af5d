package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What is read off the wire without dnsjava is what dnsjava reads; and everything else is left to it. */
class ServiceResponseTest {

    private static final Name OWNER = name("peer._wireguard._udp.example.com.");
    private static final Name HOST = name("peer.example.com.");
    private static final Question QUESTION = new Question(OWNER, Type.SRV);
    private static final int ID = 0x1234;
    private static final byte[] QUERY = QUESTION.toWire(ID, true);

    @Test
    void readsServiceAddressesAndText() {
        ServiceResponse read = read(usual().additional(
                        address(HOST, "192.0.2.1"),
                        address(HOST, "2001:db8::1"),
                        txt(OWNER, "txtvers=1", "é"),
                        new OPTRecord(1232, 0, 0)));
        assertThat(read).isNotNull();
        assertThat(read.port()).isEqualTo(51820);
        assertThat(read.addresses()).hasSize(2);
        assertThat(read.addresses().get(0)).containsExactly(192, 0, 2, 1);
        assertThat(read.addresses().get(1)).startsWith(0x20, 0x01, 0x0d, 0xb8).hasSize(16);
        assertThat(read.text()).startsWith("\ttxtvers=1");
    }

    @Test
    void readsWhatTheOriginalWritesWhoseServiceIsItsOwnHost() {
        ServiceResponse read = read(response()
                .answer(srv(OWNER, 51820, OWNER))
                .additional(address(OWNER, "192.0.2.1"), txt(OWNER, "txtvers=1")));
        assertThat(read).isNotNull();
        assertThat(read.addresses()).hasSize(1);
    }

    @Test
    void readsAQuestionWithoutEdnsToo() {
        byte[] query = QUESTION.toWire(ID, false);
        assertThat(ServiceResponse.read(
                        query, usual().additional(address(HOST, "192.0.2.1")).toWire()))
                .isNotNull();
    }

    @Test
    void leavesTheUnusualToDnsjava() {
        Record home = address(HOST, "192.0.2.1");
        Name other = name("other.example.com.");
        assertThat(List.of(
                        usual().additional(home).id(ID + 1),
                        usual().additional(home).rcode(3),
                        usual().additional(home).truncated(),
                        usual().additional(home).notAResponse(),
                        usual().additional(home).withoutQuestion(),
                        usual().additional(home).question(OWNER, Type.A),
                        usual().additional(home).question(name("PEER._wireguard._udp.example.com."), Type.SRV),
                        usual(),
                        usual().additional(home, address(other, "192.0.2.2")),
                        usual().additional(home, txt(OWNER, "a"), txt(OWNER, "b")),
                        usual().additional(home, txt(HOST, "a")),
                        usual().additional(home, new OPTRecord(1232, 1, 0)),
                        usual().additional(home, new OPTRecord(1232, 0, 1)),
                        usual().answer(srv(OWNER, 1, HOST)).additional(home),
                        response().additional(home),
                        response().answer(srv(OWNER, 0, HOST)).additional(home),
                        response().answer(srv(OWNER, 1, Name.root)).additional(address(Name.root, "192.0.2.1")),
                        response().answer(srv(other, 1, HOST)).additional(home),
                        response().answer(home).additional(home)))
                .allSatisfy(response -> assertThat(read(response)).isNull());
    }

    @Test
    @Timeout(10)
    void aNameThatPointsToItselfEnds() {
        byte[] response = usual().additional(address(HOST, "192.0.2.1")).toWire();
        int owner = QUESTION.toWire(ID, false).length;
        response[owner] = (byte) 0xc0;
        response[owner + 1] = (byte) owner;
        assertThat(ServiceResponse.read(QUERY, response)).isNull();
    }

    @Test
    void leavesQuestionsOfOtherTypesToDnsjava() {
        byte[] query = new Question(OWNER, Type.TXT).toWire(ID, true);
        byte[] wire = usual().question(OWNER, Type.TXT)
                .additional(address(HOST, "192.0.2.1"))
                .toWire();
        assertThat(ServiceResponse.read(query, wire)).isNull();
    }

    /** Responses of which some bytes were changed, cut off or added: whatever is read, dnsjava reads as well. */
    @Test
    void saysOfAnyBytesWhatDnsjavaSays() {
        Random random = new Random(20261129);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] response = changed(randomResponse(random).toWire(), random);
            ServiceResponse read = ServiceResponse.read(QUERY, response);
            if (read != null) {
                assertSame(read, response);
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(20_000);
    }

    private static void assertSame(ServiceResponse read, byte[] response) {
        assertThatCode(() -> {
                    Message message = QUESTION.parseResponse(response, ID);
                    assertThat(message.getRcode()).isZero();
                    assertThat(message.getHeader().getFlag(Flags.TC)).isFalse();
                    assertThat(message.getSection(Section.AUTHORITY)).isEmpty();
                    List<Record> answer = message.getSection(Section.ANSWER);
                    assertThat(answer)
                            .hasSize(1)
                            .allMatch(record -> record.getName().equals(OWNER));
                    SRVRecord srv = (SRVRecord) answer.get(0);
                    assertThat(read.port()).isEqualTo(srv.getPort());
                    List<byte[]> addresses = new ArrayList<>();
                    String text = "";
                    for (Record each : message.getSection(Section.ADDITIONAL)) {
                        if (each instanceof TXTRecord) {
                            assertThat(each.getName()).isEqualTo(OWNER);
                            text = new String(each.rdataToWireCanonical(), ISO_8859_1);
                        } else if (!(each instanceof OPTRecord)) {
                            assertThat(each.getName()).isEqualTo(srv.getTarget());
                            assertThat(each.getType()).isIn(Type.A, Type.AAAA);
                            addresses.add(each.rdataToWireCanonical());
                        }
                    }
                    assertThat(read.text()).isEqualTo(text);
                    assertThat(read.addresses().toArray(byte[][]::new)).isDeepEqualTo(addresses.toArray(byte[][]::new));
                })
                .as(Arrays.toString(response))
                .doesNotThrowAnyException();
    }

    private static ScriptedResponse randomResponse(Random random) {
        Name target = random.nextBoolean() ? HOST : OWNER;
        ScriptedResponse response =
                response().answer(srv(OWNER, random.nextInt(4), random.nextInt(4), random.nextInt(1 << 16), target));
        if (random.nextInt(8) > 0) {
            response.additional(address(target, "192.0.2." + random.nextInt(256)));
        }
        if (random.nextBoolean()) {
            response.additional(address(target, "2001:db8::" + random.nextInt(256)));
        }
        if (random.nextBoolean()) {
            response.additional(txt(OWNER, "txtvers=1", "x".repeat(random.nextInt(200))));
        }
        if (random.nextBoolean()) {
            response.additional(new OPTRecord(1232, 0, 0));
        }
        return response;
    }

    /**
     * Half of them as they are, and the others with up to three bytes changed, most of these outside of the question.
     */
    private static byte[] changed(byte[] response, Random random) {
        byte[] changed = response;
        if (random.nextBoolean()) {
            changed = Arrays.copyOf(response, response.length + (random.nextInt(8) == 0 ? random.nextInt(8) - 4 : 0));
            int from = random.nextInt(8) == 0 ? 0 : QUERY.length - 11;
            for (int i = random.nextInt(4); i > 0; i--) {
                int at = from + random.nextInt(changed.length - from);
                // Values that mean something in names and fields, and any others.
                byte[] values = {
                    0,
                    1,
                    5,
                    12,
                    16,
                    28,
                    33,
                    41,
                    (byte) 0xc0,
                    (byte) random.nextInt(),
                    response[random.nextInt(response.length)]
                };
                changed[at] = values[random.nextInt(values.length)];
            }
        }
        return changed;
    }

    private static @Nullable ServiceResponse read(ScriptedResponse response) {
        return ServiceResponse.read(QUERY, response.toWire());
    }

    private static ScriptedResponse usual() {
        return response().answer(srv(OWNER, 51820, HOST));
    }

    private static ScriptedResponse response() {
        return ScriptedResponse.to(Message.newQuery(Record.newRecord(OWNER, Type.SRV, 1)))
                .id(ID);
    }
}
