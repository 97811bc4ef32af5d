package io.wgsd.server.secondary;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.EventLoop;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;

/** One secondary, and the socket by which it is notified; used on the notifier's thread only. */
final class Secondary {

    private static final Logger LOG = LoggerFactory.getLogger(Secondary.class);

    private final InetSocketAddress address;
    private final Optional<TsigKey> key;
    private final NotifySchedule schedule = new NotifySchedule();
    private final SecureRandom random;
    private final Consumer<String> report;
    private final ByteBuffer buffer = ByteBuffer.allocate(WireFormat.MAX_UDP_RESPONSE);
    private @Nullable DatagramChannel channel;
    private int id;
    /** What was last said of this secondary, so that it is said once. */
    private @Nullable String said;

    Secondary(NotifyTarget target, SecureRandom random, Consumer<String> report) {
        address = target.address();
        key = target.key();
        this.random = random;
        this.report = report;
    }

    InetSocketAddress address() {
        return address;
    }

    NotifySchedule schedule() {
        return schedule;
    }

    /** Sends a request from a socket of its own, so that nobody else's responses come there; fails without a word. */
    void notify(SOARecord soa, List<InetSocketAddress> listening, EventLoop loop) {
        close();
        try {
            channel = DatagramChannel.open(
                    address.getAddress() instanceof Inet6Address
                            ? StandardProtocolFamily.INET6
                            : StandardProtocolFamily.INET);
            InetAddress source = SourceAddress.towards(address, listening).orElse(null);
            if (source != null) {
                channel.bind(new InetSocketAddress(source, 0));
            }
            channel.connect(address);
            channel.configureBlocking(false);
            DatagramChannel from = channel;
            loop.register(from, SelectionKey.OP_READ, key -> heard(from, soa));
            id = random.nextInt(1 << 16);
            channel.write(ByteBuffer.wrap(NotifyMessage.request(id, soa, key)));
        } catch (IOException e) {
            LOG.debug("cannot notify {}: {}", address, e.toString());
            close();
        }
    }

    /** Reads what came back; reports once if the secondary does not want to be notified. */
    private void heard(DatagramChannel from, SOARecord soa) throws IOException {
        buffer.clear();
        while (from.read(buffer) > 0) {
            byte[] response = Arrays.copyOf(buffer.array(), buffer.position());
            NotifyMessage.responseCode(response, id).ifPresent(rcode -> tell(soa, rcode));
            buffer.clear();
        }
    }

    private void tell(SOARecord soa, int rcode) {
        String line = rcode == Rcode.NOERROR
                ? null
                : "the secondary " + text(address) + " answers NOTIFY of " + soa.getName() + " with "
                        + Rcode.string(rcode)
                        + "; let it have this registry as a primary of that zone, and heed notifications "
                        + key.map(shared -> "that are signed by " + shared).orElse("from here");
        if (line != null && !line.equals(said)) {
            report.accept(line);
        }
        said = line;
    }

    private static String text(InetSocketAddress address) {
        return address.toString().substring(address.toString().indexOf('/') + 1);
    }

    private void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a socket: {}", e.toString());
            }
            channel = null;
        }
    }
}
