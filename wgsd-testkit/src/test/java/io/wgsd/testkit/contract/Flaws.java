package io.wgsd.testkit.contract;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.Availability;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Mistakes of backends, each as a source around a good one. */
final class Flaws {

    private static final List<AutoCloseable> LOST = new ArrayList<>();

    private Flaws() {}

    /** Hands out another reading than the good one. */
    static PeerSource reading(PeerSource good, UnaryOperator<Device> change) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                return change.apply(super.read(device, options));
            }
        };
    }

    /** Hands out each peer changed. */
    static PeerSource readingPeers(PeerSource good, UnaryOperator<Peer> change) {
        return reading(good, device -> {
            Device.Builder other = settingsOf(device);
            device.peers().forEach(peer -> other.peer(change.apply(peer)));
            return other.build();
        });
    }

    /** Carries out another change than was asked for. */
    static PeerSource changing(PeerSource good, UnaryOperator<DeviceChange> change) {
        return new ForwardingSource(good) {
            @Override
            public void apply(String device, DeviceChange asked) throws WireGuardException {
                super.apply(device, change.apply(asked));
            }
        };
    }

    static Device.Builder settingsOf(Device device) {
        Device.Builder settings = Device.builder(device.name(), device.kind())
                .listenPort(device.listenPort())
                .firewallMark(device.firewallMark());
        device.publicKey().ifPresent(settings::publicKey);
        return settings;
    }

    /** Knows neither update-only nor restart, nor secrets. */
    static DeviceChange addingRatherThanUpdating(DeviceChange change) {
        DeviceChange.Builder other = DeviceChange.builder();
        change.peers().forEach(peer -> copy(peer, other.peer(peer.publicKey())));
        return other.build();
    }

    static DeviceChange inReverse(DeviceChange change) {
        DeviceChange.Builder other = DeviceChange.builder();
        for (int i = change.peers().size() - 1; i >= 0; i--) {
            PeerChange peer = change.peers().get(i);
            copy(peer, other.peer(peer.publicKey()));
        }
        return other.build();
    }

    /** Gathers the steps for each peer, which puts them out of order. */
    static DeviceChange gatheredByPeer(DeviceChange change) {
        Map<PublicKey, List<PeerChange>> steps = new LinkedHashMap<>();
        change.peers()
                .forEach(peer -> steps.computeIfAbsent(peer.publicKey(), key -> new ArrayList<>())
                        .add(peer));
        DeviceChange.Builder other = DeviceChange.builder();
        steps.forEach((key, own) -> own.forEach(step -> copy(step, other.peer(key))));
        return other.build();
    }

    private static void copy(PeerChange from, PeerChange.Builder to) {
        if (from.isRemove()) {
            to.remove();
        }
        from.endpoint().ifPresent(to::endpoint);
        to.addAllowedIps(from.addedAllowedIps());
        from.persistentKeepalive().ifPresent(to::persistentKeepalive);
    }

    static PeerSource reusingWithoutLooking(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                return options.previous().isPresent() ? options.previous().get() : super.read(device, options);
            }
        };
    }

    static PeerSource listingInAPlainSet(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Set<String> deviceNames() throws WireGuardException {
                return new TreeSet<>(super.deviceNames());
            }
        };
    }

    static PeerSource swallowingTheInterruptFlag(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                try {
                    return super.read(device, options);
                } catch (CancelledException e) {
                    Thread.interrupted();
                    throw e;
                }
            }
        };
    }

    static PeerSource deafToInterrupts(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                boolean interrupted = Thread.interrupted();
                try {
                    return super.read(device, options);
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
    }

    static PeerSource usableWhenClosed(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public void close() {}
        };
    }

    static PeerSource unavailableWhereThereIsNoDevice(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                try {
                    return super.read(device, options);
                } catch (NoSuchDeviceException e) {
                    throw new UnavailableException(e.origin(), Availability.unavailable(e.reason(), ""), e);
                }
            }
        };
    }

    static PeerSource namingNoDeviceInErrors(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                try {
                    return super.read(device, options);
                } catch (NoSuchDeviceException e) {
                    throw new NoSuchDeviceException(ErrorOrigin.of(e.backend()), e.reason());
                }
            }
        };
    }

    static PeerSource tellingThePrivateKeyInErrors(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public void apply(String device, DeviceChange change) throws WireGuardException {
                try {
                    super.apply(device, change);
                } catch (NoSuchDeviceException e) {
                    byte[] key = change.privateKey().map(SecretKey::toHex).orElse(new byte[0]);
                    throw new NoSuchDeviceException(
                            e.origin(), "sent private_key=" + new String(key, StandardCharsets.US_ASCII));
                }
            }
        };
    }

    static PeerSource closingWhatItBorrowed(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public void apply(String device, DeviceChange change) throws WireGuardException {
                super.apply(device, change);
                change.privateKey().ifPresent(SecretKey::close);
            }
        };
    }

    static PeerSource keepingSecretsToItself(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public DeviceSecrets secrets(String device) throws WireGuardException {
                super.secrets(device).close();
                return DeviceSecrets.of(null, Map.of());
            }
        };
    }

    static PeerSource restartingInTwoSteps(PeerSource good) {
        return new ForwardingSource(good) {
            private final AtomicInteger readings = new AtomicInteger();

            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                Device read = super.read(device, options);
                readings.incrementAndGet();
                return read;
            }

            @Override
            public void apply(String device, DeviceChange change) throws WireGuardException {
                PublicKey key = change.peers().get(0).publicKey();
                if (!change.peers().get(0).isRestart()) {
                    super.apply(device, change);
                    return;
                }
                Peer peer = super.read(device, ReadOptions.defaults()).peer(key).orElseThrow();
                super.apply(device, DeviceChange.builder().peer(key).remove().build());
                // Others read all the time: one of them sees the device without the peer meanwhile, and stops.
                long end = System.nanoTime() + 500_000_000;
                for (int enough = readings.get() + 3; readings.get() < enough && System.nanoTime() - end < 0; ) {
                    Thread.onSpinWait();
                }
                super.apply(
                        device,
                        DeviceChange.builder()
                                .peer(key)
                                .endpoint(peer.endpoint().orElseThrow())
                                .addAllowedIps(peer.allowedIps())
                                .build());
            }
        };
    }

    static PeerSource removingPrefixesByReplacingAll(PeerSource good) {
        return new ForwardingSource(good) {
            private List<IpPrefix> allowedIps(String device, PublicKey key) throws WireGuardException {
                return read(device, ReadOptions.defaults())
                        .peer(key)
                        .orElseThrow()
                        .allowedIps();
            }

            @Override
            public void apply(String device, DeviceChange change) throws WireGuardException {
                PeerChange asked = change.peers().get(0);
                if (asked.removedAllowedIps().isEmpty()) {
                    super.apply(device, change);
                    return;
                }
                List<IpPrefix> before = allowedIps(device, asked.publicKey());
                // Another thread that changes the peer now wins the race, which is held open so that one does.
                long end = System.nanoTime() + 5_000_000;
                while (before.equals(allowedIps(device, asked.publicKey())) && System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                }
                List<IpPrefix> rest = new ArrayList<>(before);
                rest.removeAll(asked.removedAllowedIps());
                super.apply(
                        device,
                        DeviceChange.builder()
                                .peer(asked.publicKey())
                                .replaceAllowedIps()
                                .addAllowedIps(rest)
                                .build());
            }
        };
    }

    static PeerSource sayingThatItCannotRestart(PeerSource good) {
        return new ForwardingSource(good) {
            @Override
            public Capabilities capabilities(String device) throws WireGuardException {
                super.capabilities(device);
                return Capabilities.none();
            }
        };
    }

    /** Opens something that nobody closes, in front of each source. */
    static PeerSource losing(AutoCloseable opened, PeerSource good) {
        LOST.add(opened);
        return good;
    }

    /** Takes memory outside the heap that nobody gives back, in front of each source. */
    static PeerSource losingBuffers(PeerSource good) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 1);
        }
        return losing(buffer::clear, good);
    }

    /** Closes what was lost, once it has been missed. */
    static void closeWhatWasLost() throws Exception {
        for (AutoCloseable each : LOST) {
            each.close();
        }
        LOST.clear();
    }
}
