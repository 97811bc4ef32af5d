package io.wgsd.backend.netlink;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's side of WireGuard's messages (drivers/net/wireguard/netlink.c): devices to attributes, attributes to
 * changes.
 */
final class KernelCodec {

    /** So few that a peer with many allowed IPs takes several messages. */
    static final int ALLOWED_IPS_AT_ONCE = 300;

    private KernelCodec() {}

    /**
     * Writes a device as get_peer does: what does not fit goes on in the next message, which has the key and the rest.
     */
    static List<List<Tlv>> dump(Device device, DeviceSecrets secrets) {
        List<List<Tlv>> messages = new ArrayList<>();
        List<Tlv> peers = new ArrayList<>();
        for (Peer peer : device.peers()) {
            List<IpPrefix> left = peer.allowedIps();
            List<Tlv> attributes = head(peer, secrets);
            while (left.size() > ALLOWED_IPS_AT_ONCE) {
                attributes.add(allowedIps(left.subList(0, ALLOWED_IPS_AT_ONCE)));
                peers.add(Tlv.nest(0, attributes));
                messages.add(message(device, secrets, messages.isEmpty(), peers));
                peers = new ArrayList<>();
                left = left.subList(ALLOWED_IPS_AT_ONCE, left.size());
                attributes = new ArrayList<>(List.of(Tlv.of(1, peer.publicKey().toBytes())));
            }
            if (!left.isEmpty()) {
                attributes.add(allowedIps(left));
            }
            peers.add(Tlv.nest(0, attributes));
            if (peers.size() == 40) {
                messages.add(message(device, secrets, messages.isEmpty(), peers));
                peers = new ArrayList<>();
            }
        }
        messages.add(message(device, secrets, messages.isEmpty(), peers));
        return messages;
    }

    private static List<Tlv> message(Device device, DeviceSecrets secrets, boolean isFirst, List<Tlv> peers) {
        List<Tlv> message = new ArrayList<>();
        if (isFirst) {
            message.add(Tlv.u16(6, device.listenPort()));
            message.add(Tlv.u32(7, device.firewallMark()));
            message.add(Tlv.u32(1, 5));
            message.add(Tlv.string(2, device.name()));
            secrets.privateKey().ifPresent(key -> message.add(Tlv.of(3, key.toBytes())));
            device.publicKey().ifPresent(key -> message.add(Tlv.of(4, key.toBytes())));
        }
        if (!peers.isEmpty()) {
            message.add(Tlv.nest(8, peers));
        }
        return message;
    }

    private static List<Tlv> head(Peer peer, DeviceSecrets secrets) {
        List<Tlv> head = new ArrayList<>();
        head.add(Tlv.of(1, peer.publicKey().toBytes()));
        head.add(Tlv.of(
                2,
                secrets.presharedKey(peer.publicKey()).map(SecretKey::toBytes).orElse(new byte[32])));
        ByteBuffer time = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        peer.statistics()
                .latestHandshake()
                .ifPresent(at -> time.putLong(at.getEpochSecond()).putLong(at.getNano()));
        head.add(Tlv.of(6, time.array()));
        head.add(Tlv.u16(
                5, (int) peer.persistentKeepalive().orElse(Duration.ZERO).toSeconds()));
        head.add(Tlv.u64(8, peer.statistics().txBytes()));
        head.add(Tlv.of(0, new byte[0]));
        head.add(Tlv.u64(7, peer.statistics().rxBytes()));
        peer.endpoint().ifPresent(endpoint -> head.add(Tlv.of(4, sockaddr(endpoint))));
        head.add(Tlv.u32(10, 1));
        return head;
    }

    private static byte[] sockaddr(Endpoint endpoint) {
        boolean v6 = endpoint.address().isIpv6();
        ByteBuffer struct = ByteBuffer.allocate(v6 ? 28 : 16).order(ByteOrder.nativeOrder());
        struct.putShort((short) (v6 ? 10 : 2));
        struct.order(ByteOrder.BIG_ENDIAN).putShort((short) endpoint.port());
        struct.position(v6 ? 8 : 4);
        struct.put(endpoint.address().toBytes());
        if (v6) {
            struct.order(ByteOrder.nativeOrder()).putInt(endpoint.scopeIndex().orElse(0));
        }
        return struct.array();
    }

