package io.wgsd.backend.cli;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@code wg} of either age over a WireGuard in memory, which keeps its command lines; the contract runs over real
 * ones, too.
 */
final class FakeWg implements Programs {

    static final String OLD = "wireguard-tools v1.0.20210914 - https://git.zx2c4.com/wireguard-tools/\n";
    static final String NEW = "wireguard-tools v1.0.20250521 - https://git.zx2c4.com/wireguard-tools/\n";

    private final MemoryWireGuard wireGuard;
    private final String version;
    private final List<List<String>> commands = new ArrayList<>();
    volatile boolean hangs;
    volatile String refusal = "";

    FakeWg(MemoryWireGuard wireGuard, String version) {
        this.wireGuard = wireGuard;
        this.version = version;
    }

    /** Returns the arguments of each run so far. */
    List<List<String>> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    @Override
    public Output run(List<String> command, byte @Nullable [] input, Operation operation) throws IOException {
        operation.check();
        List<String> words = command.subList(1, command.size());
        synchronized (commands) {
            commands.add(words);
        }
        while (hangs) {
            operation.check();
            Thread.onSpinWait();
        }
        if (!refusal.isEmpty()) {
            return output(1, "", refusal);
        }
        try (PeerSource source = wireGuard.source()) {
            return output(0, answer(source, words, input), "");
        } catch (NoSuchDeviceException e) {
            return output(1, "", "Unable to access interface: No such device");
        } catch (RejectedException e) {
            return output(1, "", "Unable to modify interface: Address already in use");
        } catch (IllegalArgumentException e) {
            return output(1, "", "Unable to parse: `" + e.getMessage() + "'");
        }
    }

    private String answer(PeerSource source, List<String> words, byte @Nullable [] input) throws WireGuardException {
        switch (words.get(0)) {
            case "--version":
                return version;
            case "show":
                return words.get(1).equals("interfaces")
                        ? String.join(" ", source.deviceNames()) + "\n"
                        : show(source, words.get(1), words.get(2));
            case "set":
                try (Keys keys = new Keys(input)) {
                    source.apply(words.get(1), set(new ArrayDeque<>(words.subList(2, words.size())), keys));
                }
                return "";
            case "addconf":
                source.apply(words.get(1), configuration(new String(input, StandardCharsets.US_ASCII)));
                return "";
            default:
                throw new IllegalArgumentException(words.get(0));
        }
    }

    private static String show(PeerSource source, String name, String view) throws WireGuardException {
        Device device = source.read(name);
        return switch (view) {
            case "public-key" -> device.publicKey().map(PublicKey::toBase64).orElse("(none)") + "\n";
            case "listen-port" -> device.listenPort() + "\n";
            case "fwmark" ->
                (device.firewallMark() == 0 ? "off" : "0x" + Long.toHexString(device.firewallMark())) + "\n";
            case "endpoints" ->
                each(device, peer -> peer.endpoint().map(Endpoint::toString).orElse("(none)"));
            case "allowed-ips" -> each(device, peer -> allowedIps(peer, " "));
            case "persistent-keepalive" ->
                each(
                        device,
                        peer -> peer.persistentKeepalive()
                                .map(interval -> Long.toString(interval.toSeconds()))
                                .orElse("off"));
            case "latest-handshakes" -> each(device, FakeWg::handshake);
            case "transfer" ->
                each(
                        device,
                        peer -> Long.toUnsignedString(peer.statistics().rxBytes()) + "\t"
                                + Long.toUnsignedString(peer.statistics().txBytes()));
            case "dump" -> dump(source, device);
            default -> throw new IllegalArgumentException(view);
        };
    }

    private static String dump(PeerSource source, Device device) throws WireGuardException {
        try (DeviceSecrets secrets = source.secrets(device.name())) {
            String own = secrets.privateKey().map(FakeWg::text).orElse("(none)");
            return own + "\t(none)\t" + device.listenPort() + "\toff\n"
                    + device.peers().stream()
                            .map(peer -> peer.publicKey() + "\t"
                                    + secrets.presharedKey(peer.publicKey())
                                            .map(FakeWg::text)
                                            .orElse("(none)")
                                    + "\t(none)\t" + allowedIps(peer, ",") + "\t0\t0\t0\toff\n")
                            .collect(Collectors.joining());
        }
    }

