package io.wgsd.command.options;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option of every command that reaches WireGuard. */
public final class BackendOption {

    private final OptionSpec backend = OptionSpecs.one(String.class, "--backend")
            .paramLabel("NAME")
            .description("Use only this backend to reach WireGuard: netlink, uapi or cli.")
            .build();

    private PeerSourceOptions usual = PeerSourceOptions.defaults();

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(backend);
    }

    /** Sets the options with which backends are opened, instead of the defaults. */
    public void setOptions(PeerSourceOptions options) {
        usual = options;
    }

    public PeerSource open() throws WireGuardException {
        return open(usual);
    }

    public PeerSource open(Duration timeout) throws WireGuardException {
        return open(usual.withTimeout(timeout));
    }

    private PeerSource open(PeerSourceOptions options) throws WireGuardException {
        String name = backend.getValue();
        return name == null ? PeerSources.open(options) : PeerSources.open(name, options);
    }
}
