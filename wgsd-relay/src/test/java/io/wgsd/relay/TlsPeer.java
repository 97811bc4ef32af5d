package io.wgsd.relay;

import io.wgsd.internal.tls.TlsIdentity;
import io.wgsd.relay.wire.Messages;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client that trusts one certificate. */
final class TlsPeer implements AutoCloseable {

    private static final int LIMIT_MILLIS = 20_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    TlsPeer(TlsIdentity trusted, InetSocketAddress to, String version, String protocol)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("relay", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
        socket.setSoTimeout(LIMIT_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    void send(byte[] packet) throws IOException {
        out.writeShort(packet.length);
        out.write(packet);
        out.flush();
    }

    byte[] await(int type) throws IOException {
        return await(message -> Messages.type(message) == type);
    }

    byte[] await(Predicate<byte[]> condition) throws IOException {
        while (true) {
            byte[] message = in.readNBytes(in.readUnsignedShort());
            if (condition.test(message)) {
                return message;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
