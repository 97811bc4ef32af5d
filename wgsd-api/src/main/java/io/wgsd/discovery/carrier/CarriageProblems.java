package io.wgsd.discovery.carrier;

import io.wgsd.discovery.AgentEvent;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What does not work, each thing said once in a row. Thread-safe. */
final class CarriageProblems {

    private final String server;
    private final String advice;
    private final List<String> waiting = new ArrayList<>();
    private String last = "";

    /**
     * Makes one.
     *
     * @param server the server's name and port
     * @param advice what to do where its certificate was refused
     */
    CarriageProblems(String server, String advice) {
        this.server = server;
        this.advice = advice;
    }

    String server() {
        return server;
    }

    /** Notes that a connection was not made, or was lost. */
    void failed(IOException reason) {
        String refused = certificateProblem(reason);
        if (refused != null) {
            add("the certificate of " + server + " is refused: " + refused + "; " + advice);
        } else if (reason instanceof SSLException) {
            add("no TLS with " + server + ": " + reason.getMessage()
                    + "; does a relay with --tls listen there, and does nobody on the way change it?");
        } else {
            add("no connection with " + server + ": " + reason.getMessage());
        }
    }

    synchronized void add(String text) {
        if (!text.equals(last)) {
            last = text;
            waiting.add(text);
        }
    }

    /** Reports what has been noted. */
    void drain(AgentEvent.Listener listener) {
        List<String> texts;
        synchronized (this) {
            texts = List.copyOf(waiting);
            waiting.clear();
        }
        texts.forEach(text -> listener.happened(new AgentEvent.TlsDown(server, text)));
    }

    private static @Nullable String certificateProblem(IOException reason) {
        Throwable cause = reason;
        String problem = null;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof CertificateException || problem != null) {
                problem = String.valueOf(cause.getMessage());
            }
            cause = cause.getCause();
        }
        return problem;
    }
}