    private static Tlv allowedIps(List<IpPrefix> prefixes) {
        return Tlv.nest(
                9,
                prefixes.stream()
                        .map(prefix -> Tlv.nest(
                                0,
                                List.of(
                                        Tlv.u8(3, prefix.length()),
                                        Tlv.u16(1, prefix.network().isIpv6() ? 10 : 2),
                                        Tlv.of(2, prefix.network().toBytes()))))
                        .toList());
    }

    /** Reads a change; an attribute that is not known fails, as strict parsing has it. */
    static DeviceChange change(List<Tlv> message, boolean removesPrefixes, List<SecretKey> secrets) {
        DeviceChange.Builder change = DeviceChange.builder();
        Optional<Tlv> peers = Optional.empty();
        for (Tlv each : message) {
            switch (each.type()) {
                case 2 -> {}
                case 3 -> change.privateKey(secret(each, secrets));
                case 5 -> {
                    if (each.number() == 1) {
                        change.replacePeers();
                    }
                }
                case 6 -> change.listenPort((int) each.number());
                case 7 -> change.firewallMark(each.number());
                case 8 -> peers = Optional.of(each);
                default -> throw new IllegalArgumentException("unknown attribute " + each.type());
            }
        }
        // The last one of a type counts, as in nla_parse.
        peers.ifPresent(
                list -> list.children().forEach(peer -> peer(change, peer.children(), removesPrefixes, secrets)));
        return change.build();
    }

    private static void peer(
            DeviceChange.Builder change, List<Tlv> attributes, boolean removesPrefixes, List<SecretKey> secrets) {
        PublicKey key = PublicKey.of(attributes.get(0).exactly(32));
        PeerChange.Builder peer = change.peer(key);
        Optional<Tlv> allowedIps = Optional.empty();
        for (Tlv each : attributes) {
            switch (each.type()) {
                case 1 -> {}
                case 2 -> peer.presharedKey(secret(each, secrets));
                case 3 -> flags(peer, each.number());
                case 4 -> peer.endpoint(endpoint(each));
                case 5 -> peer.persistentKeepalive(Duration.ofSeconds(each.number()));
                case 9 -> allowedIps = Optional.of(each);
                default -> throw new IllegalArgumentException("unknown attribute " + each.type());
            }
        }
        allowedIps.ifPresent(
                list -> list.children().forEach(prefix -> allowedIp(peer, prefix.children(), removesPrefixes)));
    }

    private static void flags(PeerChange.Builder peer, long flags) {
        if ((flags & 1) != 0) {
            peer.remove();
        }
        if ((flags & 2) != 0) {
            peer.replaceAllowedIps();
        }
        if ((flags & 4) != 0) {
            peer.updateOnly();
        }
    }

    private static void allowedIp(PeerChange.Builder peer, List<Tlv> attributes, boolean removesPrefixes) {
        byte[] address = {};
        long family = 0;
        int length = -1;
        boolean remove = false;
        for (Tlv each : attributes) {
            switch (each.type()) {
                case 1 -> family = each.number();
                case 2 -> address = each.value();
                case 3 -> length = (int) each.number();
                case 4 -> {
                    if (!removesPrefixes) {
                        throw new IllegalArgumentException("unknown attribute 4");
                    }
                    remove = each.number() == 1;
                }
                default -> throw new IllegalArgumentException("unknown attribute " + each.type());
            }
        }
        if (family != (address.length == 4 ? 2 : 10)) {
            throw new IllegalArgumentException("family " + family + " with " + address.length + " bytes");
        }
        IpPrefix prefix = new IpPrefix(IpAddress.of(address), length);
        if (remove) {
            peer.removeAllowedIp(prefix);
        } else {
            peer.addAllowedIp(prefix);
        }
    }

    private static Endpoint endpoint(Tlv attribute) {
        ByteBuffer struct = ByteBuffer.wrap(attribute.value()).order(ByteOrder.nativeOrder());
        boolean v6 = struct.getShort(0) == 10;
        byte[] address = new byte[v6 ? 16 : 4];
        struct.get(v6 ? 8 : 4, address);
        int port = Short.toUnsignedInt(struct.order(ByteOrder.BIG_ENDIAN).getShort(2));
        int scope = v6 ? struct.order(ByteOrder.nativeOrder()).getInt(24) : 0;
        return scope == 0
                ? Endpoint.of(IpAddress.of(address), port)
                : Endpoint.of(IpAddress.of(address), Integer.toString(scope), port);
    }

    private static SecretKey secret(Tlv attribute, List<SecretKey> secrets) {
        SecretKey key = SecretKey.copyOf(attribute.exactly(32));
        secrets.add(key);
        return key;
    }
}
