package io.wgsd.discovery.candidate;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wgsd.discovery.candidate.RegistrationOutcome.Kind;
import io.wgsd.discovery.exchange.ServerPath;
import io.wgsd.model.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** A registration on its way, with a server on loopback. */
class RegistrationCallTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Registration REGISTRATION =
            new Registration(NAMES, ALICE, List.of(Endpoint.parse("192.168.1.7:51820")), Duration.ofMinutes(30));

    private final ServerSocket server = listening();

    @AfterEach
    void closes() throws IOException {
        server.close();
    }

    @Test
    void itComesFromAPortThatOnlyAnAdministratorUses() {
        CompletableFuture<Integer> port = CompletableFuture.supplyAsync(() -> answerOne(true));

        RegistrationOutcome outcome = call(Duration.ofSeconds(5));

        assumeThat(outcome.kind()).as(outcome.detail()).isNotEqualTo(Kind.NOT_PERMITTED);
        assertThat(outcome).isEqualTo(RegistrationOutcome.registered(Duration.ofSeconds(90)));
        assertThat(port.join()).isBetween(1, 1023);
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForEver() {
        CompletableFuture<Integer> port = CompletableFuture.supplyAsync(() -> answerOne(false));

        RegistrationOutcome outcome = call(Duration.ofMillis(50));

        assumeThat(outcome.kind()).as(outcome.detail()).isNotEqualTo(Kind.NOT_PERMITTED);
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(port.join()).isPositive();
    }

    private RegistrationOutcome call(Duration timeout) {
        InetSocketAddress address = new InetSocketAddress(HERE, server.getLocalPort());
        return new RegistrationCall(REGISTRATION, new ServerPath(address, HERE), timeout, new Random(7)::nextInt).run();
    }

    /** Takes one message, answers it or waits until the other side gives up, and returns the port it came from. */
    private int answerOne(boolean answers) {
        try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] request = new byte[in.readUnsignedShort()];
            in.readFully(request);
            if (answers) {
                byte[] response = response(request);
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(2 + response.length)
                                .putShort((short) response.length)
                                .put(response)
                                .array());
            }
            assertThat(in.read()).isEqualTo(-1);
            return socket.getPort();
        } catch (IOException e) {
            return -1;
        }
    }

    private static byte[] response(byte[] request) throws IOException {
        Message response = new Message(request).clone();
        response.getHeader().setFlag(Flags.QR);
        response.removeAllRecords(Section.ADDITIONAL);
        byte[] seconds = ByteBuffer.allocate(4).putInt(90).array();
        response.addRecord(
                new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(2, seconds))), Section.ADDITIONAL);
        return response.toWire();
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 1, HERE);
        } catch (IOException e) {
            throw new IllegalStateException("loopback has no free port", e);
        }
    }
}
