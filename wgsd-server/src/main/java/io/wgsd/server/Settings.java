package io.wgsd.server;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.access.AccessPolicy;
import io.wgsd.server.answer.access.Outsiders;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.zone.ZoneSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What can be changed while a registry runs.
 *
 * @param responder how answers are made
 * @param zoneSettings how the zone is made
 * @param visibility which peers see which
 * @param outsiders what others may have
 * @param mayTransfer the clients that may transfer the whole zone
 * @param staleLimit how old a reading may be
 */
record Settings(
        Responder responder,
        ZoneSettings zoneSettings,
        VisibilityRules visibility,
        Outsiders outsiders,
        List<IpPrefix> mayTransfer,
        Duration staleLimit) {

    AccessPolicy policy(CryptokeyRouting peers, Set<IpAddress> own) {
        return new AccessPolicy(peers, own, outsiders, mayTransfer);
    }
}