    private static String each(Device device, Function<Peer, String> value) {
        return device.peers().stream()
                .map(peer -> peer.publicKey() + "\t" + value.apply(peer) + "\n")
                .collect(Collectors.joining());
    }

    private static String handshake(Peer peer) {
        return Long.toString(
                peer.statistics().latestHandshake().map(Instant::getEpochSecond).orElse(0L));
    }

    private static String allowedIps(Peer peer, String separator) {
        return peer.allowedIps().isEmpty()
                ? "(none)"
                : peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(separator));
    }

    private DeviceChange set(Deque<String> words, Keys keys) {
        DeviceChange.Builder change = DeviceChange.builder();
        while (!words.isEmpty() && !words.peek().equals("peer")) {
            switch (words.remove()) {
                case "fwmark" -> change.firewallMark(Long.parseLong(words.remove()));
                case "listen-port" -> change.listenPort(Integer.parseInt(words.remove()));
                case "private-key" -> change.privateKey(keys.read(words.remove()));
                default -> throw new IllegalArgumentException("a device's word");
            }
        }
        while (!words.isEmpty()) {
            words.remove();
            PeerChange.Builder peer = change.peer(PublicKey.parse(words.remove()));
            while (!words.isEmpty() && !words.peek().equals("peer")) {
                switch (words.remove()) {
                    case "remove" -> peer.remove();
                    case "preshared-key" -> peer.presharedKey(keys.read(words.remove()));
                    case "endpoint" -> peer.endpoint(Endpoint.parse(words.remove()));
                    case "persistent-keepalive" ->
                        peer.persistentKeepalive(Duration.ofSeconds(Long.parseLong(words.remove())));
                    case "allowed-ips" -> allowedIps(peer, words.remove());
                    default -> throw new IllegalArgumentException("a peer's word");
                }
            }
        }
        return change.build();
    }

    private void allowedIps(PeerChange.Builder peer, String list) {
        boolean adds = list.startsWith("+");
        if (!adds) {
            peer.replaceAllowedIps();
        } else if (version.equals(OLD)) {
            throw new IllegalArgumentException(list);
        }
        Arrays.stream(list.split(","))
                .filter(text -> !text.isEmpty())
                .map(text -> IpPrefix.parse(adds ? text.substring(1) : text))
                .forEach(peer::addAllowedIp);
    }

    private static DeviceChange configuration(String text) {
        List<String> lines = text.lines().toList();
        PeerChange.Builder peer = DeviceChange.builder()
                .peer(PublicKey.parse(lines.get(1).replace("PublicKey=", "")))
                .replaceAllowedIps();
        lines.subList(2, lines.size())
                .forEach(line -> peer.addAllowedIp(IpPrefix.parse(line.replace("AllowedIPs=", ""))));
        return peer.build();
    }

    private static String text(SecretKey key) {
        return new String(key.toBase64(), StandardCharsets.US_ASCII);
    }

    private static Output output(int status, String out, String err) throws IOException {
        WipedBytes bytes = new WipedBytes(Integer.MAX_VALUE);
        bytes.takeAvailable(new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8)));
        return new Output(status, bytes, err);
    }

    /** The key on standard input, which can be read once. */
    private static final class Keys implements AutoCloseable {

        private final List<SecretKey> opened = new ArrayList<>();
        private byte @Nullable [] input;

        Keys(byte @Nullable [] input) {
            this.input = input;
        }

        SecretKey read(String file) {
            SecretKey key = file.equals("/dev/null")
                    ? SecretKey.copyOf(new byte[SecretKey.LENGTH])
                    : SecretKey.parseBase64(Arrays.copyOf(input, 44));
            if (file.equals("/dev/stdin")) {
                input = null;
            }
            opened.add(key);
            return key;
        }

        @Override
        public void close() {
            opened.forEach(SecretKey::close);
        }
    }
}
