package io.wgsd.dnssd;

import io.wgsd.dnssd.records.Ttl;
import io.wgsd.dnssd.records.TxtCodec;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/**
 * The DNS records of one peer, for a zone of this library's or of anyone's: pure functions from an advertisement.
 *
 * <p>Immutable and thread-safe.
 */
public final class PeerRecords {

    private final DnsSdNames names;
    private final Advertisement advertisement;
    private final Endpoint endpoint;
    private final long ttl;
    private final Name instance;
    /**
     * Made when it is asked for; twice where two threads do at the same time. Volatile, since a name's fields are not
     * final.
     */
    private volatile @Nullable Name host;

    private PeerRecords(DnsSdNames names, Advertisement advertisement, Duration ttl) {
        this.names = names;
        this.advertisement = advertisement;
        endpoint = advertisement.endpoints().get(0);
        this.ttl = Ttl.seconds(ttl);
        instance = names.instance(advertisement.publicKey());
    }

    /**
     * Returns the records of a peer.
     *
     * @param names the zone's names
     * @param advertisement the peer, with at least one endpoint, of which the first is used
     * @param ttl how long resolvers may keep the records, whole seconds; the original's is 0
     * @return the records
     * @throws IllegalArgumentException if the advertisement has no endpoint, or the TTL is out of range
     */
    public static PeerRecords of(DnsSdNames names, Advertisement advertisement, Duration ttl) {
        if (advertisement.endpoints().isEmpty()) {
            throw new IllegalArgumentException(
                    "the advertisement of " + advertisement.publicKey() + " has no endpoint and therefore no records");
        }
        return new PeerRecords(names, advertisement, ttl);
    }

    /**
     * Returns the record that puts the peer on the zone's list (RFC 6763, section 4).
     *
     * @return a PTR at {@code _wireguard._udp.Z}
     */
    public PTRRecord ptr() {
        return ptr(names.services());
    }

    PTRRecord ptr(Name list) {
        return new PTRRecord(list, DClass.IN, ttl, instance);
    }

    /**
     * Returns the record that gives the peer's port and host (RFC 2782).
     *
     * @return an SRV at the service instance, priority and weight 0
     */
    public SRVRecord srv() {
        return new SRVRecord(instance, DClass.IN, ttl, 0, 0, endpoint.port(), host());
    }

    /**
     * Returns the record that gives the peer's key and allowed IPs (RFC 6763, section 6).
     *
     * @return a TXT at the service instance
     */
    public TXTRecord txt() {
        return new TXTRecord(instance, DClass.IN, ttl, TxtCodec.encode(advertisement));
    }

    /**
     * Returns the record that gives the address of the peer's host.
     *
     * @return an A or AAAA at the host's name
     */
    public Record hostAddress() {
        return address(host());
    }

    /**
     * Returns the record that gives the address of the service instance, where clients of the original look for it.
     *
     * @return an A or AAAA at the service instance's name, which is no host name: some name servers refuse it
     */
    public Record instanceAddress() {
        return address(instance);
    }

    /**
     * Returns the port and host at the name without padding, for software that takes no {@code =} in a name.
     *
     * @return an SRV like {@link #srv()}
     */
    public SRVRecord unpaddedSrv() {
        return new SRVRecord(unpadded(), DClass.IN, ttl, 0, 0, endpoint.port(), host());
    }

    /**
     * Returns key and allowed IPs at the name without padding; a list of allowed IPs that is too long for such software
     * is cut.
     *
     * @return a TXT like {@link #txt()}, of 2 KiB at most
     */
    public TXTRecord unpaddedTxt() {
        return new TXTRecord(unpadded(), DClass.IN, ttl, TxtCodec.encode(advertisement, TxtCodec.MAX_UNPADDED));
    }

    /**
     * Returns all records of the peer but those of lists.
     *
     * @return SRV and TXT at either name of the instance, and both addresses
     */
    public List<Record> all() {
        return List.of(srv(), txt(), instanceAddress(), unpaddedSrv(), unpaddedTxt(), hostAddress());
    }

    private Name unpadded() {
        return names.unpadded(advertisement.publicKey());
    }

    private Name host() {
        Name made = host;
        if (made == null) {
            made = names.host(advertisement.publicKey());
            host = made;
        }
        return made;
    }

    private Record address(Name owner) {
        return address(owner, ttl, endpoint.address());
    }

    static Record address(Name owner, long ttl, IpAddress address) {
        return address.isIpv6()
                ? new AAAARecord(owner, DClass.IN, ttl, address.toInetAddress())
                : new ARecord(owner, DClass.IN, ttl, address.toInetAddress());
    }
}
