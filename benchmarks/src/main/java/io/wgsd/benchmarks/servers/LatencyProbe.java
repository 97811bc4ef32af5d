package io.wgsd.benchmarks.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks one question after the other, a thousand a second, and prints how long answers take: beside a load that another
 * program makes. Arguments: the server's port on this host, the file of questions, and seconds.
 */
final class LatencyProbe {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private LatencyProbe() {}

    public static void main(String[] args) throws IOException {
        List<String> questions = Files.readAllLines(Path.of(args[1]));
        int count = Integer.parseInt(args[2]) * 1000;
        long[] took = new long[count];
        ByteBuffer in = ByteBuffer.allocateDirect(2048);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
            channel.socket().setSoTimeout(1000);
            // The first tenth warms up.
            for (int i = -count / 10; i < count; i++) {
                String name = questions.get(Math.floorMod(i, questions.size())).split(" ")[0];
                Message query = new Message(i & 0xffff);
                query.addRecord(Record.newRecord(Name.fromString(name), Type.SRV, DClass.IN), Section.QUESTION);
                ByteBuffer out = ByteBuffer.wrap(query.toWire());
                LockSupport.parkNanos(PAUSE);
                long sent = System.nanoTime();
                channel.write(out);
                do {
                    channel.read(in.clear());
                } while ((in.getShort(0) & 0xffff) != (i & 0xffff));
                if (i >= 0) {
                    took[i] = System.nanoTime() - sent;
                }
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms of %d%n",
                at(took, 0.5),
                at(took, 0.99),
                at(took, 0.999),
                at(took, 1),
                count);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
    }
}
