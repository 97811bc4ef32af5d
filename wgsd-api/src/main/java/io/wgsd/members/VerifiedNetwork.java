package io.wgsd.members;

import io.wgsd.dnssd.Serials;
import io.wgsd.members.signed.SignedZone;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * A network that its owner has signed, with the zone that says so.
 *
 * <p>Whether the signatures are valid at some time is another question: see {@link #requireValid}. Immutable and
 * thread-safe.
 */
public final class VerifiedNetwork {

    private final Network network;
    private final long serial;
    private final Instant validFrom;
    private final Instant validUntil;
    private final byte[] digest;
    private final SignedZone zone;

    VerifiedNetwork(
            Network network, long serial, Instant validFrom, Instant validUntil, byte[] digest, SignedZone zone) {
        this.network = network;
        this.serial = serial;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
        this.digest = digest.clone();
        this.zone = zone;
    }

    /**
     * Returns who belongs to the network.
     *
     * @return the network, without its disabled members
     */
    public Network network() {
        return network;
    }

    /**
     * Returns the zone's serial.
     *
     * @return 0 to 4294967295
     */
    public long serial() {
        return serial;
    }

    /**
     * Returns since when all signatures are valid.
     *
     * @return the latest inception
     */
    public Instant validFrom() {
        return validFrom;
    }

    /**
     * Returns until when all signatures are valid.
     *
     * @return the earliest expiration
     */
    public Instant validUntil() {
        return validUntil;
    }

    /**
     * Returns the zone record for record, as it is to be served.
     *
     * @return all records, the SOA first
     */
    public List<Record> records() {
        return zone.records();
    }

    SignedZone zone() {
        return zone;
    }

    /**
     * Returns whether this is the same zone as another, signatures included.
     *
     * @param other another one
     * @return whether serial and digest are equal
     */
    public boolean isSameZoneAs(VerifiedNetwork other) {
        return serial == other.serial && Arrays.equals(digest, other.digest);
    }

    /**
     * Checks that this zone may take the place of another.
     *
     * @param previous the zone that was believed last
     * @throws UnfitZoneException by {@link ZoneRule#SERIAL} where this one is older, or another one with the same serial
     */
    public void requireFollows(VerifiedNetwork previous) throws UnfitZoneException {
        if (!isSameZoneAs(previous) && !Serials.isGreater(serial, previous.serial)) {
            throw new UnfitZoneException(
                    ZoneRule.SERIAL,
                    serial == previous.serial
                            ? "its serial is " + serial
                                    + " as that of the zone in use, but its content is another; sign it" + " again"
                            : "its serial is " + serial + ", and that of the zone in use is " + previous.serial);
        }
    }

    /**
     * Checks that the signatures are valid.
     *
     * @param now the wall clock's time
     * @throws UnfitZoneException by {@link ZoneRule#TIME} where they are not valid yet, or no longer
     */
    public void requireValid(Instant now) throws UnfitZoneException {
        if (now.isBefore(validFrom)) {
            throw new UnfitZoneException(
                    ZoneRule.TIME,
                    "it is valid from " + validFrom + " on, and the clock shows " + now + "; set the clock");
        }
        if (now.isAfter(validUntil)) {
            throw new UnfitZoneException(
                    ZoneRule.TIME,
                    "it was valid until " + validUntil + ", and the clock shows " + now + "; sign it again");
        }
    }

    /**
     * Returns whether it is time to sign again: half of the time is over for which the signatures are valid.
     *
     * @param now the wall clock's time
     * @return whether less than half of it is left, or nothing
     */
    public boolean isHalfOver(Instant now) {
        Duration left = Duration.between(now, validUntil);
        return left.compareTo(Duration.between(validFrom, validUntil).dividedBy(2)) < 0;
    }

    /** Returns the zone, its serial, and how many members there are. */
    @Override
    public String toString() {
        return "VerifiedNetwork[" + network + ", serial " + serial + ", valid until " + validUntil + "]";
    }
}
