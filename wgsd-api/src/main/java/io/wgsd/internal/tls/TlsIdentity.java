package io.wgsd.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a TLS server shows and proves: its certificate, those above it, and the key. Thread-safe. */
public final class TlsIdentity {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final SSLContext context;
    private final X509Certificate certificate;

    private TlsIdentity(SSLContext context, X509Certificate certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /**
     * Reads a certificate and its key.
     *
     * @param chain in PEM: the host's own certificate, and then those above it
     * @param key in PEM: one private key, of RSA or EC, as PKCS #8 without a password
     * @throws IOException if they cannot be used; in one line, which says whether it is the certificate or the key, and
     *     holds nothing of the key
     */
    public static TlsIdentity parse(byte[] chain, byte[] key) throws IOException {
        Certificate[] certificates = certificates(chain);
        X509Certificate own = (X509Certificate) certificates[0];
        PrivateKey secret = key(key, own.getPublicKey().getAlgorithm());
        checkPair(own, secret);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("host", secret, new char[0], certificates);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new TlsIdentity(context, own);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate and its key cannot be used: " + e.getMessage(), e);
        }
    }

    /** Returns a context for servers. */
    public SSLContext context() {
        return context;
    }

    /** Returns the certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    private static Certificate[] certificates(byte[] chain) throws IOException {
        try {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(chain));
            if (all.isEmpty()) {
                throw new IOException("the certificate's file holds no certificate in PEM");
            }
            return List.copyOf(all).toArray(Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate's file holds no certificate in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(byte[] pem, String algorithm) throws IOException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("the key's file holds no private key as PKCS #8 without a password" + " (\"" + BEGIN
                    + "\"); make one of it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IllegalArgumentException | InvalidKeySpecException e) {
            throw new IOException("the key is no private key of " + algorithm + ", as the certificate has one");
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the certificate's key is of a kind that cannot be used here, " + algorithm + "; take EC or RSA");
        }
    }

    /** A key that belongs to another certificate would show in the first handshake only. */
    private static void checkPair(X509Certificate certificate, PrivateKey key) throws IOException {
        try {
            String algorithm = "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] made = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update((byte) 1);
            if (signature.verify(made)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate and the key cannot be used together; take EC or RSA for both");
        }
        throw new IOException("the key does not belong to the certificate; give those that were made together, the"
                + " host's own certificate first in its file");
    }
}
