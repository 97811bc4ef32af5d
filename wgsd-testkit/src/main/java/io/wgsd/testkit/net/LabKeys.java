package io.wgsd.testkit.net;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.Map;

/** The private keys of {@link NatLab}: published as an example with the real lab, they protect nothing. */
final class LabKeys {

    static final SecretKey ALICE = parse("0CtieMOYKa2RduPbJss/Um9BiQPSjgvHW+B7Mor5OnE=");
    static final SecretKey BOB = parse("cIN5NqeWcbreXoaIhR/4wgrrQJGym/E7WrTttMtK8Gc=");
    static final SecretKey REGISTRY = parse("wLw2ja5AapryT+3SsBiyYVNVDYABJiWfPxLzyuiy5nE=");

    private static final Map<SecretKey, PublicKey> PUBLIC =
            Map.of(ALICE, NatLab.ALICE, BOB, NatLab.BOB, REGISTRY, NatLab.REGISTRY);

    private LabKeys() {}

    /** Returns what {@link SecretKey#publicKey()} does, for these keys without the time it takes. */
    static PublicKey publicKey(SecretKey key) {
        PublicKey known = PUBLIC.get(key);
        return known == null ? key.publicKey() : known;
    }

    private static SecretKey parse(String base64) {
        return SecretKey.parseBase64(base64.toCharArray());
    }
}
