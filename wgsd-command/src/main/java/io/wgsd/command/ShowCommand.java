package io.wgsd.command;

import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.DeviceFormat;
import io.wgsd.command.output.Json;
import io.wgsd.model.Device;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints devices and their peers as the backend sees them. */
final class ShowCommand extends Subcommand {

    /** Long, for large devices: {@code wg} goes through all peers eight times. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BackendOption backend = new BackendOption();

    private final PositionalParamSpec device = PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("DEVICE")
            .description("The device (default: all of them).")
            .build();

    private final OptionSpec json =
            OptionSpecs.flag("--json").description("Print an array of devices.").build();

    ShowCommand() {
        super("show", "Shows WireGuard devices and their peers, without any secret.");
        spec().addMixin("backend", backend.mixin()).addPositional(device).addOption(json);
    }

    @Override
    public Integer call() throws WireGuardException {
        PrintWriter out = out();
        PrintWriter err = err();
        boolean complete = true;
        List<Device> devices = new ArrayList<>();
        try (PeerSource source = backend.open(PATIENCE)) {
            String wanted = device.getValue();
            if (wanted != null) {
                devices.add(source.read(Device.checkName(wanted)));
            } else {
                for (String name : source.deviceNames()) {
                    complete &= read(source, name, devices, err);
                }
                complete &= reportLeftOut(source, err);
                if (devices.isEmpty() && complete) {
                    err.println("wgsd: there is no WireGuard device here");
                }
            }
        }
        Instant now = Instant.now();
        if (json.<Boolean>getValue()) {
            out.println(Json.write(DeviceFormat.json(devices)));
        } else {
            out.print(String.join(
                    "\n",
                    devices.stream().map(found -> DeviceFormat.text(found, now)).toList()));
        }
        out.flush();
        return complete ? 0 : 1;
    }

    /** Returns whether no device is left out. */
    private static boolean reportLeftOut(PeerSource source, PrintWriter err) throws WireGuardException {
        Map<String, String> leftOut = source.devicesLeftOut();
        leftOut.forEach(
                (name, reason) -> err.println("wgsd: the device " + Json.write(name) + " is not shown: " + reason));
        return leftOut.isEmpty();
    }

    private static boolean read(PeerSource source, String name, List<Device> devices, PrintWriter err) {
        try {
            devices.add(source.read(name));
            return true;
        } catch (NoSuchDeviceException e) {
            // It was removed after it was listed.
            return true;
        } catch (WireGuardException e) {
            err.println("wgsd: " + e.getMessage());
            return false;
        }
    }
}
