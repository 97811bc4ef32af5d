package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.counter;
import static io.wgsd.micrometer.families.Family.flag;
import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.micrometer.families.Family.Kind;
import java.util.List;

/** What is shown of a relay. */
public final class RelayFamilies {

    public static final List<Family<RelayReading>> ALL = List.of(
            Family.<RelayReading>of(Kind.COUNTER, "wgsd.relay.packets.forwarded", "Packets forwarded between members.")
                    .with("type", "data", reading -> reading.stats().forwardedPackets())
                    .with("type", "handshake", reading -> reading.stats().forwardedHandshakes()),
            counter(
                    "wgsd.relay.forwarded",
                    "bytes",
                    "Bytes of forwarded data, without the headers of UDP and IP.",
                    reading -> reading.stats().forwardedBytes()),
            Family.<RelayReading>of(Kind.COUNTER, "wgsd.relay.packets.dropped", "Packets not forwarded, by the reason.")
                    .with("reason", "malformed", reading -> reading.stats().malformed())
                    .with("reason", "unknown_source", reading -> reading.stats().fromUnknownSources())
                    .with("reason", "unknown_target", reading -> reading.stats().toUnknownTargets())
                    .with("reason", "unreachable", reading -> reading.stats().unreachable())
                    .with("reason", "over_limit", reading -> reading.stats().overLimit())
                    .with("reason", "send_failed", reading -> reading.stats().sendFailed())
                    .with("reason", "refused", reading -> reading.stats().refused())
                    .with("reason", "crossed", reading -> reading.stats().crossedInitiations()),
            counter(
                    "wgsd.relay.initiations.delayed",
                    "",
                    "Initiations that were delayed for a moment, since their member was not attached or might have begun too.",
                    reading -> reading.stats().delayedInitiations()),
            counter(
                    "wgsd.relay.messages.received",
                    "",
                    "Authentic messages that members have sent to the relay itself.",
                    reading -> reading.stats().toRelay()),
            counter(
                    "wgsd.relay.cookie.replies",
                    "",
                    "Initiations to the relay that were answered with a cookie.",
                    reading -> reading.stats().cookieReplies()),
            gauge(
                    "wgsd.relay.members",
                    "",
                    "Members, attached or not.",
                    reading -> reading.stats().members()),
            gauge(
                    "wgsd.relay.members.attached",
                    "",
                    "Members that the relay hears.",
                    reading -> reading.stats().attached()),
            gauge(
                    "wgsd.relay.routes",
                    "",
                    "Routes; each session between members has two.",
                    reading -> reading.stats().routes()),
            gauge(
                    "wgsd.relay.running",
                    "",
                    "1 where packets are forwarded, otherwise 0.",
                    reading -> flag(reading.health().isRunning())),
            gauge(
                    "wgsd.relay.problems",
                    "",
                    "Problems that an operator should know of.",
                    reading -> reading.health().problems().size()),
            gauge(
                    "wgsd.relay.restart.needed",
                    "",
                    "1 where a thread has ended, so that a restart would help, otherwise 0.",
                    reading -> flag(reading.health().wouldRestartHelp())));

    private RelayFamilies() {}
}
