package io.wgsd.server;

import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A registry without sockets and threads, on a clock that only the test moves. */
final class CoreWorld implements AutoCloseable {

    static final QuerySource THIS_HOST = new QuerySource(IpAddress.parse("127.0.0.1"), Arrival.LOOPBACK, Protocol.UDP);
    static final QuerySource OUTSIDER = new QuerySource(IpAddress.parse("192.0.2.7"), Arrival.ELSEWHERE, Protocol.TCP);
    static final PushChannel NO_CHANNEL = new PushChannel() {
        @Override
        public void send(byte[] message) {}

        @Override
        public void close() {}
    };
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    final PeerSource source = MemoryWireGuard.of(InstantSource.system()).source();
    final List<String> events = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    long nanos = 77;
    boolean clockFails;
    int clockWorks = Integer.MAX_VALUE;
    Duration wallAhead = Duration.ZERO;
    final Core core = core(builder());

    @Override
    public void close() {
        source.close();
    }

    void read(Device device) {
        core.follower().read(Optional.empty(), device, DeviceDifference.between(device, device));
    }

    void fail(Duration age) {
        nanos += age.toNanos();
        core.follower().failed(timedOut(), 1);
    }

    static TimedOutException timedOut() {
        return new TimedOutException(ErrorOrigin.of("memory").device("wg0"), "reading", Duration.ofSeconds(1));
    }

    Instant now() {
        if (clockFails || clockWorks-- <= 0) {
            throw new IllegalStateException("no clock");
        }
        return START.plusNanos(nanos).plus(wallAhead);
    }

    RegistryBuilder builder() {
        return Registry.builder(source, "wg0", OPTIONS)
                .clock(() -> new Moment(now(), nanos))
                .listener(new Registry.Listener() {
                    @Override
                    public void ready(List<InetSocketAddress> addresses) {
                        events.add("ready");
                    }

                    @Override
                    public void readingFailed(WireGuardException error, int failuresInARow) {
                        events.add("failed");
                    }

                    @Override
                    public void readingWorksAgain() {
                        events.add("works again");
                    }

                    @Override
                    public void reconfigured() {
                        events.add("reconfigured");
                    }

                    @Override
                    public void problem(String line) {
                        events.add("notice " + line);
                    }

                    @Override
                    public void refused(String line) {
                        refusals.add(line);
                    }
                });
    }

    String sinceOf(String base32) {
        return core.zone()
                .orElseThrow()
                .records()
                .filter(record -> record.getType() == Type.TXT)
                .filter(record -> record.getName().toString().startsWith(base32))
                .map(Record::rdataToString)
                .findFirst()
                .orElseThrow();
    }

    void change(Device device) {
        core.follower().read(Optional.empty(), device, DeviceDifference.between(device(), device));
    }

    /** Returns the port of the one SRV record that belongs to a service instance of a whole transfer. */
    int transferredPort() {
        byte[] query = Message.newQuery(Record.newRecord(NAMES.origin(), Type.AXFR, DClass.IN))
                .toWire();
        QuerySource secondary = new QuerySource(THIS_HOST.address(), THIS_HOST.arrival(), Protocol.TCP);
        Iterator<byte[]> messages = core.queries().answerStream(query, secondary);
        try {
            return new Message(messages.next())
                    .getSection(Section.ANSWER).stream()
                            .filter(SRVRecord.class::isInstance)
                            .mapToInt(record -> ((SRVRecord) record).getPort())
                            .findFirst()
                            .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Message ask(Name name, QuerySource asker) {
        return ask(core, name, asker);
    }

    static Message ask(Core core, Name name, QuerySource asker) {
        Message query = Message.newQuery(Record.newRecord(name, Type.SRV, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        byte[] answer = core.queries().answer(query.toWire(), asker);
        assertThat(answer).isNotNull();
        try {
            return new Message(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static int portOf(Message answer) {
        return ((SRVRecord) answer.getSection(Section.ANSWER).get(0)).getPort();
    }

    static int extendedError(Message answer) {
        return answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .findFirst()
                .orElse(-1);
    }

    Core core(RegistryBuilder builder) {
        return new Core(builder.config(), () -> nanos);
    }

    /** Hands the registry the settings of a builder. */
    void reconfigure(RegistryBuilder builder) {
        core.follower().reconfigure(builder.config().settings(() -> nanos, core.heard()));
    }
}
