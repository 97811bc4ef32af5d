package io.wgsd.testkit.net.nat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.testkit.net.NatKind;
import io.wgsd.testkit.net.random.Randomness;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A NAT's mappings: which public endpoint stands for which inside socket, and which hosts may send to it.
 *
 * <p>A mapping, or a permission in it, is kept until nothing has used it for the timeout; traffic in either direction
 * counts as use, as in Linux's connection tracking (net/netfilter/nf_conntrack_proto_udp.c; RFC 4787, section 4.3).
 */
public final class NatTable {

    private static final int FIRST_RANDOM_PORT = 1024;
    private static final int RANDOM_PORTS = 65_536 - FIRST_RANDOM_PORT;

    /** Represents a port that is not known yet: no filter expects it. */
    private static final int SOME_RANDOM_PORT = 65_535;

    private static final Object ANYONE = new Object();

    private final NatKind kind;
    private final long timeoutNanos;
    private final Randomness random;
    private final Map<Integer, Integer> fixedPorts;
    private final Map<Object, Mapping> byInside = new HashMap<>();
    private final Map<Endpoint, Mapping> byOutside = new HashMap<>();
    private boolean randomPorts;
    private int purgeAt = 256;

    public NatTable(NatKind kind, long timeoutNanos, Randomness random, Map<Integer, Integer> fixedPorts) {
        this.kind = kind;
        this.timeoutNanos = timeoutNanos;
        this.random = random;
        this.fixedPorts = Map.copyOf(fixedPorts);
        randomPorts = kind == NatKind.SYMMETRIC;
    }

    /** Returns the public endpoint from which a datagram leaves, and admits responses to it. */
    public Endpoint outbound(Endpoint inside, Endpoint remote, IpAddress publicAddress, long now) {
        Object key = key(inside, remote);
        Mapping mapping = byInside.get(key);
        if (mapping != null && isExpired(mapping.usedAt, now)) {
            byInside.remove(key);
            byOutside.remove(mapping.outside);
            mapping = null;
        }
        if (mapping == null) {
            purge(now);
            mapping = new Mapping(inside, Endpoint.of(publicAddress, choosePort(inside.port(), publicAddress)));
            byInside.put(key, mapping);
            byOutside.put(mapping.outside, mapping);
        }
        mapping.usedAt = now;
        mapping.permitted.put(permission(remote), now);
        return mapping.outside;
    }

    /** Returns the inside socket that a datagram is for; null if nobody asked for it. */
    @Nullable
    public Endpoint inbound(Endpoint outside, Endpoint remote, long now) {
        Mapping mapping = openTo(outside, remote, now);
        if (mapping == null) {
            return null;
        }
        mapping.usedAt = now;
        mapping.permitted.put(permission(remote), now);
        return mapping.inside;
    }

    /** Returns what {@link #inbound} would, and changes nothing. */
    @Nullable
    public Endpoint previewInbound(Endpoint outside, Endpoint remote, long now) {
        Mapping mapping = openTo(outside, remote, now);
        return mapping == null ? null : mapping.inside;
    }

    /** Returns what {@link #outbound} would, except for a port that chance chooses, and changes nothing. */
    public Endpoint previewOutbound(Endpoint inside, Endpoint remote, IpAddress publicAddress, long now) {
        Mapping mapping = byInside.get(key(inside, remote));
        if (mapping != null && !isExpired(mapping.usedAt, now)) {
            return mapping.outside;
        }
        int port = fixedPorts.getOrDefault(inside.port(), inside.port());
        Mapping holder = byOutside.get(Endpoint.of(publicAddress, port));
        boolean free = holder == null || holder.equals(mapping);
        return Endpoint.of(publicAddress, randomPorts || !free ? SOME_RANDOM_PORT : port);
    }

    private @Nullable Mapping openTo(Endpoint outside, Endpoint remote, long now) {
        Mapping mapping = byOutside.get(outside);
        if (mapping == null || isExpired(mapping.usedAt, now)) {
            return null;
        }
        Long usedAt = mapping.permitted.get(permission(remote));
        return usedAt == null || isExpired(usedAt, now) ? null : mapping;
    }

    private Object key(Endpoint inside, Endpoint remote) {
        return kind == NatKind.SYMMETRIC ? new Flow(inside, remote) : inside;
    }

    /** Forgets all mappings; those made from now on have random ports. */
    public void remap() {
        byInside.clear();
        byOutside.clear();
        randomPorts = true;
    }

    private Object permission(Endpoint remote) {
        return switch (kind) {
            case FULL_CONE -> ANYONE;
            case ADDRESS_RESTRICTED_CONE -> remote.address();
            case PORT_RESTRICTED_CONE, SYMMETRIC -> remote;
        };
    }

    /** Keeps the inside port if it is free, as Linux's masquerading does, unless another one is set. */
    private int choosePort(int insidePort, IpAddress publicAddress) {
        int port = fixedPorts.getOrDefault(insidePort, insidePort);
        boolean taken = randomPorts || byOutside.containsKey(Endpoint.of(publicAddress, port));
        for (int tries = 0; taken; tries++) {
            if (tries > 2 * RANDOM_PORTS) {
                throw new IllegalStateException("the NAT at " + publicAddress + " has no port left");
            }
            port = FIRST_RANDOM_PORT + (int) random.below(RANDOM_PORTS);
            taken = byOutside.containsKey(Endpoint.of(publicAddress, port));
        }
        return port;
    }

    private boolean isExpired(long usedAt, long now) {
        return now - usedAt >= timeoutNanos;
    }

    private void purge(long now) {
        if (byInside.size() < purgeAt) {
            return;
        }
        byInside.values().removeIf(mapping -> isExpired(mapping.usedAt, now));
        byOutside.values().removeIf(mapping -> isExpired(mapping.usedAt, now));
        byInside.values().forEach(mapping -> mapping.permitted.values().removeIf(usedAt -> isExpired(usedAt, now)));
        purgeAt = Math.max(256, 2 * byInside.size());
    }

    private record Flow(Endpoint inside, Endpoint remote) {}

    private static final class Mapping {

        final Endpoint inside;
        final Endpoint outside;
        final Map<Object, Long> permitted = new HashMap<>();
        long usedAt;

        Mapping(Endpoint inside, Endpoint outside) {
            this.inside = inside;
            this.outside = outside;
        }
    }
}
