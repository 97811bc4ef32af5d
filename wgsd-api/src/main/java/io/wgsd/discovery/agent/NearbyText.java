package io.wgsd.discovery.agent;

import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what peers have registered of themselves as parts of a recorded look, and reads it back: {@code nearby KEY
 * LOCAL OTHERS AWAITED}. Where there is nothing there is no part.
 */
final class NearbyText {

    private static final String NONE = "-";

    private final Map<PublicKey, Nearby> all = new HashMap<>();

    /** Returns the parts, each after a bar; of peers only those that the device has. */
    static String write(Map<PublicKey, Nearby> nearby, Device device) {
        return nearby.isEmpty()
                ? ""
                : device.peers().stream()
                        .map(Peer::publicKey)
                        .filter(nearby::containsKey)
                        .map(key -> write(key, nearby.getOrDefault(key, Nearby.none())))
                        .collect(Collectors.joining());
    }

    private static String write(PublicKey key, Nearby each) {
        return " | nearby " + key.toBase64() + " " + write(each.local()) + " " + write(each.others()) + " "
                + each.awaited();
    }

    /**
     * Takes a part, if it is one of these.
     *
     * @return whether it is
     * @throws io.wgsd.model.FormatException if it makes no sense
     */
    boolean take(String part) {
        String[] words = part.split(" ", -1);
        if (!words[0].equals("nearby") || words.length != 5) {
            return false;
        }
        all.put(
                PublicKey.parse(words[1]),
                new Nearby(endpoints(words[2]), endpoints(words[3]), Boolean.parseBoolean(words[4])));
        return true;
    }

    Map<PublicKey, Nearby> nearby() {
        return all;
    }

    private static String write(List<Endpoint> endpoints) {
        return endpoints.isEmpty()
                ? NONE
                : endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }

    private static List<Endpoint> endpoints(String word) {
        return word.equals(NONE)
                ? List.of()
                : Stream.of(word.split(",", -1)).map(Endpoint::parse).toList();
    }
}
