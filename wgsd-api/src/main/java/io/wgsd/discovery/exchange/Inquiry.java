package io.wgsd.discovery.exchange;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * Decides what to do about one question, from what has happened to it so far. It knows no socket, clock or thread.
 *
 * <p>Servers are asked in turn, round after round. Every second round is without EDNS, since a server may be silent
 * because of it: the CoreDNS plugin wgsd 0.3.6 cannot pack a TXT string of more than 255 bytes and then sends nothing,
 * unless an answer of 512 bytes has no room for the TXT anyway.
 */
final class Inquiry {

    /**
     * The pause between a report that a server cannot be reached and the next attempt: long enough for a server to
     * restart.
     */
    static final Duration AFTER_UNREACHABLE = Duration.ofMillis(150);

    /**
     * The pause before a server that is starting is asked again; each pause is twice the one before, up to the longest.
     */
    static final Duration NOT_READY = Duration.ofMillis(100);

    static final Duration LONGEST_NOT_READY = Duration.ofMillis(800);

    private final List<InetSocketAddress> servers;
    private final Policy policy;
    private final Predicate<Message> suffices;
    private final OwnZone zone;
    private final boolean[] dislikesEdns;
    private final boolean[] declined;
    private final boolean[] notReady;

    private int turn = -1;
    private boolean pausing;
    private Duration readiness = NOT_READY;
    private Step.@Nullable Ask current;
    private @Nullable Message truncated;
    private @Nullable ExchangeException refusal;
    private @Nullable ExchangeException foreign;
    private @Nullable ExchangeException garbage;
    private @Nullable ExchangeException unreachable;

    /**
     * Begins an inquiry.
     *
     * @param suffices whether a truncated response is good enough not to ask again over TCP
     * @param zone decides whether an answer that denies something counts
     */
    Inquiry(List<InetSocketAddress> servers, Policy policy, Predicate<Message> suffices, OwnZone zone) {
        this.servers = servers;
        this.policy = policy;
        this.suffices = suffices;
        this.zone = zone;
        dislikesEdns = new boolean[servers.size()];
        declined = new boolean[servers.size()];
        notReady = new boolean[servers.size()];
    }

    Step begin() {
        return nextTurn();
    }

    InetSocketAddress server(Step.Ask ask) {
        return servers.get(ask.server());
    }

    /** Takes a response to something that was asked, which need not be the latest. */
    Step responded(Step.Ask ask, Message response) {
        return switch (response.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> answered(ask, response);
            case Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS ->
                ask.edns() ? withoutEdns(ask) : decline(ask, Reason.SERVER_FAILURE, response);
            case Rcode.REFUSED, Rcode.NOTAUTH -> decline(ask, Reason.REFUSED, response);
            default -> isNotReady(response) ? later(ask, response) : decline(ask, Reason.SERVER_FAILURE, response);
        };
    }

    /** Returns what was said by the first server that does not know the zone. */
    Optional<ExchangeException> foreign() {
        return Optional.ofNullable(foreign);
    }

    /** Takes note of a message that is no response to the question; a true one may still come. */
    Step garbled(Step.Ask ask, String why) {
        garbage = failure(Reason.MALFORMED, ask.server(), why);
        return ask.tcp() ? silent() : new Step.Wait();
    }

    /** Takes note that nothing came for as long as the latest step said. */
    Step silent() {
        Step.Ask ask = current;
        if (ask != null
                && ask.tcp()
                && truncated != null
                && truncated.getSection(Section.ANSWER).size() > 0) {
            return new Step.Done(truncated);
        }
        return nextTurn();
    }

    /** Takes note that the system could not send, or that the server does not listen. */
    Step unreachable(Step.Ask ask, String why) {
        unreachable = failure(Reason.UNREACHABLE, ask.server(), why);
        if (!ask.equals(current) || pausing) {
            return new Step.Wait();
        }
        if (ask.tcp()) {
            return silent();
        }
        if (servers.size() > 1 || turn == turns() - 1) {
            return nextTurn();
        }
        pausing = true;
        return new Step.Pause(AFTER_UNREACHABLE);
    }

