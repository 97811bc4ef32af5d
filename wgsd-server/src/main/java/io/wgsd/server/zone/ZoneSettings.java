package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.nat.NatSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a zone is made of a device.
 *
 * @param options what it has besides peers
 * @param advertiser which peers it has
 * @param signatures whether it is signed
 * @param relays which relays there are, and which peers each hears
 * @param nat from what the NATs of peers are judged
 * @param names what peers are called
 * @param members by which rules the whole zone says for relays elsewhere who is a member; empty where it does not
 */
public record ZoneSettings(
        ZoneOptions options,
        Advertiser advertiser,
        ZoneSigning signatures,
        Supplier<Map<RelayAdvertisement, Set<PublicKey>>> relays,
        NatSettings nat,
        PeerNames names,
        Optional<VisibilityRules> members) {

    /** Settings with which no NAT is judged. */
    public ZoneSettings(
            ZoneOptions options,
            Advertiser advertiser,
            ZoneSigning signatures,
            Supplier<Map<RelayAdvertisement, Set<PublicKey>>> relays) {
        this(options, advertiser, signatures, relays, NatSettings.none(), PeerNames.none(), Optional.empty());
    }

    /** Settings without relays. */
    public ZoneSettings(ZoneOptions options, Advertiser advertiser, ZoneSigning signatures) {
        this(options, advertiser, signatures, Map::of);
    }
}
