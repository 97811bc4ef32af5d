package io.wgsd.server.arrival;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks for the list of peers: each line is a protocol, a source and a destination, and is answered with the code that
 * came back, and how many peers.
 */
final class AskerProgram {

    private static final int DNS_PORT = 53;
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(1).toMillis();

    private AskerProgram() {}

    public static void main(String[] args) throws IOException {
        Child.serve(AskerProgram::ask);
    }

    private static String ask(String line) {
        String[] words = line.split(" ");
        try {
            InetSocketAddress source = new InetSocketAddress(InetAddress.getByName(words[1]), 0);
            InetSocketAddress registry = new InetSocketAddress(InetAddress.getByName(words[2]), DNS_PORT);
            byte[] query = Message.newQuery(
                            Record.newRecord(Name.fromString("_wireguard._udp.example.com."), Type.PTR, DClass.IN))
                    .toWire();
            byte[] answer = words[0].equals("udp") ? udp(query, source, registry) : tcp(query, source, registry);
            Message message = new Message(answer);
            int peers = message.getHeader().getCount(Section.ANSWER);
            return Rcode.string(message.getRcode()) + (peers == 0 ? "" : " " + peers);
        } catch (SocketTimeoutException | EOFException e) {
            return "silence";
        } catch (ConnectException e) {
            return "not connected";
        } catch (SocketException e) {
            return e.getMessage().contains("reset") ? "silence" : e.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static byte[] udp(byte[] query, InetSocketAddress source, InetSocketAddress registry) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(source)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(query, query.length, registry));
            DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
            socket.receive(answer);
            return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    private static byte[] tcp(byte[] query, InetSocketAddress source, InetSocketAddress registry) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(source);
            socket.connect(registry, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + query.length)
                            .putShort((short) query.length)
                            .put(query)
                            .array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return answer;
        }
    }
}
