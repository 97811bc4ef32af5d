package io.wgsd.backend.cli;

import io.wgsd.backend.cli.Views.Transfer;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.InterruptedDumpException;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device by the views of {@code wg show} that hold no secret, one run for each. What changes between two of
 * them shows in part; so that a peer is never made of what two of them say of different sets of peers, all are run
 * again where these differ.
 */
final class DeviceReader {

    private static final int MOST_READINGS = 10;

    private final Wg wg;

    DeviceReader(Wg wg) {
        this.wg = wg;
    }

    Device read(Operation operation, DeviceKind kind, @Nullable Device previous) throws IOException {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            Optional<Device> device = tryRead(operation, kind, previous);
            if (device.isPresent()) {
                return device.get();
            }
        }
        throw new InterruptedDumpException(operation.origin(), MOST_READINGS);
    }

    /** Reads what a change has to know, in two runs. */
    Planner.Known readForChange(Operation operation) throws IOException {
        return new Planner.Known(
                Views.publicKey(wg.show(operation, "show", operation.device(), "public-key")),
                peers(operation, "allowed-ips", Views::allowedIps));
    }

    private Optional<Device> tryRead(Operation operation, DeviceKind kind, @Nullable Device previous)
            throws IOException {
        String name = operation.device();
        Device.Builder device = Device.builder(name, kind)
                .listenPort(Views.listenPort(wg.show(operation, "show", name, "listen-port")))
                .firewallMark(Views.firewallMark(wg.show(operation, "show", name, "fwmark")));
        Views.publicKey(wg.show(operation, "show", name, "public-key")).ifPresent(device::publicKey);
        Map<PublicKey, Optional<Endpoint>> endpoints = peers(operation, "endpoints", Views::endpoint);
        Map<PublicKey, List<IpPrefix>> allowedIps = peers(operation, "allowed-ips", Views::allowedIps);
        Map<PublicKey, Duration> keepalives = peers(operation, "persistent-keepalive", Views::keepalive);
        Map<PublicKey, Optional<Instant>> handshakes = peers(operation, "latest-handshakes", Views::handshake);
        Map<PublicKey, Transfer> transfers = peers(operation, "transfer", Views::transfer);
        Set<PublicKey> keys = endpoints.keySet();
        if (!keys.equals(allowedIps.keySet())
                || !keys.equals(keepalives.keySet())
                || !keys.equals(handshakes.keySet())
                || !keys.equals(transfers.keySet())) {
            return Optional.empty();
        }
        endpoints.forEach((key, endpoint) -> {
            Transfer transfer = of(key, transfers);
            Peer.Builder peer = Peer.builder(key)
                    .allowedIps(of(key, allowedIps))
                    .persistentKeepalive(of(key, keepalives))
                    .statistics(PeerStatistics.of(
                            of(key, handshakes).orElse(null), transfer.rxBytes(), transfer.txBytes()));
            endpoint.ifPresent(peer::endpoint);
            device.peer(shared(peer.build(), previous));
        });
        return Optional.of(device.build());
    }

    private <T> Map<PublicKey, T> peers(Operation operation, String view, Views.Value<T> value) throws IOException {
        return Views.peers(wg.show(operation, "show", operation.device(), view), value);
    }

    private static <T> T of(PublicKey key, Map<PublicKey, T> view) {
        return Objects.requireNonNull(view.get(key), "a peer that each view has");
    }

    private static Peer shared(Peer read, @Nullable Device previous) {
        return previous == null
                ? read
                : previous.peer(read.publicKey())
                        .filter(before -> before.sameConfiguration(read))
                        .map(before -> before.withStatistics(read.statistics()))
                        .orElse(read);
    }
}
