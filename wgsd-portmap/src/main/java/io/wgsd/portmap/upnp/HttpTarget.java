package io.wgsd.portmap.upnp;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a router takes HTTP requests.
 *
 * @param host the router's own address
 * @param port 1 to 65535
 * @param path the path, with its query, in printable ASCII
 */
public record HttpTarget(IpAddress host, int port, String path) {

    private static final int HTTP_PORT = 80;
    private static final int MOST_PORT = 65535;
    private static final int LONGEST = 512;

    /**
     * Reads a URL that a router has given.
     *
     * @param router the router's address, which must be the URL's host
     * @throws ProtocolException if it is no such URL, or leads elsewhere
     */
    public static HttpTarget parse(String url, IpAddress router) throws ProtocolException {
        return of(uri(url), router);
    }

    /**
     * Reads a URL that a router has given, which may be relative to this one.
     *
     * @throws ProtocolException if it is no such URL, or leads elsewhere
     */
    HttpTarget resolve(String url) throws ProtocolException {
        try {
            return of(uri(toString()).resolve(uri(url)), host);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("a URL that cannot be resolved");
        }
    }

    private static URI uri(String url) throws ProtocolException {
        if (url.length() > LONGEST) {
            throw new ProtocolException("a URL of " + url.length() + " characters");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new ProtocolException("what should be a URL and is none");
        }
    }

    private static HttpTarget of(URI uri, IpAddress router) throws ProtocolException {
        String host = uri.getHost();
        if (!"http".equalsIgnoreCase(uri.getScheme()) || host == null || uri.getRawUserInfo() != null) {
            throw new ProtocolException("a URL that is not of http");
        }
        if (!isAt(host, router)) {
            throw new ProtocolException("a URL that leads away from the router");
        }
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        if (port == 0 || port > MOST_PORT) {
            throw new ProtocolException("a URL with port " + port);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String whole = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        if (!whole.matches("/[!-~]*")) {
            throw new ProtocolException("a URL whose path is not ASCII");
        }
        return new HttpTarget(router, port, whole);
    }

    private static boolean isAt(String host, IpAddress router) {
        try {
            return IpAddress.parse(host).equals(router);
        } catch (FormatException e) {
            return false;
        }
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        return "http://" + host + ":" + port + path;
    }
}
