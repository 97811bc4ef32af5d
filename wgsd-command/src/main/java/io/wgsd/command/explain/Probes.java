package io.wgsd.command.explain;

import java.time.Duration;
import java.util.Optional;

/**
 * What was sent in order to find out, and what became of it. Immutable.
 *
 * @param small what became of a datagram of one byte to the peer's tunnel address
 * @param full what became of one that fills the device's packets
 * @param mtu the device's MTU in bytes; zero where it is not known
 * @param roundTrip how long the answer took; empty where there was none
 * @param echo whether the peer's tunnel address answers echo requests or TCP; empty where that was not asked
 * @param sendProblem why this host does not send to the endpoint; empty where it does, or was not asked to
 * @param hubHeard whether WireGuard received anything from the registry's host meanwhile; empty where that was not looked at
 * @param hubByTcp whether the registry's host answers to TCP outside of the tunnel; empty where that was not asked
 */
record Probes(
        Answer small,
        Answer full,
        int mtu,
        Optional<Duration> roundTrip,
        Optional<Boolean> echo,
        Optional<String> sendProblem,
        Optional<Boolean> hubHeard,
        Optional<Boolean> hubByTcp) {

    /** What became of a datagram: a host says at once that nothing listens at the discard port. */
    enum Answer {
        NOT_SENT,
        ANSWERED,
        SILENT
    }

    static Probes none() {
        return new Probes(
                Answer.NOT_SENT,
                Answer.NOT_SENT,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Probes tunnel(Answer one, Answer whole, int size, Optional<Duration> took, Optional<Boolean> echoed) {
        return new Probes(one, whole, size, took, echoed, sendProblem, hubHeard, hubByTcp);
    }

    Probes outward(Optional<String> problem, Optional<Boolean> heard, Optional<Boolean> tcp) {
        return new Probes(small, full, mtu, roundTrip, echo, problem, heard, tcp);
    }

    /** Returns whether small packets get there and back, and large ones do not. */
    boolean isOnlySmall() {
        return small == Answer.ANSWERED && full == Answer.SILENT;
    }

    /** Returns whether nothing behind the tunnel has answered to anything. */
    boolean isUnanswered() {
        return small == Answer.SILENT && !echo.orElse(false);
    }
}
