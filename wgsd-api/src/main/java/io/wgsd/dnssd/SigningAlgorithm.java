package io.wgsd.dnssd;

import io.wgsd.model.FormatException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Locale;
import org.xbill.DNS.DNSSEC;

/** How a zone is signed (RFC 8624, section 3.1, recommends both). More algorithms may be added. */
public enum SigningAlgorithm {
    /** Edwards curve 25519 (RFC 8080): short, fast to sign, and verified by all resolvers of today. */
    ED25519(DNSSEC.Algorithm.ED25519, "Ed25519", "Ed25519"),
    /** ECDSA with the curve P-256 (RFC 6605), for parents and resolvers that know nothing newer. */
    ECDSA_P256(DNSSEC.Algorithm.ECDSAP256SHA256, "EC", "SHA256withECDSAinP1363Format");

    final int number;
    final String keyAlgorithm;
    final String signatureAlgorithm;

    SigningAlgorithm(int number, String keyAlgorithm, String signatureAlgorithm) {
        this.number = number;
        this.keyAlgorithm = keyAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    /**
     * Returns the algorithm's number in DNSKEY, DS and RRSIG records.
     *
     * @return 13 or 15
     */
    public int number() {
        return number;
    }

    /**
     * Finds an algorithm by its name.
     *
     * @param text {@code ed25519} or {@code p256}, in any letter case
     * @return the algorithm
     * @throws FormatException if it is none of these
     */
    public static SigningAlgorithm parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ed25519" -> ED25519;
            case "p256" -> ECDSA_P256;
            default -> throw new FormatException("signing algorithm", text, "must be ed25519 or p256");
        };
    }

    /** Returns what a key pair is made with. */
    AlgorithmParameterSpec parameters() {
        return this == ED25519 ? NamedParameterSpec.ED25519 : new ECGenParameterSpec("secp256r1");
    }

    /**
     * Verifies a signature.
     *
     * @param key a public key of this algorithm
     * @param message what was signed
     * @param signature the signature as an RRSIG record has it
     * @return whether the key's owner has signed the message; false where the signature is none
     * @throws GeneralSecurityException if this Java does not have the algorithm, or the key is none of its keys
     */
    public boolean verify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(signatureAlgorithm);
        verifier.initVerify(key);
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // How the JDK refuses a signature of another length.
            return false;
        }
    }

    /**
     * Finds an algorithm by its number.
     *
     * @param number as in a DNSKEY record
     * @return the algorithm
     * @throws FormatException if it is neither 13 nor 15
     */
    public static SigningAlgorithm of(int number) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.number == number) {
                return algorithm;
            }
        }
        throw new FormatException(
                "algorithm of a key", Integer.toString(number), "must be 15 (Ed25519) or 13 (ECDSA P-256)");
    }
}
