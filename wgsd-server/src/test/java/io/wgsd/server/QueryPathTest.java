package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.StreamHandler;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How what is served is answered while time goes by without a reading, on a clock that only the test moves. */
class QueryPathTest {

    private final CoreWorld world = new CoreWorld();

    @AfterEach
    void close() {
        world.close();
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
        world.read(device(peer(ALICE, HOME)));

        world.fail(age);

        Message answer = world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(CoreWorld.extendedError(answer)).isEqualTo(extendedError);
    }

    @ParameterizedTest
    @CsvSource({
        "PT4.9S, NOERROR,  -1",
        "PT5S,   NOERROR,  3",
        "PT1H,   SERVFAIL, 14",
    })
    void noNewsFromTheThreadThatReadsAreNoGoodNews(Duration silence, String rcode, int extendedError) {
        world.read(device(peer(ALICE, HOME)));

        world.nanos += silence.toNanos();

        Message answer = world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(CoreWorld.extendedError(answer)).isEqualTo(extendedError);
    }

    @Test
    void beforeTheDeviceIsReadARegistrationFailsForTheMoment() throws Exception {
        Message update = new Message(7);
        update.getHeader().setOpcode(Opcode.UPDATE);
        update.addRecord(Record.newRecord(NAMES.origin(), Type.SOA, DClass.IN), Section.ZONE);
        QuerySource peer = new QuerySource(IpAddress.parse("10.0.0.1"), Arrival.DEVICE, Protocol.TCP, 800);

        byte[] response = world.core.queries().answer(update.toWire(), peer);
        assertThat(response).isNotNull();
        assertThat(new Message(response).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void theQuickWaySaysSoToo() {
        world.read(device(peer(ALICE, HOME)));
        QuickHandler quick = world.core.queries().quick(Arrival.LOOPBACK);
        byte[] question = Message.newQuery(Record.newRecord(NAMES.instance(ALICE), Type.SRV, DClass.IN))
                .toWire();
        byte[] response = new byte[1232];
        assertThat(quick.answer(question, question.length, 0, 0xffff_7f00_0001L, response))
                .isPositive();

        world.nanos += Duration.ofSeconds(5).toNanos();

        assertThat(quick.answer(question, question.length, 0, 0xffff_7f00_0001L, response))
                .isZero();
    }

    @Test
    void aSubscriberIsDisconnectedWhenItsDataAreTooOld() {
        world.read(device(peer(ALICE, HOME)));
        StreamHandler session = world.core
                .queries()
                .open(
                        new QuerySource(CoreWorld.THIS_HOST.address(), CoreWorld.THIS_HOST.arrival(), Protocol.TCP),
                        CoreWorld.NO_CHANNEL);
        byte[] keepalive = DsoMessage.request(
                        1, new SessionTimeouts(SessionTimeouts.INFINITE, Duration.ofSeconds(15)).encode())
                .encode();
        assertThat(session.answer(keepalive)).isNotNull();

        world.nanos += Duration.ofHours(1).toNanos();

        assertThat(session.answer(keepalive)).isNull();
    }

    @Test
    void aDeviceThatIsReadRarelyIsNotStaleForThat() {
        Core seldom = world.core(world.builder().pollInterval(Duration.ofMinutes(1)));
        seldom.follower()
                .read(Optional.empty(), device(peer(ALICE, HOME)), DeviceDifference.between(device(), device()));

        world.nanos += Duration.ofMinutes(2).toNanos();

        assertThat(CoreWorld.extendedError(CoreWorld.ask(seldom, NAMES.instance(ALICE), CoreWorld.THIS_HOST)))
                .isEqualTo(-1);
    }

    @Test
    void anAbsenceIsStaleInItsOwnWay() {
        world.read(device(peer(ALICE, HOME)));

        world.fail(Duration.ofMinutes(1));

        assertThat(CoreWorld.extendedError(world.ask(NAMES.instance(BOB), CoreWorld.THIS_HOST)))
                .isEqualTo(ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER);
    }

    @Test
    void whoIsRefusedIsReportedOnceAMinuteWhetherTheDeviceCanBeReadOrNot() {
        world.read(device(peer(ALICE, HOME)));
        for (int i = 0; i < 3; i++) {
            world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER);
        }
        assertThat(world.refusals).singleElement().asString().startsWith("refused 192.0.2.7, which asked for SRV of ");

        world.fail(Duration.ofMinutes(1));

        assertThat(world.refusals).hasSize(2).last().asString().endsWith("(and 1 more like it within a minute)");
    }

    @Test
    void aReadingMakesAllFreshAgain() {
        world.read(device(peer(ALICE, HOME)));
        world.fail(Duration.ofHours(2));

        world.read(device(peer(ALICE, AWAY)));

        Message answer = world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(CoreWorld.extendedError(answer)).isEqualTo(-1);
        assertThat(world.events).containsExactly("ready", "failed", "works again");
    }
}
