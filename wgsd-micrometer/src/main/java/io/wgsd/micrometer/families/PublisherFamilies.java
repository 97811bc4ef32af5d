package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.counter;
import static io.wgsd.micrometer.families.Family.flag;
import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.micrometer.families.Family.Kind;
import java.util.List;

/** What is shown of a publisher. */
public final class PublisherFamilies {

    public static final List<Family<PublisherReading>> ALL = List.of(
            Family.<PublisherReading>of(
                            Kind.COUNTER,
                            "wgsd.publisher.attempts",
                            "Attempts to bring the primary up to date, or to find that it is.")
                    .with(
                            "result",
                            "success",
                            reading -> Math.max(
                                    0,
                                    reading.stats().attempts() - reading.stats().failedAttempts()))
                    .with("result", "failure", reading -> reading.stats().failedAttempts()),
            counter(
                    "wgsd.publisher.peers.written",
                    "",
                    "Peers that were written or taken away.",
                    reading -> reading.stats().peersWritten()),
            gauge(
                    "wgsd.publisher.up.to.date",
                    "",
                    "1 where the primary was up to date after the latest attempt, otherwise 0.",
                    reading -> flag(reading.health().isPublished())),
            gauge(
                    "wgsd.publisher.success.age",
                    "seconds",
                    "Time since the primary last had what it was to have.",
                    reading -> reading.stats().successAge().map(Seconds::of).orElse(Double.NaN)),
            gauge(
                    "wgsd.publisher.peers.passed.over",
                    "",
                    "Peers that are not published, because somebody else has entered them in the zone.",
                    reading -> reading.health().passedOver().size()),
            gauge(
                    "wgsd.publisher.restart.needed",
                    "",
                    "1 where the publisher's thread has ended, so that a restart would help, otherwise 0.",
                    reading -> flag(reading.health().wouldRestartHelp())));

    private PublisherFamilies() {}
}
