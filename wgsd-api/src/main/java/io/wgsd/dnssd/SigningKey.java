package io.wgsd.dnssd;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.CDNSKEYRecord;
import org.xbill.DNS.CDSRecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;

/**
 * A key that signs all of a zone, its own DNSKEY among it: a combined signing key (RFC 9499, section 11).
 *
 * <p>{@link #toString()} shows the zone and the tag, never the private key. Immutable and thread-safe.
 */
public final class SigningKey {

    /** Zone key and secure entry point (RFC 4034, section 2.1.1). */
    static final int FLAGS = DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY;

    private static final long TTL = 3600;

    private final SigningAlgorithm algorithm;
    private final DNSKEYRecord record;
    private final PrivateKey privateKey;
    private final Instant created;

    private SigningKey(SigningAlgorithm algorithm, DNSKEYRecord record, PrivateKey privateKey, Instant created) {
        this.algorithm = algorithm;
        this.record = record;
        this.privateKey = privateKey;
        this.created = created;
    }

    /**
     * Makes a new key.
     *
     * @param zone the names of the zone that it is to sign
     * @param algorithm how
     * @param now when it is made
     * @return the key
     */
    public static SigningKey generate(DnsSdNames zone, SigningAlgorithm algorithm, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyAlgorithm);
            generator.initialize(algorithm.parameters());
            KeyPair pair = generator.generateKeyPair();
            DNSKEYRecord record = new DNSKEYRecord(
                    zone.origin(),
                    DClass.IN,
                    TTL,
                    FLAGS,
                    DNSKEYRecord.Protocol.DNSSEC,
                    algorithm.number,
                    pair.getPublic());
            return new SigningKey(algorithm, record, pair.getPrivate(), now);
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException("this Java cannot make keys for " + algorithm, e);
        }
    }

    /** Returns the key of these parts, once they are seen to belong together. */
    static SigningKey of(DNSKEYRecord record, PrivateKey privateKey, Instant created) throws GeneralSecurityException {
        SigningAlgorithm algorithm = SigningAlgorithm.of(record.getAlgorithm());
        DNSKEYRecord own = new DNSKEYRecord(
                record.getName(),
                DClass.IN,
                TTL,
                record.getFlags(),
                record.getProtocol(),
                record.getAlgorithm(),
                record.getKey());
        SigningKey key = new SigningKey(algorithm, own, privateKey, created);
        byte[] probe = {1};
        Signature verifier = Signature.getInstance(algorithm.signatureAlgorithm);
        try {
            verifier.initVerify(record.getPublicKey());
        } catch (DNSSEC.DNSSECException e) {
            throw new GeneralSecurityException(e);
        }
        verifier.update(probe);
        if (!verifier.verify(key.signature(probe))) {
            throw new GeneralSecurityException("the private key is not that of the public one");
        }
        return key;
    }

    /**
     * Returns the origin of the zone that it signs, as {@link Zone#origin()} does.
     *
     * @return an absolute name
     */
    public Name origin() {
        return record.getName();
    }

    /**
     * Returns the number that identifies a key (RFC 4034, appendix B).
     *
     * @return 0 to 65535; two keys of one zone never share it here
     */
    public int tag() {
        return record.getFootprint();
    }

    /**
     * Returns how it signs.
     *
     * @return the algorithm
     */
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Returns when it was made, by which the newest is known.
     *
     * @return the time
     */
    public Instant created() {
        return created;
    }

    /**
     * Returns the key as the zone has it.
     *
     * @return a record at the zone's origin
     */
    public DNSKEYRecord dnskey() {
        return record;
    }

    /**
     * Returns what the parent zone is to have, so that resolvers trust the key.
     *
     * @return the key's digest by SHA-256, the only one that RFC 8624 asks for
     */
    public DSRecord ds() {
        return new DSRecord(origin(), DClass.IN, TTL, DNSSEC.Digest.SHA256, record);
    }

    /** Returns what asks the parent to have it (RFC 7344). */
    List<Record> requestsToParent() {
        return List.of(
                new CDSRecord(origin(), DClass.IN, TTL, DNSSEC.Digest.SHA256, record),
                new CDNSKEYRecord(
                        origin(),
                        DClass.IN,
                        TTL,
                        record.getFlags(),
                        record.getProtocol(),
                        record.getAlgorithm(),
                        record.getKey()));
    }

    /**
     * Signs an RRset (RFC 4034, section 3.1.8.1).
     *
     * @param rrset at least one record, all of one name and type, with one TTL
     * @param from since when the signature is valid
     * @param to until when it is
     * @return the signature
     */
    // The library has that too, but its RRset compares each new record with all that it has.
    public RRSIGRecord sign(List<Record> rrset, Instant from, Instant to) {
        Record first = rrset.get(0);
        // The library writes no record without a signature; what precedes it is the same with any.
        byte[] withAny = rrsig(first, from, to, new byte[1]).rdataToWireCanonical();
        DNSOutput owner = new DNSOutput();
        first.getName().toWireCanonical(owner);
        owner.writeU16(first.getType());
        owner.writeU16(first.getDClass());
        owner.writeU32(first.getTTL());
        byte[] before = owner.toByteArray();
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(withAny, 0, withAny.length - 1);
        rrset.stream()
                .map(Record::rdataToWireCanonical)
                .sorted(Arrays::compareUnsigned)
                .forEach(data -> {
                    signed.writeBytes(before);
                    signed.write(data.length >> 8);
                    signed.write(data.length);
                    signed.writeBytes(data);
                });
        return rrsig(first, from, to, signature(signed.toByteArray()));
    }

    private RRSIGRecord rrsig(Record first, Instant from, Instant to, byte[] signature) {
        return new RRSIGRecord(
                first.getName(),
                DClass.IN,
                first.getTTL(),
                first.getType(),
                algorithm.number,
                first.getTTL(),
                to,
                from,
                tag(),
                origin(),
                signature);
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm.signatureAlgorithm);
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign by " + algorithm, e);
        }
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** Returns the zone, the algorithm and the tag. */
    @Override
    public String toString() {
        return "SigningKey[" + origin() + ", " + algorithm + ", " + tag() + "]";
    }
}
