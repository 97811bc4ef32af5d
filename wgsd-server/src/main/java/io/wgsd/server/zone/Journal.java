package io.wgsd.server.zone;

import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.SOARecord;

/**
 * A zone and how it became what it is: the steps from earlier serials, as many as cost less than the zone itself.
 *
 * <p>What is answered may be newer than what is transferred, because serials are few and answers are never late. Each
 * serial has one content: what the zone had when it got the serial. Immutable and thread-safe.
 */
public final class Journal {

    private final Zone zone;
    private final Zone numbered;
    private final List<Step> steps;

    /** What lies between two serials, one right behind the other. */
    public record Step(SOARecord earlier, SOARecord later, ZoneDiff difference) {

        /** Returns how many records the step has in a transfer (RFC 1995, section 4). */
        int records() {
            return 2 + difference.removed().size() + difference.added().size();
        }
    }

    private Journal(Zone zone, Zone numbered, List<Step> steps) {
        this.zone = zone;
        this.numbered = numbered;
        this.steps = bounded(steps, numbered.recordCount());
    }

    /** Begins a journal with its first zone, without a step. */
    public static Journal of(Zone zone) {
        return new Journal(zone, zone, List.of());
    }

    /**
     * Goes on to a new zone.
     *
     * @param later the zone that replaces this journal's, with a greater serial
     * @return a new journal, without the oldest steps where all would be too many
     */
    public Journal next(Zone later) {
        if (!Serials.isGreater(later.serial(), zone.serial())) {
            return of(later);
        }
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Step(numbered.soa(), later.soa(), ZoneDiff.between(numbered, later)));
        return new Journal(later, later, longer);
    }

    /**
     * Lets answers go ahead: they come from a newer zone, and transfers from the one that got the serial.
     *
     * @param newer the zone as it is by now, with the same serial
     * @throws IllegalArgumentException if the serial is another one
     */
    public Journal ahead(Zone newer) {
        if (newer.serial() != zone.serial()) {
            throw new IllegalArgumentException(newer + " is not another form of " + zone);
        }
        return new Journal(newer, numbered, steps);
    }

    /**
     * Returns whether answers are newer than what is transferred.
     *
     * @return whether the zone needs another serial
     */
    public boolean isAhead() {
        return zone != numbered;
    }

    /**
     * Returns the zone as it is now, of which answers are made.
     *
     * @return the newest zone
     */
    public Zone zone() {
        return zone;
    }

    /**
     * Returns the zone as it was when it got its serial, which is what is transferred.
     *
     * @return a zone of the same serial
     */
    public Zone numbered() {
        return numbered;
    }

    /**
     * Returns the steps from a serial to the zone.
     *
     * @param serial what somebody has
     * @return the steps, the oldest first; empty where they are not known, or are more than the zone itself
     */
    public Optional<List<Step>> since(long serial) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).earlier().getSerial() == serial) {
                return Optional.of(steps.subList(i, steps.size()));
            }
        }
        return Optional.empty();
    }

    private static List<Step> bounded(List<Step> steps, long most) {
        int first = steps.size();
        for (int records = 0; first > 0; first--) {
            records += steps.get(first - 1).records();
            if (records > most) {
                break;
            }
        }
        return List.copyOf(steps.subList(first, steps.size()));
    }
}
