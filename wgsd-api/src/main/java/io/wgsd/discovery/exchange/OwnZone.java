package io.wgsd.discovery.exchange;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Decides whether an answer that something does not exist is from the zone, by the SOA that comes with it (RFC 2308,
 * section 2).
 *
 * <p>A server or resolver that does not know the zone also says that there is no such name, with the SOA of another
 * zone, such as the root's, or with none. That says nothing about the zone. Immutable and thread-safe.
 */
final class OwnZone {

    private final Name zone;

    OwnZone(Name zone) {
        this.zone = zone;
    }

    /**
     * Returns what is wrong with a response of NOERROR or NXDOMAIN.
     *
     * <p>A resolver may leave out the SOA if the name exists, but nothing of that type (dnsmasq with filter-AAAA does);
     * that is accepted. An answer that begins with an alias is the zone's, no matter where the alias leads.
     *
     * @return what is wrong; null if it may be the zone's answer
     */
    @Nullable
    String objection(Message response) {
        Record question = response.getQuestion();
        if (question == null
                || !response.getSection(Section.ANSWER).isEmpty()
                || !question.getName().subdomain(zone)
                // A DS record is in the parent zone; resolvers ask for it there.
                || question.getType() == Type.DS) {
            return null;
        }
        boolean nameExists = response.getRcode() == Rcode.NOERROR;
        for (Record record : response.getSection(Section.AUTHORITY)) {
            if (record.getType() == Type.SOA) {
                return record.getName().subdomain(zone)
                        ? null
                        : says(nameExists) + " by the SOA of \"" + record.getName() + "\", not of \"" + zone + "\"";
            }
        }
        return nameExists && response.getHeader().getFlag(Flags.RA)
                ? null
                : says(nameExists) + " without the SOA of \"" + zone + "\"";
    }

    private static String says(boolean nameExists) {
        return nameExists ? "it says that there is nothing of that type" : "it says that there is no such name";
    }
}
