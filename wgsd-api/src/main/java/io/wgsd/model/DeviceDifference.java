package io.wgsd.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What changed in a device's configuration between two readings; counters and handshakes do not count as changes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param settingsChanged whether name, kind, public key, listen port or firewall mark differ
 * @param added peers that only the later reading has, in ascending order of their keys
 * @param removed peers that only the earlier reading has, in the same order
 * @param changed peers whose endpoint, allowed IPs or persistent keepalive differ, in the same order
 */
public record DeviceDifference(
        boolean settingsChanged, List<Peer> added, List<Peer> removed, List<ChangedPeer> changed) {

    /**
     * Makes a difference of copies of these lists.
     *
     * @param settingsChanged whether the device's own settings differ
     * @param added peers that only the later reading has
     * @param removed peers that only the earlier reading has
     * @param changed peers that differ
     */
    public DeviceDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /**
     * A peer whose configuration differs between two readings.
     *
     * @param previous the peer as it was
     * @param current the peer as it is
     */
    public record ChangedPeer(Peer previous, Peer current) {}

    /**
     * Returns the difference of two readings, in time that grows with the number of peers, not its square.
     *
     * @param previous the earlier reading
     * @param current the later reading
     * @return the difference
     */
    @SuppressWarnings("ReferenceEquality") // readings share what is equal
    public static DeviceDifference between(Device previous, Device current) {
        List<Peer> added = new ArrayList<>();
        List<Peer> removed = new ArrayList<>();
        List<ChangedPeer> changed = new ArrayList<>();
        List<Peer> before = previous.peers();
        List<Peer> after = current.peers();
        if (before == after) {
            return new DeviceDifference(settingsDiffer(previous, current), added, removed, changed);
        }
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int order = i == before.size()
                    ? 1
                    : j == after.size()
                            ? -1
                            : before.get(i).publicKey().compareTo(after.get(j).publicKey());
            if (order < 0) {
                removed.add(before.get(i++));
            } else if (order > 0) {
                added.add(after.get(j++));
            } else {
                Peer was = before.get(i++);
                Peer is = after.get(j++);
                if (!was.sameConfiguration(is)) {
                    changed.add(new ChangedPeer(was, is));
                }
            }
        }
        return new DeviceDifference(settingsDiffer(previous, current), added, removed, changed);
    }

    /**
     * Returns whether nothing changed.
     *
     * @return whether settings and peers are the same in both readings
     */
    public boolean isEmpty() {
        return !settingsChanged && added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private static boolean settingsDiffer(Device previous, Device current) {
        return !(previous.name().equals(current.name())
                && previous.kind() == current.kind()
                && Objects.equals(previous.publicKey(), current.publicKey())
                && previous.listenPort() == current.listenPort()
                && previous.firewallMark() == current.firewallMark());
    }
}
