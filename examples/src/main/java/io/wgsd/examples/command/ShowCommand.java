package io.wgsd.examples.command;

import io.wgsd.model.Device;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints devices and their peers as the backend sees them. */
@Command(
        name = "show",
        description = "Shows WireGuard devices and their peers, without any secret.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    /** Who looks at a large device would rather wait: {@code wg} goes through all of it eight times. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin
    private BackendOption backend = new BackendOption();

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "The device; all of them without this.")
    private @Nullable String device;

    @Option(names = "--json", description = "Print an array of devices.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws WireGuardException {
        PrintWriter out = Terminal.out(spec);
        PrintWriter err = Terminal.err(spec);
        boolean complete = true;
        List<Device> devices = new ArrayList<>();
        try (PeerSource source = backend.open(PATIENCE)) {
            if (device != null) {
                devices.add(source.read(Device.checkName(device)));
            } else {
                for (String name : source.deviceNames()) {
                    complete &= read(source, name, devices, err);
                }
                if (devices.isEmpty() && complete) {
                    err.println("wgsd: there is no WireGuard device here");
                }
            }
        }
        Instant now = Instant.now();
        if (json) {
            out.println(Json.write(DeviceView.json(devices)));
        } else {
            out.print(String.join(
                    "\n",
                    devices.stream().map(found -> DeviceView.text(found, now)).toList()));
        }
        out.flush();
        return complete ? 0 : 1;
    }

    private static boolean read(PeerSource source, String name, List<Device> devices, PrintWriter err) {
        try {
            devices.add(source.read(name));
            return true;
        } catch (NoSuchDeviceException e) {
            // It went away after it was listed.
            return true;
        } catch (WireGuardException e) {
            err.println("wgsd: " + e.getMessage());
            return false;
        }
    }
}
