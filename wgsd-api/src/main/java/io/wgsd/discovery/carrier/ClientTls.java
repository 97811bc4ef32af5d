package io.wgsd.discovery.carrier;

import io.wgsd.internal.tls.Destination;
import io.wgsd.internal.tls.TlsPin;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** How a relay is recognized: by its name and those whom this Java trusts, or by its key. Thread-safe. */
final class ClientTls {

    private final String host;
    private final int port;
    private final boolean pinned;
    private final SSLContext context;

    /**
     * Makes one.
     *
     * @param pins the keys that the relay may have; empty where its name is checked instead
     */
    ClientTls(String host, int port, Set<TlsPin> pins) {
        this.host = host;
        this.port = port;
        pinned = !pins.isEmpty();
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, pinned ? new TrustManager[] {new Pins(pins)} : null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS, which each must have", e);
        }
    }

    SSLEngine engine(Destination destination) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {destination.protocol()});
        if (!pinned) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Returns what to do where a certificate was refused. */
    String advice() {
        return pinned
                ? "if that is the relay, give --tls-pin with the pin that it prints when it starts"
                : "if the relay made its certificate itself, give --tls-pin with the pin that it prints when it starts";
    }

    /** Trusts keys, whatever name, date and signer the certificate has (RFC 7858, section 4.2). */
    private static final class Pins extends X509ExtendedTrustManager {

        private final Set<TlsPin> pins;

        Pins(Set<TlsPin> pins) {
            this.pins = Set.copyOf(pins);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
                throws CertificateException {
            TlsPin shown = TlsPin.of(chain[0]);
            if (!pins.contains(shown)) {
                throw new CertificateException("its key has the pin " + shown);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
            throw notUsed();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
                throws CertificateException {
            throw notUsed();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
                throws CertificateException {
            throw notUsed();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
            throw notUsed();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
                throws CertificateException {
            throw notUsed();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static CertificateException notUsed() {
            return new CertificateException("pins are for engines of clients");
        }
    }
}
