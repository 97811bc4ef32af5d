package io.wgsd.benchmarks.servers;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks for the peers that have moved, every few milliseconds, until the answer has the new port. Not thread-safe. */
final class ChangeProbe implements AutoCloseable {

    /** What lies between an SRV record's start, where its owner is a pointer, and its port. */
    private static final int TO_PORT = 2 + 2 + 2 + 4 + 2 + 2 + 2;

    private final DnsSdNames names;
    private final DatagramChannel channel;
    private final Map<Integer, Change> open = new HashMap<>();
    private final List<Long> took = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private int nextId;

    private record Change(byte[] query, int port, long at) {}

    ChangeProbe(int port) throws IOException {
        names = DnsSdNames.parse("example.com");
        channel = DatagramChannel.open();
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        channel.configureBlocking(false);
    }

    void expect(PublicKey key, int port) {
        int id = nextId++ & 0xffff;
        Message query = new Message(id);
        query.addRecord(Record.newRecord(names.instance(key), Type.SRV, DClass.IN), Section.QUESTION);
        open.put(id, new Change(query.toWire(), port, System.nanoTime()));
    }

    void ask() throws IOException {
        for (Change change : open.values()) {
            channel.write(ByteBuffer.wrap(change.query));
        }
        while (channel.read(in.clear()) > 0) {
            int id = in.getShort(0) & 0xffff;
            Change change = open.get(id);
            if (change != null
                    && in.getShort(6) > 0
                    && (in.getShort(change.query.length + TO_PORT) & 0xffff) == change.port) {
                took.add(System.nanoTime() - change.at);
                open.remove(id);
            }
        }
    }

    /** Forgets what was measured so far. */
    void forget() {
        took.clear();
        open.clear();
    }

    long[] took() {
        return took.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
