package io.wgsd.testkit.net.lab;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.random.Randomness;
import java.nio.ByteBuffer;
import java.util.Map;

/** The keys of {@link NatLab}. The private ones are published as an example with the real lab, and protect nothing. */
public final class LabKeys {

    public static final SecretKey ALICE = parse("0CtieMOYKa2RduPbJss/Um9BiQPSjgvHW+B7Mor5OnE=");
    public static final SecretKey BOB = parse("cIN5NqeWcbreXoaIhR/4wgrrQJGym/E7WrTttMtK8Gc=");
    public static final SecretKey REGISTRY = parse("wLw2ja5AapryT+3SsBiyYVNVDYABJiWfPxLzyuiy5nE=");

    private static final Map<SecretKey, PublicKey> PUBLIC =
            Map.of(ALICE, NatLab.ALICE, BOB, NatLab.BOB, REGISTRY, NatLab.REGISTRY);

    private LabKeys() {}

    /** Returns what {@link SecretKey#publicKey()} does, for these keys without the time it takes. */
    public static PublicKey publicKey(SecretKey key) {
        PublicKey known = PUBLIC.get(key);
        return known == null ? key.publicKey() : known;
    }

    /** Returns a key for a relay of a name, always the same. */
    public static PublicKey relay(String name) {
        Randomness random = new Randomness(name.hashCode());
        ByteBuffer bytes = ByteBuffer.allocate(32);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.next());
        }
        return PublicKey.of(bytes.array());
    }

    private static SecretKey parse(String base64) {
        return SecretKey.parseBase64(base64.toCharArray());
    }
}
