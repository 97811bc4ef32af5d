package io.wgsd.command.join;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.model.Device;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the files of a device that was joined are, by the options of {@code join} and {@code leave}. */
final class Places {

    /** Where wg-quick, and its unit, look for configurations. */
    static final Path ETC = Path.of("/etc");

    private static final Path STATE = Path.of("/var/lib/wgsd");
    /** What wg-quick takes for a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_=+.-]{1,15}");

    private final OptionSpec device = OptionSpecs.one(String.class, "--device")
            .paramLabel("DEVICE")
            .defaultValue("wgsd0")
            .description("The WireGuard device (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec etc = OptionSpecs.one(Path.class, "--etc")
            .paramLabel("DIR")
            .defaultValue(ETC.toString())
            .description("Where configurations are, in wireguard and wgsd there (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec state = OptionSpecs.one(Path.class, "--state")
            .paramLabel("DIR")
            .defaultValue(STATE.toString())
            .description("Where the agent keeps what it needs after a restart (default: ${DEFAULT-VALUE}).")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(device)
                .addOption(etc)
                .addOption(state);
    }

    Files files() {
        String name = Device.checkName(device.getValue());
        if (!NAME.matcher(name).matches()) {
            throw new UsageException("--device: wg-quick takes no name like \"" + name
                    + "\"; use 1 to 15 letters, digits, and _ = + . -");
        }
        return new Files(
                name,
                etc.<Path>getValue().toAbsolutePath().normalize(),
                state.<Path>getValue().toAbsolutePath().normalize());
    }

    /**
     * The files of one device.
     *
     * @param device its name
     * @param etc where configurations are
     * @param state where the agent keeps its state
     */
    record Files(String device, Path etc, Path state) {

        Path configurations() {
            return etc.resolve("wireguard");
        }

        Path ownFolder() {
            return etc.resolve("wgsd");
        }

        /** For wg-quick. */
        Path configuration() {
            return configurations().resolve(device + ".conf");
        }

        /** The keys of the network's owner. */
        Path anchors() {
            return own(device + ".anchors");
        }

        /** The options of the agent. */
        Path environment() {
            return own("agent-" + device + ".env");
        }

        /** The registries of this host. */
        Path registries() {
            return own("registry.toml");
        }

        /** What the owner of a registry's network publishes. */
        Path published() {
            return state.resolve("members.zone");
        }

        /** What was made. */
        Path made() {
            return own(device + ".joined");
        }

        /** Returns whether the units of this host know these places. */
        boolean areUsual() {
            return etc.equals(ETC) && state.equals(STATE);
        }

        /** Returns what wg-quick is given. */
        String quick() {
            return etc.equals(ETC) ? device : configuration().toString();
        }

        private Path own(String name) {
            return ownFolder().resolve(name);
        }
    }
}
