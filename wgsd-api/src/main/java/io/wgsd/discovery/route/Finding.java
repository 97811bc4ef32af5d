package io.wgsd.discovery.route;

import java.util.Optional;

/**
 * What speaks against an endpoint.
 *
 * @param refusal why it is never written; empty where it may be
 * @param doubt why packets may not get there though it may be written, as a clause for people; empty if nothing is in
 *     doubt
 */
public record Finding(Optional<String> refusal, Optional<String> doubt) {

    public static final Finding GOOD = new Finding(Optional.empty(), Optional.empty());

    static Finding refused(String why) {
        return new Finding(Optional.of(why), Optional.empty());
    }

    public static Finding doubted(String why) {
        return new Finding(Optional.empty(), Optional.of(why));
    }

    public boolean isGood() {
        return refusal.isEmpty() && doubt.isEmpty();
    }
}