    /** Takes note that there is no time left, so that the best answer so far counts. */
    Step outOfTime() {
        turn = turns();
        return settle();
    }

    private Step answered(Step.Ask ask, Message response) {
        if (ask.tcp() || !response.getHeader().getFlag(Flags.TC) || suffices.test(response)) {
            String objection = zone.objection(response);
            return objection == null ? new Step.Done(response) : passOver(ask, objection);
        }
        truncated = response;
        return ask(ask.server(), ask.edns(), true, policy.timeout().dividedBy(2));
    }

    private Step withoutEdns(Step.Ask ask) {
        dislikesEdns[ask.server()] = true;
        return ask.equals(current) ? ask(ask.server(), false, ask.tcp(), ask.patience()) : new Step.Wait();
    }

    private Step passOver(Step.Ask ask, String objection) {
        if (foreign == null) {
            foreign = failure(Reason.WRONG_SERVER, ask.server(), objection);
        }
        return without(ask);
    }

    private Step decline(Step.Ask ask, Reason reason, Message response) {
        if (refusal == null) {
            refusal = failure(reason, ask.server(), Rcode.string(response.getRcode()));
        }
        return without(ask);
    }

    /** Stops asking this server about this question. */
    private Step without(Step.Ask ask) {
        declined[ask.server()] = true;
        Step.Ask latest = current;
        return latest == null || latest.server() == ask.server() ? silent() : new Step.Wait();
    }

    /**
     * A registry that has not read its device yet says so (RFC 8914, section 4.15), and will have read it in a moment.
     */
    private static boolean isNotReady(Message response) {
        OPTRecord opt = response.getOPT();
        return opt != null
                && opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .anyMatch(option -> option instanceof ExtendedErrorCodeOption error
                                && error.getErrorCode() == ExtendedErrorCodeOption.NOT_READY);
    }

    /**
     * Asks the other servers meanwhile; if none of them is ready either, begins again after a pause, until the time is
     * up.
     */
    private Step later(Step.Ask ask, Message response) {
        notReady[ask.server()] = true;
        if (refusal == null) {
            refusal = failure(
                    Reason.SERVER_FAILURE, ask.server(), Rcode.string(response.getRcode()) + ", it is not ready yet");
        }
        if (!ask.equals(current) || pausing) {
            return new Step.Wait();
        }
        for (int server = 0; server < servers.size(); server++) {
            if (!declined[server] && !notReady[server]) {
                return nextTurn();
            }
        }
        Arrays.fill(notReady, false);
        turn = -1;
        pausing = true;
        Duration pause = readiness;
        Duration next = pause.multipliedBy(2);
        readiness = next.compareTo(LONGEST_NOT_READY) < 0 ? next : LONGEST_NOT_READY;
        return new Step.Pause(pause);
    }

    private Step nextTurn() {
        while (++turn < turns()) {
            int server = turn % servers.size();
            int round = turn / servers.size();
            if (!declined[server]) {
                boolean edns = round % 2 == 0 && !dislikesEdns[server];
                return ask(server, edns, false, policy.patience(round, servers.size()));
            }
        }
        return settle();
    }

    private Step.Ask ask(int server, boolean edns, boolean tcp, Duration patience) {
        pausing = false;
        current = new Step.Ask(server, edns, tcp, patience);
        return current;
    }

    /**
     * What a server said counts more than noise, noise more than a report of the system, and that more than silence.
     */
    private Step settle() {
        if (truncated != null && truncated.getSection(Section.ANSWER).size() > 0) {
            return new Step.Done(truncated);
        }
        for (ExchangeException known : new @Nullable ExchangeException[] {refusal, foreign, garbage, unreachable}) {
            if (known != null) {
                return new Step.GiveUp(known);
            }
        }
        return new Step.GiveUp(failure(
                Reason.TIMED_OUT, 0, "no answer within " + policy.timeout().toMillis() + " ms"));
    }

    private ExchangeException failure(Reason reason, int server, String detail) {
        return new ExchangeException(reason, servers.get(server), detail);
    }

    private int turns() {
        return policy.attempts() * servers.size();
    }
}
