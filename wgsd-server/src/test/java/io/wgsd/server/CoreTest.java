package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerStatistics;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.StreamHandler;
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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What is answered while time goes by without a reading, and while settings change, on a clock that only moves when told. */
class CoreTest {

    private static final QuerySource THIS_HOST =
            new QuerySource(IpAddress.parse("127.0.0.1"), Arrival.LOOPBACK, Protocol.UDP);
    private static final QuerySource OUTSIDER =
            new QuerySource(IpAddress.parse("192.0.2.7"), Arrival.ELSEWHERE, Protocol.TCP);
    private static final PushChannel NO_OUTLET = new PushChannel() {
        @Override
        public void send(byte[] message) {}

        @Override
        public void close() {}
    };
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final PeerSource source = MemoryWireGuard.of(InstantSource.system()).source();
    private final List<String> events = new ArrayList<>();
    private long nanos = 77;
    private boolean clockFails;
    private int clockWorks = Integer.MAX_VALUE;
    private Duration wallAhead = Duration.ZERO;
    private final Core core = new Core(builder(), () -> nanos);

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,       NOERROR,  -1",
        "PT4.9S,     NOERROR,  -1",
        "PT5S,       NOERROR,  3",
        "PT59M59S,   NOERROR,  3",
        "PT1H,       SERVFAIL, 14",
        "P300D,      SERVFAIL, 14",
    })
    void theOlderTheReadingTheLessItIsWorth(Duration age, String rcode, int extendedError) {
        read(device(peer(ALICE, HOME)));

        fail(age);

        Message answer = ask(NAMES.instance(ALICE), THIS_HOST);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(extendedError(answer)).isEqualTo(extendedError);
    }

    @ParameterizedTest
    @CsvSource({
        "PT4.9S, NOERROR,  -1",
        "PT5S,   NOERROR,  3",
        "PT1H,   SERVFAIL, 14",
    })
    void noNewsFromTheThreadThatReadsAreNoGoodNews(Duration silence, String rcode, int extendedError) {
        read(device(peer(ALICE, HOME)));

        nanos += silence.toNanos();

        Message answer = ask(NAMES.instance(ALICE), THIS_HOST);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(extendedError(answer)).isEqualTo(extendedError);
    }

    @Test
    void theQuickWaySaysSoToo() {
        read(device(peer(ALICE, HOME)));
        QuickHandler quick = core.quick(Arrival.LOOPBACK);
        byte[] question = Message.newQuery(Record.newRecord(NAMES.instance(ALICE), Type.SRV, DClass.IN))
                .toWire();
        byte[] response = new byte[1232];
        assertThat(quick.answer(question, question.length, 0, 0xffff_7f00_0001L, response))
                .isPositive();

        nanos += Duration.ofSeconds(5).toNanos();

        assertThat(quick.answer(question, question.length, 0, 0xffff_7f00_0001L, response))
                .isZero();
    }

    @Test
    void aSubscriberIsLetGoWhenWhatItWasToldIsTooOld() {
        read(device(peer(ALICE, HOME)));
        StreamHandler session =
                core.open(new QuerySource(THIS_HOST.address(), THIS_HOST.arrival(), Protocol.TCP), NO_OUTLET);
        byte[] keepalive = DsoMessage.request(
                        1, new SessionTimeouts(SessionTimeouts.INFINITE, Duration.ofSeconds(15)).encode())
                .encode();
        assertThat(session.answer(keepalive)).isNotNull();

        nanos += Duration.ofHours(1).toNanos();

        assertThat(session.answer(keepalive)).isNull();
    }

    @Test
    void whatIsSeldomReadIsNotStaleForThat() {
        Core seldom = new Core(builder().pollInterval(Duration.ofMinutes(1)), () -> nanos);
        seldom.read(Optional.empty(), device(peer(ALICE, HOME)), DeviceDifference.between(device(), device()));

        nanos += Duration.ofMinutes(2).toNanos();

        assertThat(extendedError(ask(seldom, NAMES.instance(ALICE), THIS_HOST))).isEqualTo(-1);
    }

    @Test
    void readingsThatCannotBePublishedAreNoneThatAreTold() {
        read(device(peer(ALICE, HOME)));

        clockFails = true;
        nanos += Duration.ofSeconds(6).toNanos();
        core.read(Optional.empty(), device(peer(ALICE, AWAY)), DeviceDifference.between(device(), device()));

        assertThat(extendedError(ask(NAMES.instance(ALICE), THIS_HOST))).isEqualTo(3);
    }

    @Test
    void aClockThatJumpsIsTold() {
        read(device(peer(ALICE, HOME)));

        wallAhead = Duration.ofHours(-1);
        read(device(peer(ALICE, HOME)));
        read(device(peer(ALICE, HOME)));

        assertThat(events)
                .filteredOn(event -> event.startsWith("notice"))
                .singleElement()
                .asString()
                .startsWith("notice this host's clock went back by 3600 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, Integer.MAX_VALUE})
    void aClockThatIsSetBackHasTheZoneSignedAgainEvenWhileNothingCanBeRead(int looksAtTheClock) {
        ZoneSigner signer =
                new ZoneSigner(List.of(SigningKey.generate(NAMES.origin(), SigningAlgorithm.ED25519, START)));
        VisibilityPolicy policy =
                VisibilityPolicy.builder().group(Set.of(ALICE)).build();
        Core signing = new Core(builder().signWith(signer).visibility(policy), () -> nanos);
        Device device = device(peer(ALICE, HOME));
        signing.read(Optional.empty(), device, DeviceDifference.between(device, device));

        wallAhead = Duration.ofHours(-2);
        clockWorks = looksAtTheClock;
        signing.failed(timedOut(), 1);
        clockWorks = Integer.MAX_VALUE;
        signing.failed(timedOut(), 2);

        assertThat(signer.validFrom(signing.zone().orElseThrow()).orElseThrow()).isBefore(now());
    }

    @Test
    void answersAreAheadOfTheSerialAndTransfersAreNot() {
        for (int port = 1; port <= 4; port++) {
            change(device(peer(ALICE, Endpoint.parse("203.0.113.1:" + port))));
        }

        assertThat(portOf(ask(NAMES.instance(ALICE), THIS_HOST))).isEqualTo(4);
        assertThat(transferredPort()).isEqualTo(3);
        nanos += Duration.ofMillis(500).toNanos();
        read(device(peer(ALICE, Endpoint.parse("203.0.113.1:4"))));
        assertThat(transferredPort()).isEqualTo(4);
    }

    @Test
    void anAbsenceIsStaleInItsOwnWay() {
        read(device(peer(ALICE, HOME)));

        fail(Duration.ofMinutes(1));

        assertThat(extendedError(ask(NAMES.instance(BOB), THIS_HOST)))
                .isEqualTo(ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER);
    }

    @Test
    void aHandshakeThatNobodyCanReadDoesNotGrowOld() {
        core.reconfigure(builder()
                .advertiser(Advertiser.ofAllPeers().withMaxAge(Duration.ofMinutes(3)))
                .settings(() -> nanos));
        read(device(peer(ALICE, HOME).withStatistics(PeerStatistics.of(START, 1, 1))));

        fail(Duration.ofMinutes(10));
        fail(Duration.ofMinutes(10));

        assertThat(ask(NAMES.instance(ALICE), THIS_HOST).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aReadingMakesAllFreshAgain() {
        read(device(peer(ALICE, HOME)));
        fail(Duration.ofHours(2));

        read(device(peer(ALICE, AWAY)));

        Message answer = ask(NAMES.instance(ALICE), THIS_HOST);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(extendedError(answer)).isEqualTo(-1);
        assertThat(events).containsExactly("ready", "failed", "works again");
    }

    @Test
    void aChangeThatCouldNotBePublishedIsPublishedWithTheNextReading() {
        Device home = device(peer(ALICE, HOME));
        Device away = device(peer(ALICE, AWAY));
        read(home);

        clockFails = true;
        core.read(Optional.of(home), away, DeviceDifference.between(home, away));
        clockFails = false;
        read(away);

        assertThat(portOf(ask(NAMES.instance(ALICE), THIS_HOST))).isEqualTo(AWAY.port());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noMatterHowFarItGotBefore(int looksAtTheClock) {
        core.reconfigure(builder()
                .visibility(VisibilityPolicy.builder().group(Set.of(ALICE)).build())
                .settings(() -> nanos));
        read(device(peer(ALICE, HOME)));

        clockWorks = looksAtTheClock;
        change(device(peer(ALICE, AWAY)));
        clockWorks = Integer.MAX_VALUE;
        read(device(peer(ALICE, AWAY)));

        assertThat(portOf(ask(NAMES.instance(ALICE), THIS_HOST))).isEqualTo(AWAY.port());
    }

    @Test
    void otherSettingsCountFromTheNextReadingOn() {
        read(device(peer(ALICE, HOME)));
        core.reconfigure(
                builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))).settings(() -> nanos));
        assertThat(ask(NAMES.instance(ALICE), OUTSIDER).getRcode()).isEqualTo(Rcode.REFUSED);

        read(device(peer(ALICE, HOME)));

        assertThat(ask(NAMES.instance(ALICE), OUTSIDER).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(events).containsExactly("ready", "reconfigured");
    }

    @Test
    void otherSettingsCountEvenWhileNothingCanBeRead() {
        read(device(peer(ALICE, HOME)));
        core.reconfigure(
                builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))).settings(() -> nanos));

        fail(Duration.ofSeconds(1));

        assertThat(ask(NAMES.instance(ALICE), OUTSIDER).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theyCountAfterAllWhereTheyCouldNotBeServedAtFirst(int looksAtTheClock) {
        read(device(peer(ALICE, HOME)));
        core.reconfigure(
                builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))).settings(() -> nanos));

        clockWorks = looksAtTheClock;
        fail(Duration.ofSeconds(1));
        clockWorks = Integer.MAX_VALUE;
        fail(Duration.ofSeconds(1));

        assertThat(ask(NAMES.instance(ALICE), OUTSIDER).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(events).containsOnlyOnce("reconfigured");
    }

    @Test
    void whatIsKnownOfThePeersStays() {
        read(device(peer(ALICE, HOME)));
        String before = sinceOf(ALICE.toBase32());
        nanos += Duration.ofHours(1).toNanos();

        core.reconfigure(builder().advertiser(Advertiser.ofAllPeers()).settings(() -> nanos));
        read(device(peer(ALICE, HOME)));

        assertThat(sinceOf(ALICE.toBase32())).isEqualTo(before);
        assertThat(core.zone().orElseThrow().serial()).isGreaterThan(START.getEpochSecond());
    }

    @Test
    void aPolicyMayComeAndGo() {
        read(device(peer(ALICE, HOME)));
        RegistryBuilder hiding = builder()
                .allow(List.of(IpPrefix.parse("192.0.2.0/24")))
                .visibility(VisibilityPolicy.builder().group(Set.of(ALICE)).build());
        core.reconfigure(hiding.settings(() -> nanos));
        read(device(peer(ALICE, HOME)));

        assertThat(ask(NAMES.instance(ALICE), OUTSIDER).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(NAMES.instance(ALICE), THIS_HOST).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    private void read(Device device) {
        core.read(Optional.empty(), device, DeviceDifference.between(device, device));
    }

    private void fail(Duration age) {
        nanos += age.toNanos();
        core.failed(timedOut(), 1);
    }

    private static TimedOutException timedOut() {
        return new TimedOutException(ErrorOrigin.of("memory").device("wg0"), "reading", Duration.ofSeconds(1));
    }

    private Instant now() {
        if (clockFails || clockWorks-- <= 0) {
            throw new IllegalStateException("no clock");
        }
        return START.plusNanos(nanos).plus(wallAhead);
    }

    private RegistryBuilder builder() {
        return Registry.builder(source, "wg0", OPTIONS).clock(this::now).listener(new Registry.Listener() {
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
            public void notice(String line) {
                events.add("notice " + line);
            }
        });
    }

    private String sinceOf(String base32) {
        return core.zone()
                .orElseThrow()
                .records()
                .filter(record -> record.getType() == Type.TXT)
                .filter(record -> record.getName().toString().startsWith(base32))
                .map(Record::rdataToString)
                .findFirst()
                .orElseThrow();
    }

    private void change(Device device) {
        core.read(Optional.empty(), device, DeviceDifference.between(device(), device));
    }

    /** Returns the port of the one SRV record that belongs to a service instance of a whole transfer. */
    private int transferredPort() {
        byte[] query = Message.newQuery(Record.newRecord(NAMES.origin(), Type.AXFR, DClass.IN))
                .toWire();
        QuerySource secondary = new QuerySource(THIS_HOST.address(), THIS_HOST.arrival(), Protocol.TCP);
        Iterator<byte[]> messages = core.answerStream(query, secondary);
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

    private Message ask(Name name, QuerySource asker) {
        return ask(core, name, asker);
    }

    private static Message ask(Core core, Name name, QuerySource asker) {
        Message query = Message.newQuery(Record.newRecord(name, Type.SRV, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        byte[] answer = core.answer(query.toWire(), asker);
        assertThat(answer).isNotNull();
        try {
            return new Message(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int portOf(Message answer) {
        return ((SRVRecord) answer.getSection(Section.ANSWER).get(0)).getPort();
    }

    private static int extendedError(Message answer) {
        return answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .findFirst()
                .orElse(-1);
    }
}
