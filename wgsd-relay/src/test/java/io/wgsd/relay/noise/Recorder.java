package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Records what a real wireguard-go says to this module, for {@link RecordedTest}: what it prints is that test's file.
 *
 * <p>To be run by hand, beside {@code wireguard-go wg0} in a network namespace of its own whose loopback is up.
 */
final class Recorder {

    static final byte[] OUR_KEY = filled(0x41);
    static final byte[] THEIR_KEY = filled(0x42);
    static final byte[] EPHEMERAL = filled(0x43);
    static final byte[] COOKIE_SECRET = filled(0x44);
    static final byte[] NONCE = Arrays.copyOf(filled(0x45), Messages.NONCE);
    static final byte[] SOURCE = {127, 0, 0, 1, (byte) (51820 >>> 8), (byte) 51820};
    static final int INDEX = 0x01020304;

    private static final int THEIR_PORT = 51820;
    private static final int FLOOD = 3000;

    private final DatagramSocket socket;
    private final Path control;
    private final Identity identity = Identity.of(SecretKey.copyOf(OUR_KEY));
    private final PublicKey them = SecretKey.copyOf(THEIR_KEY).publicKey();

    private Recorder(DatagramSocket socket, Path control) {
        this.socket = socket;
        this.control = control;
    }

    public static void main(String[] arguments) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(1 << 22);
            Recorder recorder = new Recorder(socket, Path.of(arguments[0]));
            recorder.respond();
            recorder.initiate();
            recorder.sendCookie();
            recorder.receiveCookie();
        }
    }

    private void respond() throws IOException {
        configure(true);
        byte[] initiation = await(Messages.INITIATION);
        ReceivedInitiation received =
                ReceivedInitiation.open(identity, initiation).orElseThrow();
        received.timestamp().orElseThrow();
        byte[] response = received.respond(Ephemeral.of(EPHEMERAL.clone()), INDEX)
                .orElseThrow()
                .message();
        send(response);
        print("responder.initiation", initiation);
        print("responder.response", response);
        print("responder.keepalive", await(Messages.DATA));
    }

    private void initiate() throws IOException {
        configure(false);
        Timestamp timestamp = Timestamp.of(Instant.now());
        SentInitiation sent = SentInitiation.create(identity, them, Ephemeral.of(EPHEMERAL.clone()), INDEX, timestamp)
                .orElseThrow();
        send(sent.message());
        byte[] response = await(Messages.RESPONSE);
        TransportKeys keys = sent.accept(response).orElseThrow();
        byte[] keepalive = keys.keepalive();
        send(keepalive);
        set("public_key=" + them(OUR_KEY) + "\npersistent_keepalive_interval=1\n");
        print("initiator.timestamp", timestamp.toBytes());
        print("initiator.initiation", sent.message());
        print("initiator.response", response);
        print("initiator.firstKeepalive", keepalive);
        print("initiator.keepalive", await(Messages.DATA));
    }

    /** A cookie that is sent to the initiator comes back with its next try. */
    private void sendCookie() throws IOException {
        configure(true);
        byte[] initiation = await(Messages.INITIATION);
        byte[] reply = new CookieMaker(identity.publicKey(), COOKIE_SECRET).reply(initiation, SOURCE, NONCE);
        send(reply);
        print("cookieMaker.initiation", initiation);
        print("cookieMaker.reply", reply);
        print("cookieMaker.next", await(Messages.INITIATION));
    }

    /** So many initiations at once that the responder is under load, until one of them brings a cookie. */
    private void receiveCookie() throws IOException {
        configure(false);
        byte[] initiation = initiation(Timestamp.of(Instant.now())).message();
        for (int i = 0; i < FLOOD; i++) {
            send(initiation);
        }
        byte[] reply = await(Messages.COOKIE_REPLY);
        ReceivedCookie cookie = ReceivedCookie.open(them, reply, initiation).orElseThrow();
        Timestamp timestamp = Timestamp.of(Instant.now().plusSeconds(1));
        byte[] next = initiation(timestamp).message();
        cookie.write(next);
        for (int i = 0; i < FLOOD; i++) {
            send(initiation);
        }
        send(next);
        await(Messages.RESPONSE);
        print("receivedCookie.initiation", initiation);
        print("receivedCookie.reply", reply);
        print("receivedCookie.nextTimestamp", timestamp.toBytes());
        print("receivedCookie.next", next);
    }

    private SentInitiation initiation(Timestamp timestamp) {
        return SentInitiation.create(identity, them, Ephemeral.of(EPHEMERAL.clone()), INDEX, timestamp)
                .orElseThrow();
    }

    private void configure(boolean initiates) throws IOException {
        set("private_key=" + HexFormat.of().formatHex(THEIR_KEY) + "\nlisten_port=" + THEIR_PORT
                + "\nreplace_peers=true\npublic_key=" + them(OUR_KEY)
                + (initiates
                        ? "\nendpoint=127.0.0.1:" + socket.getLocalPort() + "\npersistent_keepalive_interval=1\n"
                        : "\n"));
    }

    private void set(String configuration) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control))) {
            Channels.newOutputStream(channel)
                    .write(("set=1\n" + configuration + "\n").getBytes(StandardCharsets.US_ASCII));
            channel.shutdownOutput();
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.equals("errno=0\n\n")) {
                throw new IOException("wireguard-go answered " + answer);
            }
        }
    }

    private void send(byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), THEIR_PORT));
    }

    private byte[] await(int type) throws IOException {
        socket.setSoTimeout(20_000);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            socket.receive(packet);
            byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
            if (Messages.type(message) == type) {
                drain();
                return message;
            }
        }
    }

    /** What else has come meanwhile is of no interest. */
    private void drain() throws IOException {
        socket.setSoTimeout(1);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
            }
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(0);
        }
    }

    private static String them(byte[] privateKey) {
        return SecretKey.copyOf(privateKey).publicKey().toHex();
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Messages.KEY];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void print(String name, byte[] bytes) {
        System.out.println(name + "=" + HexFormat.of().formatHex(bytes));
    }
}
