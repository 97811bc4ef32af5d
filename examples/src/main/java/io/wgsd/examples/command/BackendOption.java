package io.wgsd.examples.command;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that every command has which reaches WireGuard. */
final class BackendOption {

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Reach WireGuard by this backend only: netlink, uapi or cli.")
    private @Nullable String backend;

    private PeerSourceOptions usual = PeerSourceOptions.defaults();

    /** Has backends opened with these options instead of the defaults. */
    void setOptions(PeerSourceOptions options) {
        usual = options;
    }

    PeerSource open() throws WireGuardException {
        return open(usual);
    }

    PeerSource open(Duration timeout) throws WireGuardException {
        return open(usual.withTimeout(timeout));
    }

    private PeerSource open(PeerSourceOptions options) throws WireGuardException {
        return backend == null ? PeerSources.open(options) : PeerSources.open(backend, options);
    }
}
