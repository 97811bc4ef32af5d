package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What is done about a question: without sockets and without time. */
class InquiryTest {

    private static final Name NAME = name("peer.example.com.");
    private static final Question QUESTION = new Question(NAME, Type.A);
    private static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 53);
    private static final InetSocketAddress SECOND = new InetSocketAddress("192.0.2.2", 53);
    private static final Policy POLICY = new Policy(Duration.ofSeconds(7), 3);

    /** None of the names that are asked for is in it, so that any denial will do. */
    private static final OwnZone ANYWHERE = new OwnZone(name("elsewhere.example."));

    private final Inquiry inquiry = new Inquiry(List.of(FIRST), POLICY, response -> false, ANYWHERE);
    private final Inquiry ofTwo = new Inquiry(List.of(FIRST, SECOND), POLICY, response -> false, ANYWHERE);

    @Test
    void theFirstQuestionIsByUdpWithEdns() {
        assertThat(inquiry.begin()).isEqualTo(udp(0, true, 1));
    }

    @Test
    void silenceIsAnsweredByAQuestionWithoutEdnsAndAnotherWithIt() {
        inquiry.begin();
        assertThat(inquiry.silent()).isEqualTo(udp(0, false, 2));
        assertThat(inquiry.silent()).isEqualTo(udp(0, true, 4));
        assertThat(reason(inquiry.silent())).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void serversAreAskedInTurnAndShareTheTime() {
        assertThat(ofTwo.begin()).isEqualTo(new Step.Ask(0, true, false, Duration.ofMillis(500)));
        assertThat(ofTwo.silent()).isEqualTo(new Step.Ask(1, true, false, Duration.ofMillis(500)));
        assertThat(ofTwo.silent()).isEqualTo(new Step.Ask(0, false, false, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
    void anAnswerIsAnAnswerEvenIfThereIsNoSuchName(int rcode) {
        Message response = response().rcode(rcode).message();
        assertThat(inquiry.responded(ask(inquiry.begin()), response)).isEqualTo(new Step.Done(response));
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
    void aServerThatComplainsOfEdnsIsAskedAtOnceWithoutIt(int rcode) {
        Step.Ask first = ask(inquiry.begin());
        assertThat(inquiry.responded(first, response().rcode(rcode).message())).isEqualTo(udp(0, false, 1));
    }

    @Test
    void aServerThatComplainsOfEdnsIsNeverAskedWithItAgain() {
        inquiry.responded(ask(inquiry.begin()), response().rcode(Rcode.FORMERR).message());
        assertThat(ask(inquiry.silent()).edns()).isFalse();
        assertThat(ask(inquiry.silent()).edns()).isFalse();
    }

    @Test
    void aServerThatComplainsWithoutEdnsTooHasFailed() {
        Message formerr = response().rcode(Rcode.FORMERR).message();
        Step.Ask plain = ask(inquiry.responded(ask(inquiry.begin()), formerr));
        assertThat(reason(inquiry.responded(plain, formerr))).isEqualTo(Reason.SERVER_FAILURE);
    }

    @Test
    void refusedIsFinalWhereThereIsNoOtherServer() {
        Step.Ask first = ask(inquiry.begin());
        assertThat(reason(
                        inquiry.responded(first, response().rcode(Rcode.REFUSED).message())))
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void whereOneServerRefusesTheOtherIsAsked() {
        Step.Ask first = ask(ofTwo.begin());
        Step.Ask second =
                ask(ofTwo.responded(first, response().rcode(Rcode.REFUSED).message()));
        assertThat(second.server()).isEqualTo(1);
        assertThat(ask(ofTwo.silent()).server()).isEqualTo(1);
    }

    @Test
    void anErrorOfOneServerOutranksTheOthersSilence() {
        ofTwo.responded(ask(ofTwo.begin()), response().rcode(Rcode.SERVFAIL).message());
        ofTwo.silent();
        ofTwo.silent();
        ExchangeException failure = failure(ofTwo.silent());
        assertThat(failure.reason()).isEqualTo(Reason.SERVER_FAILURE);
        assertThat(failure.server()).isEqualTo(FIRST);
    }

    @Test
    void anotherServerIsAskedWhereOneDoesNotKnowTheZone() {
        Inquiry careful = careful(FIRST, SECOND);
        Step.Ask first = ask(careful.begin());
        Step.Ask second = ask(careful.responded(first, ofTheRoot()));
        assertThat(second.server()).isEqualTo(1);
        Message response = response().nxdomain().message();
        assertThat(careful.responded(second, response)).isEqualTo(new Step.Done(response));
        assertThat(careful.foreign()).map(ExchangeException::server).hasValue(FIRST);
    }

    @Test
    void whereNobodyKnowsTheZoneThatIsTheReason() {
        Inquiry careful = careful(FIRST);
        ExchangeException failure = failure(careful.responded(ask(careful.begin()), ofTheRoot()));
        assertThat(failure.reason()).isEqualTo(Reason.WRONG_SERVER);
        assertThat(failure)
                .hasMessage("it says that there is no such name by the SOA of \".\", not of \"example.com.\"");
    }

    @Test
    void anErrorOfAServerOfTheZoneOutranksAStrangers() {
        Inquiry careful = careful(FIRST, SECOND);
        Step.Ask second = ask(careful.responded(ask(careful.begin()), ofTheRoot()));
        assertThat(reason(careful.responded(
                        second, response().rcode(Rcode.SERVFAIL).message())))
                .isEqualTo(Reason.SERVER_FAILURE);
    }

    @Test
    void aTruncatedReplyIsAskedForAgainByTcp() {
        Step.Ask first = ask(inquiry.begin());
        assertThat(ask(inquiry.responded(first, response().truncated().message()))
                        .tcp())
                .isTrue();
    }

    @Test
    void aTruncatedReplyThatSufficesIsTheAnswer() {
        Inquiry easy = new Inquiry(List.of(FIRST), POLICY, response -> true, ANYWHERE);
        Message cut = response().truncated().message();
        assertThat(easy.responded(ask(easy.begin()), cut)).isEqualTo(new Step.Done(cut));
    }

    @Test
    void aResponseThatIsTruncatedEvenOverTcpIsAccepted() {
        Message cut = response().truncated().message();
        Step.Ask tcp = ask(inquiry.responded(ask(inquiry.begin()), cut));
        assertThat(inquiry.responded(tcp, cut)).isEqualTo(new Step.Done(cut));
    }

    @Test
    void whereTcpIsSilentTheTruncatedReplyIsTaken() {
        Message cut = response().truncated().answer(address(NAME, "192.0.2.9")).message();
        inquiry.responded(ask(inquiry.begin()), cut);
        assertThat(inquiry.silent()).isEqualTo(new Step.Done(cut));
    }

    @Test
    void whereTcpIsRefusedTheTruncatedReplyIsTaken() {
        Message cut = response().truncated().answer(address(NAME, "192.0.2.9")).message();
        Step.Ask tcp = ask(inquiry.responded(ask(inquiry.begin()), cut));
        assertThat(inquiry.unreachable(tcp, "Connection refused")).isEqualTo(new Step.Done(cut));
    }

    @Test
    void whereTcpIsSilentAndTheTruncatedReplyEmptyUdpIsTriedOn() {
        inquiry.responded(ask(inquiry.begin()), response().truncated().message());
        assertThat(inquiry.silent()).isEqualTo(udp(0, false, 2));
    }

    @Test
    void aLateReplyToAnEarlierQuestionIsTheAnswer() {
        Step.Ask first = ask(inquiry.begin());
        inquiry.silent();
        Message late = response().message();
        assertThat(inquiry.responded(first, late)).isEqualTo(new Step.Done(late));
    }

    @Test
    void aLateComplaintChangesNothingAtOnce() {
        Step.Ask first = ask(inquiry.begin());
        inquiry.silent();
        assertThat(inquiry.responded(first, response().rcode(Rcode.FORMERR).message()))
                .isEqualTo(new Step.Wait());
    }

    @Test
    void nonsenseIsNotedWhileATrueReplyMayStillCome() {
        Step.Ask first = ask(inquiry.begin());
        assertThat(inquiry.garbled(first, "nonsense")).isEqualTo(new Step.Wait());
        Message response = response().message();
        assertThat(inquiry.responded(first, response)).isEqualTo(new Step.Done(response));
    }

    @Test
    void nonsenseAndThenSilenceIsMalformed() {
        inquiry.garbled(ask(inquiry.begin()), "nonsense");
        assertThat(reason(inquiry.outOfTime())).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anUnreachableServerIsTriedAgainAfterAPause() {
        Step.Ask first = ask(inquiry.begin());
        assertThat(inquiry.unreachable(first, "no route")).isEqualTo(new Step.Pause(Inquiry.AFTER_UNREACHABLE));
        assertThat(inquiry.unreachable(first, "no route")).isEqualTo(new Step.Wait());
        assertThat(ask(inquiry.silent()).server()).isZero();
    }

    @Test
    void anUnreachableServerGivesWayToTheOtherAtOnce() {
        assertThat(ask(ofTwo.unreachable(ask(ofTwo.begin()), "no route")).server())
                .isEqualTo(1);
    }

    @Test
    void theSystemsErrorIsTheFinalReason() {
        inquiry.unreachable(ask(inquiry.begin()), "no route");
        ExchangeException failure = failure(inquiry.outOfTime());
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessage("no route");
    }

    private static Inquiry careful(InetSocketAddress... servers) {
        return new Inquiry(List.of(servers), POLICY, response -> false, new OwnZone(name("example.com.")));
    }

    private static Message ofTheRoot() {
        return response().rcode(Rcode.NXDOMAIN).soa(Name.root).message();
    }

    @Test
    void aServerThatIsNotReadyYetIsAskedAgainUntilTheTimeIsUp() {
        Step.Ask asked = ask(inquiry.begin());
        for (int millis : new int[] {100, 200, 400, 800, 800, 800}) {
            assertThat(inquiry.responded(asked, notReady())).isEqualTo(new Step.Pause(Duration.ofMillis(millis)));
            asked = ask(inquiry.silent());
            assertThat(asked.edns()).as("without EDNS it could not say so").isTrue();
        }
        assertThat(failure(inquiry.outOfTime())).hasMessage("SERVFAIL, it is not ready yet");
    }

    @Test
    void aServerThatWasNotReadyMayAnswerTheNextTime() {
        inquiry.responded(ask(inquiry.begin()), notReady());
        Message response = response().message();
        assertThat(inquiry.responded(ask(inquiry.silent()), response)).isEqualTo(new Step.Done(response));
    }

    @Test
    void whileOneServerIsNotReadyTheOtherIsAskedAtOnce() {
        Step.Ask second = ask(ofTwo.responded(ask(ofTwo.begin()), notReady()));
        assertThat(second.server()).isEqualTo(1);
        assertThat(ofTwo.responded(second, notReady())).isEqualTo(new Step.Pause(Inquiry.NOT_READY));
    }

    @Test
    void aFailureForAnotherReasonIsFinal() {
        assertThat(reason(inquiry.responded(
                        ask(inquiry.begin()), response().rcode(Rcode.SERVFAIL).message())))
                .isEqualTo(Reason.SERVER_FAILURE);
    }

    private static Message notReady() {
        Message message = response().rcode(Rcode.SERVFAIL).message();
        message.addRecord(
                new OPTRecord(1232, 0, 0, 0, new ExtendedErrorCodeOption(ExtendedErrorCodeOption.NOT_READY)),
                Section.ADDITIONAL);
        return message;
    }

    private static ScriptedResponse response() {
        return ScriptedResponse.to(
                Message.newQuery(org.xbill.DNS.Record.newRecord(QUESTION.name(), QUESTION.type(), 1)));
    }

    private static Step.Ask udp(int server, boolean edns, int seconds) {
        return new Step.Ask(server, edns, false, Duration.ofSeconds(seconds));
    }

    private static Step.Ask ask(Step step) {
        assertThat(step).isInstanceOf(Step.Ask.class);
        return (Step.Ask) step;
    }

    private static ExchangeException failure(Step step) {
        return assertThat(step).asInstanceOf(type(Step.GiveUp.class)).actual().failure();
    }

    private static Reason reason(Step step) {
        return failure(step).reason();
    }
}
