package io.wgsd.micrometer.families;

import static io.wgsd.micrometer.families.Family.gauge;

import io.wgsd.members.VerifiedNetwork;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is shown of the list of a network's members that an agent follows. */
public final class MembersFamilies {

    public static final List<Family<MembersReading>> ALL = List.of(
            gauge(
                    "wgsd.agent.members",
                    "",
                    "Members in the list that the network's owner has signed.",
                    of(network -> network.network().members().size())),
            gauge("wgsd.agent.members.serial", "", "Serial of that list.", of(VerifiedNetwork::serial)),
            gauge(
                    "wgsd.agent.members.inception.timestamp",
                    "seconds",
                    "Since when the list is valid, in seconds since 1970.",
                    of(network -> Seconds.of(network.validFrom()))),
            gauge(
                    "wgsd.agent.members.expiry.timestamp",
                    "seconds",
                    "Until when the list is valid, in seconds since 1970.",
                    of(network -> Seconds.of(network.validUntil()))),
            gauge(
                    "wgsd.agent.members.refused",
                    "",
                    "Members and prefixes of the list that this host does not take.",
                    MembersReading::refused),
            gauge(
                    "wgsd.agent.members.problems",
                    "",
                    "What keeps the list from being current: registries without a good one, and a device that refuses it.",
                    MembersReading::problems));

    private MembersFamilies() {}

    private static ToDoubleFunction<MembersReading> of(ToDoubleFunction<VerifiedNetwork> value) {
        return reading -> reading.network().map(value::applyAsDouble).orElse(Double.NaN);
    }
}
