package io.wgsd.members;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A device after a change, as the kernel would have it: a prefix that one peer gets is taken from the others. */
final class AppliedChange {

    private AppliedChange() {}

    static Device of(DeviceChange change, Device device) {
        NavigableMap<PublicKey, Set<IpPrefix>> peers = new TreeMap<>();
        device.peers().forEach(peer -> peers.put(peer.publicKey(), new TreeSet<>(peer.allowedIps())));
        for (PeerChange each : change.peers()) {
            PublicKey key = each.publicKey();
            if (each.isRemove()) {
                peers.remove(key);
            } else if (peers.containsKey(key) || !each.isUpdateOnly()) {
                each.addedAllowedIps().forEach(prefix -> peers.values().forEach(others -> others.remove(prefix)));
                Set<IpPrefix> own = peers.computeIfAbsent(key, fresh -> new TreeSet<>());
                own.addAll(each.addedAllowedIps());
                each.removedAllowedIps().forEach(own::remove);
            }
        }
        Device.Builder after = Device.builder(device.name(), DeviceKind.USERSPACE);
        device.publicKey().ifPresent(after::publicKey);
        peers.forEach((key, prefixes) ->
                after.peer(Peer.builder(key).allowedIps(prefixes).build()));
        return after.build();
    }
}
