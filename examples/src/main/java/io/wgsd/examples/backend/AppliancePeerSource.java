package io.wgsd.examples.backend;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The devices of an appliance; {@link ApplianceProvider} says how it behaves. */
final class AppliancePeerSource implements PeerSource {

    private static final String DEVICES = "/devices";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");
    private static final Capabilities CAPABILITIES = Capabilities.builder()
            .atomicUpdateOnly(true)
            .singlePrefixRemoval(true)
            .consistentSnapshot(true)
            .build();

    private final ApplianceClient client;

    AppliancePeerSource(ApplianceClient client) {
        this.client = client;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        return get(ApplianceProvider.ORIGIN, "listing", DEVICES, AppliancePeerSource::names);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        return get(origin(device), "reading", path(device), text -> DeviceText.read(device, text));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        ErrorOrigin origin = origin(device);
        if (change.peers().stream().anyMatch(PeerChange::isRestart)) {
            // Before anything is sent, so that nothing is changed.
            throw new UnsupportedException(origin, "restarting a peer", "remove it and add it again");
        }
        try (WipedBytes text = new WipedBytes()) {
            ChangeText.write(change, text);
            client.post(client.begin(origin, "changing"), path(device), text);
        }
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        String path = path(device) + "/secrets";
        return get(origin(device), "reading the secrets of", path, SecretRecords::read);
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        // Asks all the same, for a device that is not there has none.
        return get(origin(device), "asking for", path(device), text -> CAPABILITIES);
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T get(ErrorOrigin origin, String action, String path, Function<byte[], T> reader)
            throws WireGuardException {
        byte[] answer = client.get(client.begin(origin, action), path);
        try {
            return reader.apply(answer);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedException(origin, String.valueOf(e.getMessage()), e);
        } finally {
            Arrays.fill(answer, (byte) 0);
        }
    }

    private static Set<String> names(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).lines().collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a device's path; a name is input, and must not lead to another one. */
    private static String path(String device) throws NoSuchDeviceException {
        if (!NAME.matcher(device).matches()) {
            throw new NoSuchDeviceException(origin(device), "no interface can have that name");
        }
        return DEVICES + "/" + device;
    }

    private static ErrorOrigin origin(String device) {
        return ApplianceProvider.ORIGIN.device(device);
    }
}
