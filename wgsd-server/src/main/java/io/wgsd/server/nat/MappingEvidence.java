package io.wgsd.server.nat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.server.nat.Observer.Distance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of how one peer's NAT maps, from what observers saw of the peer.
 *
 * <p>Two observers are compared where both have heard the peer within five seconds, for a mapping may be another one
 * later. What they show three times in a row, each time by new packets, is a fact:
 *
 * <ul>
 *   <li>the same source, at observers with different addresses: the mapping is independent of the endpoint. That holds
 *       for a peer without a NAT too. At one address, or at addresses of which it is not known whether they differ, the
 *       same source proves nothing: a NAT may have one mapping for each address
 *   <li>another source, at observers with one address and different ports: it depends on address and port
 *   <li>another source, at observers of which it is not known to be one address: it depends on something
 * </ul>
 *
 * <p>A fact is forgotten an hour after it was shown last, and at once where a comparison shows the opposite, or an
 * observer sees the peer at another address, as behind another NAT. Immutable; its size is bounded.
 */
final class MappingEvidence {

    static final MappingEvidence NONE = new MappingEvidence(List.of(), List.of());

    private static final long EXPIRY = Duration.ofHours(1).toNanos();
    /** A device and a few addresses of two relays, in both families. */
    private static final int MOST_OBSERVERS = 8;

    /** The latest sample of each observer in each family, the oldest first. */
    private final List<Sample> latest;

    private final List<Comparison> comparisons;

    private MappingEvidence(List<Sample> latest, List<Comparison> comparisons) {
        this.latest = List.copyOf(latest);
        this.comparisons = List.copyOf(comparisons);
    }

    /** Returns what is known after a sample; one that is not newer than the same observer's last changes nothing. */
    MappingEvidence with(Sample sample) {
        if (sample.source().address().isLoopback()) {
            // It stands for a peer whose packets come over TLS, of whose NAT it shows nothing.
            return this;
        }
        Sample before = latest.stream().filter(sample::replaces).findFirst().orElse(null);
        if (before != null && !sample.isNewerThan(before)) {
            return this;
        }
        MappingEvidence kept = at(sample.nanos());
        if (before != null && !sample.source().address().equals(before.source().address())) {
            kept = kept.without(each -> each.isIpv6() == sample.isIpv6());
        } else if (before == null && kept.latest.size() == MOST_OBSERVERS) {
            kept = kept.without(kept.latest.get(0)::replaces);
        }
        return kept.joined(sample);
    }

    private MappingEvidence joined(Sample sample) {
        List<Sample> samples = new ArrayList<>(latest);
        samples.removeIf(sample::replaces);
        List<Comparison> compared = new ArrayList<>(comparisons);
        for (Sample other : samples) {
            if (Comparison.comparable(sample, other)) {
                Comparison fresh = new Comparison(sample, other);
                Optional<Comparison> known =
                        compared.stream().filter(fresh::isOfTheSame).findFirst();
                known.ifPresent(compared::remove);
                compared.add(known.map(fresh::after).orElse(fresh));
            }
        }
        samples.add(sample);
        return new MappingEvidence(samples, compared);
    }

    /** Returns what is known without what is older than an hour. */
    MappingEvidence at(long now) {
        return new MappingEvidence(
                latest.stream().filter(each -> now - each.nanos() < EXPIRY).toList(),
                comparisons.stream().filter(each -> now - each.nanos() < EXPIRY).toList());
    }

    private MappingEvidence without(Predicate<Sample> forgotten) {
        return new MappingEvidence(
                latest.stream().filter(forgotten.negate()).toList(),
                comparisons.stream()
                        .filter(each -> !forgotten.test(each.one()) && !forgotten.test(each.other()))
                        .toList());
    }

    boolean isEmpty() {
        return latest.isEmpty() && comparisons.isEmpty();
    }

    int observers() {
        return latest.size();
    }

    int comparisons() {
        return comparisons.size();
    }

    /**
     * Returns how the peer's NAT maps, as far as that is proved.
     *
     * @param ipv6 in which family
     */
    Optional<NatMapping> mapping(boolean ipv6) {
        List<Comparison> all =
                comparisons.stream().filter(each -> each.isIpv6() == ipv6).toList();
        List<Comparison> different = all.stream().filter(each -> !each.agree()).toList();
        if (different.stream().anyMatch(each -> each.isEnough() && each.distance() == Distance.SAME_ADDRESS)) {
            return Optional.of(NatMapping.ADDRESS_AND_PORT_DEPENDENT);
        }
        if (different.stream().anyMatch(Comparison::isEnough)) {
            return Optional.of(NatMapping.DEPENDENT);
        }
        boolean independent = different.isEmpty()
                && all.stream().anyMatch(each -> each.isEnough() && each.distance() == Distance.OTHER_ADDRESS);
        return independent ? Optional.of(NatMapping.ENDPOINT_INDEPENDENT) : Optional.empty();
    }
}
