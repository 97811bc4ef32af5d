package io.wgsd.command.member;

import io.wgsd.members.VerifiedNetwork;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Type;

/**
 * The list of a network's members as an agent has it at one moment.
 *
 * @param zone the members' zone
 * @param network the list that is in use; empty where there is none yet
 * @param refusals which members and prefixes this host does not take, and why
 * @param problems what keeps the list from being current
 */
public record MembersView(
        String zone, Optional<VerifiedNetwork> network, List<String> refusals, List<String> problems) {

    public MembersView {
        refusals = List.copyOf(refusals);
        problems = List.copyOf(problems);
    }

    /** Returns what an operator is to do once half of a list's time is over. */
    public static String dueText(VerifiedNetwork network) {
        return "the signatures are valid until " + network.validUntil()
                + "; their owner signs again with: wgsd member sign, wgsd member publish";
    }

    /** Returns the tags of the owners' keys in the list, in ascending order. */
    public List<Integer> keys() {
        return network.stream()
                .flatMap(each -> each.records().stream())
                .filter(record -> record.getType() == Type.DNSKEY)
                .map(record -> ((DNSKEYRecord) record).getFootprint())
                .sorted()
                .toList();
    }
}
