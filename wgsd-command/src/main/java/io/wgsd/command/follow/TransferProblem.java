package io.wgsd.command.follow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ZoneTransferException;

/** Says why a zone could not be transferred, and what to do, in one line. */
final class TransferProblem {

    private TransferProblem() {}

    static String of(ZoneServer server, Exception error) {
        return "cannot transfer " + server + ": " + reason(server, error);
    }

    private static String reason(ZoneServer server, Exception error) {
        String text = error.getMessage() == null ? error.toString() : error.getMessage();
        if (error instanceof ZoneTransferException) {
            return text + advice(server, text);
        }
        if (error instanceof SocketTimeoutException || text.startsWith("Timed out")) {
            return "there is no response; see whether the server runs, and whether a firewall lets TCP through";
        }
        if (error instanceof ConnectException) {
            return "nothing listens there; see whether the server runs, and listens at this address";
        }
        return error instanceof IOException ? text : error.toString();
    }

    private static String advice(ZoneServer server, String text) {
        if (text.equals(Rcode.string(Rcode.REFUSED))) {
            return "; " + server.onRefusal();
        }
        if (text.equals(Rcode.string(Rcode.NOTAUTH))) {
            return server.key()
                    .map(key -> "; it does not know the key " + key.name().toString(true) + " with " + key.algorithm()
                            + ", or has another secret for it, or its clock differs by more than five minutes, or it"
                            + " does not serve this zone")
                    .orElse("; it does not serve this zone");
        }
        return text.startsWith("TSIG failure")
                ? "; the responses are not signed with the secret that is known here, or are changed on the way"
                : "";
    }
}
