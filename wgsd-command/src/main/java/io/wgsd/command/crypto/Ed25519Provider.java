package io.wgsd.command.crypto;

import java.security.Provider;
import java.security.Security;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;

/**
 * Signs and verifies Ed25519 (RFC 8032) for callers of the JDK, with the JDK's keys and Bouncy Castle's code.
 *
 * <p>Of all algorithms it has this one alone, so nothing else changes.
 */
public final class Ed25519Provider extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "wgsd";

    private Ed25519Provider() {
        super(NAME, "1", "Ed25519 by Bouncy Castle");
        putService(new SignatureService(this));
    }

    /** Makes this the provider that is asked first, in this process, from now on; a second call does nothing. */
    public static void install() {
        Security.insertProviderAt(new Ed25519Provider(), 1);
    }

    private static final class SignatureService extends Provider.Service {

        SignatureService(Provider provider) {
            super(provider, "Signature", "Ed25519", Ed25519Signature.class.getName(), null, null);
        }

        // The JDK's own way needs a public class in an exported package.
        @Override
        public Object newInstance(Object parameter) {
            return new Ed25519Signature();
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof EdECPrivateKey || key instanceof EdECPublicKey;
        }
    }
}
