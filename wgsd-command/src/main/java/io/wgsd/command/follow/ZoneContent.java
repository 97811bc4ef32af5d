package io.wgsd.command.follow;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/**
 * What is kept of a zone, brought from one serial to the next by transfers. One that ends in the middle changes nothing.
 *
 * <p>Not thread-safe.
 */
final class ZoneContent {

    private final Predicate<Record> wanted;
    private final int limit;
    private Set<Record> records = Set.of();
    private @Nullable Long serial;
    private boolean known;

    /** Keeps the records that are wanted, so many at most. */
    ZoneContent(Predicate<Record> wanted, int limit) {
        this.wanted = wanted;
        this.limit = limit;
    }

    /** Returns the serial that was reached; empty before the first transfer. */
    OptionalLong serial() {
        return serial == null ? OptionalLong.empty() : OptionalLong.of(serial);
    }

    /** Returns what is kept, which nobody may change. */
    Set<Record> records() {
        return records;
    }

    /** Forgets the serial, so that the next transfer brings the whole zone. */
    void forgetSerial() {
        serial = null;
    }

    /** Begins a transfer; what it brings counts once {@link Transfer#finish} is called. */
    Transfer begin() {
        return new Transfer();
    }

    /** Takes the records of one transfer (RFC 1995, RFC 5936). */
    final class Transfer implements ZoneTransferIn.ZoneTransferHandler {

        private Set<Record> next = new LinkedHashSet<>();
        private @Nullable SOARecord reached;
        private boolean removing;

        private Transfer() {}

        @Override
        public void startAXFR() {
            next = new LinkedHashSet<>();
            reached = null;
            removing = false;
        }

        @Override
        public void startIXFR() {
            next = new LinkedHashSet<>(records);
        }

        @Override
        public void startIXFRDeletes(Record soa) {
            removing = true;
        }

        @Override
        public void startIXFRAdds(Record soa) {
            removing = false;
            reached = (SOARecord) soa;
        }

        @Override
        public void handleRecord(Record record) throws ZoneTransferException {
            if (record instanceof SOARecord soa) {
                reached = soa;
            } else if (!wanted.test(record)) {
                return;
            } else if (removing) {
                next.remove(record);
            } else if (next.size() < limit) {
                next.add(record);
            } else {
                throw new ZoneTransferException("it has more than " + limit + " records that count here");
            }
        }

        /** Makes what was brought the content, and returns whether that is another one; where nothing is newer, it is not. */
        boolean finish() {
            if (reached == null) {
                return false;
            }
            boolean first = !known;
            known = true;
            serial = reached.getSerial();
            if (wanted.test(reached)) {
                next.removeIf(SOARecord.class::isInstance);
                next.add(reached);
            }
            if (!first && next.equals(records)) {
                return false;
            }
            records = next;
            return true;
        }
    }
}
