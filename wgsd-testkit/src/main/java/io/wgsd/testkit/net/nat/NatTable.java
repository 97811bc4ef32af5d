package io.wgsd.testkit.net.nat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.testkit.net.NatBehaviour;
import io.wgsd.testkit.net.NatBehaviour.Filtering;
import io.wgsd.testkit.net.NatBehaviour.Mapping;
import io.wgsd.testkit.net.NatBehaviour.Ports;
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

    private static final int FIRST_SEQUENTIAL_PORT = 40_000;
    private static final int MAX_PORT = 65_535;

    private final NatBehaviour behaviour;
    private final long timeoutNanos;
    private final Randomness random;
    private final Map<Integer, Integer> fixedPorts;
    private final Map<Object, Entry> byInside = new HashMap<>();
    private final Map<Endpoint, Entry> byOutside = new HashMap<>();
    private Ports ports;
    private int nextPort = FIRST_SEQUENTIAL_PORT;
    private int purgeAt = 256;

    public NatTable(NatBehaviour behaviour, long timeoutNanos, Randomness random, Map<Integer, Integer> fixedPorts) {
        this.behaviour = behaviour;
        this.timeoutNanos = timeoutNanos;
        this.random = random;
        this.fixedPorts = Map.copyOf(fixedPorts);
        ports = behaviour.ports();
    }

    /** Returns the public endpoint from which a datagram leaves, and admits responses to it. */
    public Endpoint outbound(Endpoint inside, Endpoint remote, IpAddress publicAddress, long now) {
        Object key = key(inside, remote);
        Entry mapping = byInside.get(key);
        if (mapping != null && isExpired(mapping.usedAt, now)) {
            byInside.remove(key);
            byOutside.remove(mapping.outside, mapping);
            mapping = null;
        }
        if (mapping == null) {
            purge(now);
            mapping = new Entry(inside, outside(inside, publicAddress));
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
        if (behaviour.filtering() == Filtering.NONE) {
            return outside;
        }
        Entry mapping = openTo(outside, remote, now);
        if (mapping == null) {
            return null;
        }
        mapping.usedAt = now;
        mapping.permitted.put(permission(remote), now);
        Object key = key(mapping.inside, remote);
        Entry answering = byInside.get(key);
        if (answering == null || isExpired(answering.usedAt, now)) {
            // An answer leaves by the port at which the question came in, as with Linux's connection tracking.
            byInside.put(key, mapping);
        }
        return mapping.inside;
    }

    /** Returns what {@link #inbound} would, and changes nothing. */
    @Nullable
    public Endpoint previewInbound(Endpoint outside, Endpoint remote, long now) {
        if (behaviour.filtering() == Filtering.NONE) {
            return outside;
        }
        Entry mapping = openTo(outside, remote, now);
        return mapping == null ? null : mapping.inside;
    }

    /** Returns what {@link #outbound} would, except for a port that chance chooses, and changes nothing. */
    public Endpoint previewOutbound(Endpoint inside, Endpoint remote, IpAddress publicAddress, long now) {
        Entry mapping = byInside.get(key(inside, remote));
        if (mapping != null && !isExpired(mapping.usedAt, now)) {
            return mapping.outside;
        }
        if (behaviour.mapping() == Mapping.NONE) {
            return inside;
        }
        int port = ports == Ports.SEQUENTIAL ? nextPort : fixedPorts.getOrDefault(inside.port(), inside.port());
        Entry holder = byOutside.get(Endpoint.of(publicAddress, port));
        boolean free = holder == null || holder.equals(mapping);
        return Endpoint.of(publicAddress, ports == Ports.RANDOM || !free ? SOME_RANDOM_PORT : port);
    }

    private @Nullable Entry openTo(Endpoint outside, Endpoint remote, long now) {
        Entry mapping = byOutside.get(outside);
        if (mapping == null || isExpired(mapping.usedAt, now)) {
            return null;
        }
        Long usedAt = mapping.permitted.get(permission(remote));
        return usedAt == null || isExpired(usedAt, now) ? null : mapping;
    }

    private Object key(Endpoint inside, Endpoint remote) {
        return switch (behaviour.mapping()) {
            case NONE, ENDPOINT_INDEPENDENT -> inside;
            case ADDRESS_DEPENDENT -> new Flow(inside, remote.address());
            case ADDRESS_AND_PORT_DEPENDENT -> new Flow(inside, remote);
        };
    }

    /** Forgets all mappings; those made from now on have random ports, or go on in the sequence. */
    public void remap() {
        byInside.clear();
        byOutside.clear();
        ports = ports == Ports.PRESERVED && behaviour.mapping() != Mapping.NONE ? Ports.RANDOM : ports;
    }

    private Object permission(Endpoint remote) {
        return switch (behaviour.filtering()) {
            case NONE, ENDPOINT_INDEPENDENT -> ANYONE;
            case ADDRESS_DEPENDENT -> remote.address();
            case ADDRESS_AND_PORT_DEPENDENT -> remote;
        };
    }

    private Endpoint outside(Endpoint inside, IpAddress publicAddress) {
        return behaviour.mapping() == Mapping.NONE
                ? inside
                : Endpoint.of(
                        publicAddress,
                        ports == Ports.SEQUENTIAL
                                ? sequentialPort(publicAddress)
                                : choosePort(inside.port(), publicAddress));
    }

    private int sequentialPort(IpAddress publicAddress) {
        int port;
        do {
            port = nextPort;
            nextPort = port == MAX_PORT ? FIRST_RANDOM_PORT : port + 1;
        } while (byOutside.containsKey(Endpoint.of(publicAddress, port)));
        return port;
    }

    /** Keeps the inside port if it is free, as Linux's masquerading does, unless another one is set. */
    private int choosePort(int insidePort, IpAddress publicAddress) {
        int port = fixedPorts.getOrDefault(insidePort, insidePort);
        boolean taken = ports == Ports.RANDOM || byOutside.containsKey(Endpoint.of(publicAddress, port));
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

    /** Where a mapping depends on the destination: on its address, or on address and port. */
    private record Flow(Endpoint inside, Object remote) {}

    private static final class Entry {

        final Endpoint inside;
        final Endpoint outside;
        final Map<Object, Long> permitted = new HashMap<>();
        long usedAt;

        Entry(Endpoint inside, Endpoint outside) {
            this.inside = inside;
            this.outside = outside;
        }
    }
}
