package io.wgsd.server.answer;

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
 * <p>Immutable and thread-safe.
 */
public final class Journal {

    private final Zone zone;
    private final List<Step> steps;
    private final QuickAnswers answers;

    /** What lies between two serials, one right behind the other. */
    record Step(SOARecord earlier, SOARecord later, ZoneDiff difference) {

        /** Returns how many records tell of the step (RFC 1995, section 4). */
        int records() {
            return 2 + difference.removed().size() + difference.added().size();
        }
    }

    private Journal(Zone zone, List<Step> steps, List<QuickAnswers> earlier) {
        this.zone = zone;
        answers = QuickAnswers.of(zone, earlier);
        this.steps = bounded(steps, zone.recordCount());
    }

    /**
     * Begins a journal.
     *
     * @param zone the first zone
     * @return a journal without a step
     */
    public static Journal of(Zone zone) {
        return new Journal(zone, List.of(), List.of());
    }

    /**
     * Begins the journal of what can be seen of a zone.
     *
     * @param zone the first zone
     * @param whole the journal of all of it, whose answers are taken over
     * @return a journal without a step
     */
    public static Journal of(Zone zone, Journal whole) {
        return new Journal(zone, List.of(), List.of(whole.answers));
    }

    /**
     * Goes on to a new zone.
     *
     * @param later the zone that replaces this journal's, with a greater serial
     * @return a new journal, without the oldest steps where all would be too many
     */
    public Journal next(Zone later) {
        return next(later, this);
    }

    /**
     * Goes on to a new zone of those who cannot see all of it.
     *
     * @param later the zone that replaces this journal's, with a greater serial
     * @param whole the journal of all of it, whose answers are taken over
     * @return a new journal, without the oldest steps where all would be too many
     */
    public Journal next(Zone later, Journal whole) {
        List<QuickAnswers> earlier = List.of(answers, whole.answers);
        if (!Serials.isGreater(later.serial(), zone.serial())) {
            return new Journal(later, List.of(), earlier);
        }
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Step(zone.soa(), later.soa(), ZoneDiff.between(zone, later)));
        return new Journal(later, longer, earlier);
    }

    /**
     * Returns the zone as it is now.
     *
     * @return the newest zone
     */
    public Zone zone() {
        return zone;
    }

    /** Returns the zone's answers to the usual questions. */
    QuickAnswers quickAnswers() {
        return answers;
    }

    /**
     * Returns the steps from a serial to the zone.
     *
     * @param serial what somebody has
     * @return the steps, the oldest first; empty where they are not known, or are more than the zone itself
     */
    Optional<List<Step>> since(long serial) {
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
