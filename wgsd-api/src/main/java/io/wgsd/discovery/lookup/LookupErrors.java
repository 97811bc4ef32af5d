package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.DiscoveryException.Kind;
import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.Question;
import io.wgsd.model.FormatException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Makes exceptions, with words for people, of the reasons why a registry could not be asked. */
public final class LookupErrors {

    private LookupErrors() {}

    /** Returns the exception for a question whose future failed. */
    static DiscoveryException of(Throwable failure, Question question) {
        Throwable cause = withoutWrapping(failure);
        return cause instanceof ExchangeException e ? of(e, question) : unexpected(cause);
    }

    static DiscoveryException malformed(FormatException e) {
        return new DiscoveryException(
                Kind.MALFORMED,
                null,
                "the registry's answer contradicts itself: " + e.getMessage() + "; ask its administrator",
                e);
    }

    static DiscoveryException endless(Question question) {
        return new DiscoveryException(
                Kind.MALFORMED,
                null,
                "the registry's answer for " + question + " leads to more and more questions; ask its administrator",
                null);
    }

    public static DiscoveryException unresolved(String name) {
        return new DiscoveryException(
                Kind.UNREACHABLE,
                null,
                "registry " + name
                        + " cannot be asked: its name is not resolved; check its spelling, and this host's resolver",
                null);
    }

    public static DiscoveryException tooLate(String action) {
        return new DiscoveryException(
                Kind.TIMED_OUT,
                null,
                action + " took too long; see why the registry is slow, or allow more time",
                null);
    }

    static DiscoveryException rejected(String action, Throwable why) {
        return new DiscoveryException(
                Kind.CANCELLED,
                null,
                action + " was cancelled: the executor does not take its result: " + why
                        + "; close the client before its executor, or give it one that takes all results",
                why);
    }

    static DiscoveryException interrupted(String action) {
        return new DiscoveryException(
                Kind.CANCELLED, null, action + " was cancelled: the thread was interrupted", null);
    }

    /** Returns the failure that a future of this package holds, without what futures wrap it in. */
    public static DiscoveryException unwrapped(Throwable failure) {
        Throwable cause = withoutWrapping(failure);
        return cause instanceof DiscoveryException known ? known : unexpected(cause);
    }

    private static DiscoveryException of(ExchangeException e, Question question) {
        String server = text(e.server());
        return switch (e.reason()) {
            case REFUSED ->
                exception(
                        Kind.REFUSED,
                        e,
                        "registry " + server + " refuses to answer for " + question
                                + "; check the zone, and ask from an address that the registry serves");
            case WRONG_SERVER ->
                exception(
                        Kind.WRONG_SERVER,
                        e,
                        "registry " + server + " does not know the zone when asked for " + question + ": "
                                + e.getMessage()
                                + "; check that this is the registry, or a resolver that forwards to it");
            case TIMED_OUT ->
                exception(
                        Kind.TIMED_OUT,
                        e,
                        "registry " + server + " did not answer for " + question + ": " + e.getMessage()
                                + "; check that it runs and that the tunnel to it is up");
            case UNREACHABLE ->
                exception(
                        Kind.UNREACHABLE,
                        e,
                        "registry " + server + " cannot be asked for " + question + ": " + e.getMessage()
                                + "; check its address and port, and the route to it");
            case MALFORMED ->
                exception(
                        Kind.MALFORMED,
                        e,
                        "registry " + server + " sent no valid answer for " + question + ": " + e.getMessage()
                                + "; check that a DNS server listens there");
            case NOT_SIGNED ->
                exception(
                        Kind.NOT_SIGNED,
                        e,
                        "registry " + server + " sent an answer for " + question + " that is not signed as demanded: "
                                + e.getMessage()
                                + "; check the key that is demanded, this host's clock, and who answers"
                                + " there");
            case SERVER_FAILURE ->
                exception(
                        Kind.SERVER_FAILURE,
                        e,
                        "registry " + server + " failed to answer for " + question + ": " + e.getMessage()
                                + "; see its log");
            case CLOSED -> exception(Kind.CANCELLED, e, "asking for " + question + " was cancelled: " + e.getMessage());
        };
    }

    private static DiscoveryException unexpected(Throwable cause) {
        return new DiscoveryException(
                Kind.MALFORMED,
                null,
                "the registry's answer could not be used: " + cause + "; please report this",
                cause);
    }

    private static Throwable withoutWrapping(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                return cause;
            }
            cause = inner;
        }
        return cause;
    }

    private static DiscoveryException exception(Kind kind, ExchangeException e, String message) {
        return new DiscoveryException(kind, e.server(), message, e);
    }

    public static String text(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
    }
}
