package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.counter;
import static io.wgsd.micrometer.families.Family.flag;
import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.micrometer.families.Family.Kind;
import java.util.List;

/** What is shown of a registry. */
public final class RegistryFamilies {

    public static final List<Family<RegistryReading>> ALL = List.of(
            counter(
                    "wgsd.registry.queries",
                    "",
                    "Messages received, whether they were answered or not.",
                    reading -> reading.stats().queries()),
            Family.<RegistryReading>of(
                            Kind.COUNTER, "wgsd.registry.responses", "Responses, by what became of the question.")
                    .with("outcome", "answered", reading -> reading.stats().answered())
                    .with("outcome", "no_data", reading -> reading.stats().noData())
                    .with("outcome", "name_error", reading -> reading.stats().nameErrors())
                    .with("outcome", "refused", reading -> reading.stats().refused())
                    .with("outcome", "malformed", reading -> reading.stats().malformed())
                    .with("outcome", "bad_signature", reading -> reading.stats().badSignatures())
                    .with("outcome", "not_ready", reading -> reading.stats().notReady())
                    .with("outcome", "transfer", reading -> reading.stats().transfers())
                    .with(
                            "outcome",
                            "incremental_transfer",
                            reading -> reading.stats().incrementalTransfers()),
            counter(
                    "wgsd.registry.truncated.responses",
                    "",
                    "Responses that did not fit into a datagram, so that the client repeats the question over TCP.",
                    reading -> reading.stats().truncated()),
            counter(
                    "wgsd.registry.dropped.queries",
                    "",
                    "Messages that got no response: no requests, from forged sources, or beyond the rate limit.",
                    reading -> reading.stats().dropped()),
            counter(
                    "wgsd.registry.forged.queries",
                    "",
                    "Messages with a source inside the tunnel that had not come through it, all dropped.",
                    reading -> reading.stats().forged()),
            counter(
                    "wgsd.registry.limited.queries",
                    "",
                    "Messages beyond the rate limit, dropped or sent to TCP.",
                    reading -> reading.stats().limited()),
            Family.<RegistryReading>of(Kind.COUNTER, "wgsd.registry.readings", "Readings of the device.")
                    .with(
                            "result",
                            "success",
                            reading -> Math.max(
                                    0, reading.stats().polls() - reading.stats().failedPolls()))
                    .with("result", "failure", reading -> reading.stats().failedPolls()),
            gauge(
                    "wgsd.registry.reading.age",
                    "seconds",
                    "Age of the reading that is served.",
                    reading -> reading.stats().snapshotAge().map(Seconds::of).orElse(Double.NaN)),
            gauge(
                    "wgsd.registry.serving.fresh",
                    "",
                    "1 where there is a zone and its reading is fresh, otherwise 0.",
                    reading -> flag(reading.health().isServingFresh())),
            gauge(
                    "wgsd.registry.expired",
                    "",
                    "1 where the reading is older than the stale limit, so that every answer is SERVFAIL, otherwise 0.",
                    reading -> flag(reading.health().isExpired())),
            gauge(
                    "wgsd.registry.restart.needed",
                    "",
                    "1 where a thread has ended or a reading never ends, so that a restart would help, otherwise 0.",
                    reading -> flag(reading.health().wouldRestartHelp())),
            gauge(
                    "wgsd.registry.sockets",
                    "",
                    "Addresses that are bound.",
                    reading -> reading.health().listening().size()),
            gauge(
                    "wgsd.registry.zone.serial",
                    "",
                    "Serial of the zone.",
                    reading ->
                            reading.zone().map(zone -> (double) zone.serial()).orElse(Double.NaN)),
            gauge(
                    "wgsd.registry.signature.expiry.timestamp",
                    "seconds",
                    "When the signature of the zone's SOA ends, in seconds since 1970.",
                    reading -> reading.zone()
                            .flatMap(RegistryReading::signatureExpiry)
                            .map(Seconds::of)
                            .orElse(Double.NaN)),
            gauge(
                    "wgsd.registry.zone.peers",
                    "",
                    "Peers of the zone.",
                    reading -> reading.zone()
                            .map(zone -> (double) zone.peers().size())
                            .orElse(Double.NaN)));

    /** What is shown of one peer, where that is asked for. */
    public static final List<Family<Advertisement>> PEER = List.of(gauge(
            "wgsd.registry.peer.endpoint.timestamp",
            "seconds",
            "Since when the peer is at its endpoint, in seconds since 1970.",
            peer -> peer.since().map(Seconds::of).orElse(Double.NaN)));

    private RegistryFamilies() {}
}
