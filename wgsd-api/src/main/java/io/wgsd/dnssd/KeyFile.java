package io.wgsd.dnssd;

import io.wgsd.model.FormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A key as two files, in the form that BIND's tools write and read ({@code dnssec-keygen}, lib/dns/dst_parse.c): the
 * public one is the DNSKEY record, the private one has a line for each field.
 */
final class KeyFile {

    private static final int SCALAR = 32;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private KeyFile() {}

    /** Returns the name of both files without what comes behind the dot, as in {@code Kexample.com.+015+12345}. */
    static String baseName(SigningKey key) {
        return String.format(
                Locale.ROOT,
                "%s%03d+%05d",
                prefix(key.origin()),
                key.algorithm().number(),
                key.tag());
    }

    /** Returns what the names of a zone's files begin with. */
    static String prefix(Name zone) {
        return "K" + zone.toString().toLowerCase(Locale.ROOT) + "+";
    }

    static String publicText(SigningKey key) {
        return "; This is a combined signing key, " + key.tag() + ", for " + key.origin() + "\n; Created: "
                + TIME.format(key.created()) + "\n" + key.dnskey() + "\n";
    }

    /** Returns the private file in ASCII, for the caller to wipe. */
    static byte[] privateText(SigningKey key) {
        byte[] secret = secret(key.privateKey());
        byte[] encoded = Base64.getEncoder().encode(secret);
        String name = key.algorithm() == SigningAlgorithm.ED25519 ? "ED25519" : "ECDSAP256SHA256";
        byte[] before = ("Private-key-format: v1.3\nAlgorithm: "
                        + key.algorithm().number() + " (" + name + ")\nPrivateKey: ")
                .getBytes(StandardCharsets.US_ASCII);
        String time = TIME.format(key.created());
        byte[] after = ("\nCreated: " + time + "\nPublish: " + time + "\nActivate: " + time + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(before, before.length + encoded.length + after.length);
        System.arraycopy(encoded, 0, all, before.length, encoded.length);
        System.arraycopy(after, 0, all, before.length + encoded.length, after.length);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
        return all;
    }

    /**
     * Reads a key.
     *
     * @param where what the files are called, for errors
     * @param publicText the public file
     * @param privateText the private one, which stays the caller's to wipe
     * @param now for keys that are no longer, or not yet, to be used
     * @return the key; empty where its times say that it is not to sign now
     * @throws FormatException if the files are no such key; nothing of the private one is quoted
     */
    static Optional<SigningKey> parse(String where, String publicText, byte[] privateText, Instant now) {
        DNSKEYRecord record = dnskey(where, publicText);
        if (record.getFlags() != SigningKey.FLAGS) {
            throw new FormatException(
                    "flags of key " + where,
                    Integer.toString(record.getFlags()),
                    "must be 257: one combined key signs all; make one with dnssec-keygen -f KSK");
        }
        SigningAlgorithm algorithm = SigningAlgorithm.of(record.getAlgorithm());
        Map<String, String> fields = fields(privateText);
        if (time(where, fields, "Activate").filter(now::isBefore).isPresent()
                || time(where, fields, "Inactive").filter(now::isAfter).isPresent()
                || time(where, fields, "Delete").filter(now::isAfter).isPresent()) {
            return Optional.empty();
        }
        String base64 = fields.get("PrivateKey");
        if (base64 == null) {
            throw FormatException.withoutText("private key file " + where, "must have a line \"PrivateKey: \"");
        }
        Instant created = time(where, fields, "Created").orElse(Instant.EPOCH);
        byte[] secret = new byte[0];
        try {
            secret = Base64.getDecoder().decode(base64);
            return Optional.of(SigningKey.of(record, privateKey(algorithm, secret), created));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw FormatException.withoutText(
                    "private key file " + where, "must hold the private key of the public one beside it");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static DNSKEYRecord dnskey(String where, String text) {
        String line = text.lines()
                .filter(each -> !each.isBlank() && !each.startsWith(";"))
                .findFirst()
                .orElse("");
        // owner [TTL] class type data
        String[] words = line.split("\\s+DNSKEY\\s+", 2);
        try {
            if (words.length == 2) {
                Name owner = Name.fromString(words[0].split("\\s+", 2)[0], Name.root);
                Record record = Record.fromString(owner, Type.DNSKEY, 1, 0, words[1], Name.root);
                DNSKEYRecord key = (DNSKEYRecord) record;
                if (key.getKey() != null) {
                    return key;
                }
            }
        } catch (IOException | RuntimeException e) {
            // Said below, with the same words; some texts lead the library's reader astray.
        }
        throw new FormatException("public key file " + where, line, "must hold one DNSKEY record");
    }

    private static Map<String, String> fields(byte[] text) {
        Map<String, String> fields = new HashMap<>();
        new String(text, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    private static Optional<Instant> time(String where, Map<String, String> fields, String field) {
        String text = fields.get(field);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            throw new FormatException(
                    field + " in private key file " + where, text, "must be a time as in 20260101000000");
        }
    }

    private static PrivateKey privateKey(SigningAlgorithm algorithm, byte[] secret) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(algorithm.keyAlgorithm);
        if (algorithm == SigningAlgorithm.ED25519) {
            return factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return factory.generatePrivate(
                new ECPrivateKeySpec(new BigInteger(1, secret), curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] secret(PrivateKey key) {
        if (key instanceof EdECPrivateKey edwards) {
            return edwards.getBytes().orElseThrow();
        }
        byte[] number = ((ECPrivateKey) key).getS().toByteArray();
        byte[] secret = new byte[SCALAR];
        int length = Math.min(number.length, SCALAR);
        System.arraycopy(number, number.length - length, secret, SCALAR - length, length);
        Arrays.fill(number, (byte) 0);
        return secret;
    }
}
