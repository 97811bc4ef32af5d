package io.wgsd.examples.backend;

import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Provides the WireGuard of an appliance, by its HTTP API.
 *
 * <p>The appliance carries out a change as a whole or not at all, update-only and the removal of single prefixes
 * included. It tells handshakes to the second. It cannot restart a peer; two changes would leave a moment without it,
 * so restart is unsupported. A change that times out may still be carried out. Secrets go by HTTPS, or to this host
 * itself; the JDK's HTTP client keeps copies of what it sends and receives that nothing wipes.
 */
public final class ApplianceProvider implements PeerSourceProvider {

    /** The setting that names the appliance, as in {@code https://router.example.com}. */
    public static final String URL = "appliance.url";

    /** The setting that names the file that holds the token by which the appliance knows its users. */
    public static final String TOKEN_FILE = "appliance.token-file";

    static final ErrorOrigin ORIGIN = ErrorOrigin.of("appliance");

    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Does nothing; {@link java.util.ServiceLoader} needs it. */
    public ApplianceProvider() {}

    @Override
    public String name() {
        return ORIGIN.backend();
    }

    @Override
    public int priority() {
        return 50;
    }

    @Override
    public Availability probe() {
        return Availability.available("an appliance is reached where the setting " + URL + " names it");
    }

    @Override
    public Set<String> settings() {
        return Set.of(URL, TOKEN_FILE);
    }

    @Override
    public void check(PeerSourceOptions options) {
        PeerSourceProvider.super.check(options);
        options.setting(URL).map(URI::create).ifPresent(ApplianceProvider::checked);
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws UnavailableException {
        check(options);
        String url = options.setting(URL).orElse(null);
        String token = options.setting(TOKEN_FILE).orElse(null);
        if (url == null || token == null) {
            throw new UnavailableException(
                    ORIGIN,
                    Availability.unavailable("no appliance is named", "set " + URL + " and " + TOKEN_FILE),
                    null);
        }
        try {
            return new AppliancePeerSource(
                    new ApplianceClient(URI.create(url), token(Path.of(token)), options.timeout()));
        } catch (IOException e) {
            throw new UnavailableException(
                    ORIGIN, Availability.unavailable("the token cannot be read: " + e, "see to " + TOKEN_FILE), e);
        }
    }

    private static String token(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (!token.matches("[!-~]+")) {
            throw new IOException(file + " must hold one line of ASCII");
        }
        return token;
    }

    private static void checked(URI url) {
        boolean local = "http".equals(url.getScheme()) && THIS_HOST.contains(url.getHost());
        if (!local && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException(URL + " must be an https URL, since secrets are sent there, was " + url);
        }
    }
}
