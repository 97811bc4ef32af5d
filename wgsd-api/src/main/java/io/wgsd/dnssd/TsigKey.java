package io.wgsd.dnssd;

import io.wgsd.dnssd.text.TsigFile;
import io.wgsd.internal.OneLine;
import io.wgsd.internal.file.InputFile;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/**
 * A secret that two name servers share to know each other's messages by (RFC 8945), with the name that both call it.
 *
 * <p>{@link #toString()} shows the name and the algorithm, never the secret. Immutable and thread-safe.
 */
public final class TsigKey {

    private static final Set<String> ALGORITHMS = Set.of("hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");
    /** RFC 8945, section 8: a secret is to have at least half of what the digest has, and here never less than this. */
    private static final int MIN_SECRET = 16;

    private static final int MAX_SECRET = 1024;

    /** How many characters the shortest secret has, without padding; none of them is a dot. */
    private static final int SHORTEST_BASE64 = (MIN_SECRET * 8 + 5) / 6;

    private final Name name;
    private final String algorithm;
    private final TSIG tsig;

    private TsigKey(Name name, String algorithm, byte[] secret) {
        this.name = name;
        this.algorithm = algorithm;
        tsig = new TSIG(TSIG.algorithmToName(algorithm), name, new SecretKeySpec(secret, algorithm));
    }

    /**
     * Returns the key with this secret.
     *
     * @param name what both sides call it, a domain name
     * @param algorithm {@code hmac-sha224}, {@code hmac-sha256}, {@code hmac-sha384} or {@code hmac-sha512}, in any
     *     letter case; older ones are not taken
     * @param secret 16 to 1024 bytes, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if one of these is not so; the secret is not quoted
     */
    public static TsigKey of(String name, String algorithm, byte[] secret) {
        Name checkedName = name(name);
        String checkedAlgorithm = algorithm(algorithm);
        if (secret.length < MIN_SECRET || secret.length > MAX_SECRET) {
            throw FormatException.withoutText(
                    "secret of TSIG key " + name,
                    "must be " + MIN_SECRET + ".." + MAX_SECRET + " bytes in base64, was " + secret.length
                            + "; make one with tsig-keygen or keymgr -t");
        }
        return new TsigKey(checkedName, checkedAlgorithm, secret);
    }

    /**
     * Reads a key from what its file holds: the secret in base64 alone, BIND's {@code key} statement as {@code
     * tsig-keygen} writes it, comments included, or Knot's YAML as {@code keymgr -t} does. Of several keys it takes the
     * one with the same name and algorithm.
     *
     * @param name what both sides call it
     * @param algorithm as in {@link #of}
     * @param ascii the file's content, which stays the caller's to wipe
     * @return the key
     * @throws FormatException if it holds anything else; nothing of it is quoted
     */
    public static TsigKey parse(String name, String algorithm, byte[] ascii) {
        String text = new String(ascii, StandardCharsets.ISO_8859_1);
        String base64 = TsigFile.bareSecret(text).orElseGet(() -> named(name, algorithm, TsigFile.entries(text)));
        byte[] secret = secret(name, base64);
        try {
            return of(name, algorithm, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Reads a key from its file, in the forms of {@link #parse}.
     *
     * @param name what both sides call it
     * @param algorithm as in {@link #of}
     * @param file a regular file of at most 1 MiB, or a link to one; only this user, root and a group may read it, and
     *     no other user may change it
     * @return the key
     * @throws FormatException if it holds anything else; nothing of it is quoted
     * @throws IOException if there is no such file, or it cannot be read or trusted; in one line with what to do
     */
    public static TsigKey read(String name, String algorithm, Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("there is no file " + file + " with the secret of TSIG key " + name
                    + "; tsig-keygen or keymgr -t makes one");
        }
        byte[] ascii = InputFile.readSecret(file, "file with the secret of TSIG key " + name + ",");
        try {
            return parse(name, algorithm, ascii);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /**
     * Returns what both sides call it.
     *
     * @return an absolute name
     */
    public Name name() {
        return name;
    }

    /**
     * Returns how messages are digested.
     *
     * @return as in {@code hmac-sha256}
     */
    public String algorithm() {
        return algorithm;
    }

    /**
     * Returns what signs and verifies messages, by the system's clock.
     *
     * @return the library's own form of the key
     */
    public TSIG toTsig() {
        return tsig;
    }

    /** Returns the name and the algorithm. */
    @Override
    public String toString() {
        return "TsigKey[" + name + ", " + algorithm + "]";
    }

    /** Returns the secret of the key that is meant, of those in the file. */
    private static String named(String name, String algorithm, List<TsigFile.Entry> entries) {
        for (TsigFile.Entry entry : entries) {
            if (isSame(entry.name(), name, TsigKey::name) && isSame(entry.algorithm(), algorithm, TsigKey::algorithm)) {
                return entry.secret();
            }
        }
        if (entries.isEmpty()) {
            throw unreadable(name);
        }
        throw FormatException.withoutText(
                "file of TSIG key " + name,
                "holds another key: " + shown(entries.get(0).name()) + " with "
                        + shown(entries.get(0).algorithm()));
    }

    /** Returns whether what a file says means the same; what the file says is not quoted where it is none of this. */
    private static <T> boolean isSame(String inFile, String wanted, Function<String, T> meaning) {
        T known = meaning.apply(wanted);
        try {
            return meaning.apply(inFile).equals(known);
        } catch (FormatException e) {
            return false;
        }
    }

    /** Returns a text of a file for people, unless it could be a secret that is in the wrong place there. */
    private static String shown(String inFile) {
        return inFile.length() < SHORTEST_BASE64 || inFile.contains(".")
                ? OneLine.of(inFile)
                : "(not shown, because it may be a secret)";
    }

    private static FormatException unreadable(String name) {
        return FormatException.withoutText(
                "file of TSIG key " + name,
                "must hold the secret in base64 alone, or a key as tsig-keygen or keymgr -t writes it");
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new FormatException("name of a TSIG key", text, "must be a domain name, as in registry.example.com");
        }
    }

    private static String algorithm(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (!ALGORITHMS.contains(plain)) {
            throw new FormatException("TSIG algorithm", text, "must be one of hmac-sha224, -sha256, -sha384, -sha512");
        }
        return plain;
    }

    private static byte[] secret(String name, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw unreadable(name);
        }
    }
}
