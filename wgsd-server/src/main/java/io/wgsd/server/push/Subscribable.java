package io.wgsd.server.push;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * Which names can be subscribed to: those that the zone has, and those that it would have with another peer. All others
 * never change, and would only take memory.
 */
final class Subscribable {

    private static final int LONGEST_HOST = Base32Keys.UNPADDED_LENGTH;
    private static final int LONGEST_SUBTYPE = 4;
    private static final String PROTOCOL = "_udp";
    private static final String SERVICE = "_wireguard";
    private static final Set<String> SERVICES = Set.of(SERVICE, "_wireguard-cand", "_wireguard-relay");

    private final DnsSdNames names;

    Subscribable(DnsSdNames names) {
        this.names = names;
    }

    boolean has(Name name, Zone zone) {
        return zone.find(name).isPresent() || couldBeAPeers(name);
    }

    private boolean couldBeAPeers(Name name) {
        if (!name.subdomain(names.origin())) {
            return false;
        }
        return switch (name.labels() - names.origin().labels()) {
            case 0 -> true;
            case 1 -> isHost(name, 0);
            case 2 -> isService(name, 0);
            case 3 -> isService(name, 1) ? isKey(name) : isOfHost(name);
            case 4 -> isService(name, 2) && isSubtype(name);
            default -> false;
        };
    }

    private static boolean isService(Name name, int label) {
        return SERVICES.contains(label(name, label)) && label(name, label + 1).equals(PROTOCOL);
    }

    /** The host's own service, as in {@code _wireguard._udp.alice.Z}. */
    private static boolean isOfHost(Name name) {
        return label(name, 0).equals(SERVICE) && label(name, 1).equals(PROTOCOL) && isHost(name, 2);
    }

    private static boolean isHost(Name name, int label) {
        return name.getLabel(label)[0] <= LONGEST_HOST;
    }

    private static boolean isSubtype(Name name) {
        return name.getLabel(0)[0] <= LONGEST_SUBTYPE && label(name, 1).equals("_sub");
    }

    private static boolean isKey(Name name) {
        try {
            PublicKey.parseBase32(name.getLabelString(0));
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private static String label(Name name, int label) {
        return name.getLabelString(label).toLowerCase(Locale.ROOT);
    }
}
