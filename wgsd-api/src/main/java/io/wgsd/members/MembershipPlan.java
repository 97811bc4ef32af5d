package io.wgsd.members;

import io.wgsd.model.DeviceChange;
import java.util.List;

/**
 * What is done to a device because of members. Immutable and thread-safe.
 *
 * @param change what is done, peers that go first; it sets no endpoint of a peer that is there
 * @param noted what is to be noted before the change, so that all of it can be undone wherever it stops
 * @param made what was made once the change is done, to be noted then
 * @param refusals what members do not get, in the order of their keys
 */
public record MembershipPlan(DeviceChange change, MadePeers noted, MadePeers made, List<MembershipRefusal> refusals) {

    /**
     * Makes a plan of a copy of the list.
     *
     * @param change what is done
     * @param noted what is noted before
     * @param made what is noted after
     * @param refusals what is not done
     */
    public MembershipPlan {
        refusals = List.copyOf(refusals);
    }
}
