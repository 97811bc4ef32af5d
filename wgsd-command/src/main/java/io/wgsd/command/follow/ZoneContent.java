package io.wgsd.command.follow;

import io.wgsd.dnssd.ZoneDiff;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

    /** How many bytes of data a record has at most on the average; a single one may have 64 KiB. */
    private static final long MEAN_SIZE = 256;

    private final Predicate<Record> wanted;
    private final int limit;
    private Set<Record> records = new LinkedHashSet<>();
    private long size;
    private @Nullable ZoneDiff change;
    private @Nullable Long serial;
    private boolean known;

    /** Keeps the records that are wanted, so many at most, with 256 bytes of data each on the average. */
    ZoneContent(Predicate<Record> wanted, int limit) {
        this.wanted = wanted;
        this.limit = limit;
    }

    /** Returns the serial that was reached; empty before the first transfer. */
    OptionalLong serial() {
        return serial == null ? OptionalLong.empty() : OptionalLong.of(serial);
    }

    /** Returns what is kept now; the next transfer changes it. */
    Set<Record> records() {
        return Collections.unmodifiableSet(records);
    }

    /** Returns what the last transfer has changed; empty where it brought the whole zone. */
    Optional<ZoneDiff> change() {
        return Optional.ofNullable(change);
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

        /** What is removed of the content, and what is added to the rest of it; all of a zone that comes whole. */
        private final Set<Record> removed = new LinkedHashSet<>();

        private final Set<Record> added = new LinkedHashSet<>();
        private boolean whole = true;
        private long nextSize;
        private @Nullable SOARecord reached;
        private boolean removing;

        private Transfer() {}

        @Override
        public void startAXFR() {
            start(true);
        }

        @Override
        public void startIXFR() {
            start(false);
        }

        private void start(boolean isWhole) {
            whole = isWhole;
            removed.clear();
            added.clear();
            nextSize = isWhole ? 0 : size;
            reached = null;
            removing = false;
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
                remove(record);
            } else {
                add(record);
            }
        }

        private void remove(Record record) {
            if (added.remove(record) || (!whole && records.contains(record) && removed.add(record))) {
                nextSize -= size(record);
            }
        }

        private void add(Record record) throws ZoneTransferException {
            boolean there = !whole && records.contains(record) && !removed.contains(record);
            nextSize += !there && added.add(record) ? size(record) : 0;
            if ((whole ? 0 : records.size() - removed.size()) + added.size() > limit) {
                throw new ZoneTransferException("it has more than " + limit + " records that count here");
            }
            if (nextSize > MEAN_SIZE * limit) {
                throw new ZoneTransferException(
                        "it has more than " + MEAN_SIZE * limit + " bytes of data in records that count here");
            }
        }

        private static int size(Record record) {
            return record.rdataToWireCanonical().length;
        }

        /** Makes what was brought the content, and returns whether that has changed; it has not where nothing is newer. */
        boolean finish() {
            if (reached == null) {
                return false;
            }
            boolean first = !known;
            known = true;
            serial = reached.getSerial();
            if (wanted.test(reached) && (whole || !records.contains(reached))) {
                if (!whole) {
                    records.stream().filter(SOARecord.class::isInstance).forEach(removed::add);
                }
                added.add(reached);
            }
            boolean same = added.equals(whole ? records : removed);
            if (same && !first) {
                return false;
            }
            if (whole) {
                records = added;
                change = null;
            } else {
                records.removeAll(removed);
                records.addAll(added);
                change = new ZoneDiff(List.copyOf(removed), List.copyOf(added));
            }
            size = nextSize;
            return true;
        }
    }
}
