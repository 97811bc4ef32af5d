package io.wgsd.benchmarks.servers;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Peers as a large network has them: random keys, an address and an allowed IP each, the same at every run. */
public final class Peers {

    private static final int SEED = 20_261_128;

    private Peers() {}

    /**
     * Returns peers.
     *
     * @param count how many
     * @param since since when each has been at its endpoint
     * @return the peers in ascending order of their keys
     */
    public static List<Advertisement> of(int count, Instant since) {
        Random random = new Random(SEED);
        List<Advertisement> peers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            random.nextBytes(key);
            peers.add(Advertisement.builder(PublicKey.of(key))
                    .endpoint(Endpoint.parse(
                            "198.51." + (i >> 8 & 0xff) + "." + (i & 0xff) + ":" + (10_000 + random.nextInt(50_000))))
                    .allowedIps(List.of(
                            IpPrefix.parse("10." + (1 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff) + "/32")))
                    .since(since)
                    .build());
        }
        peers.sort(Comparator.comparing(Advertisement::publicKey));
        return peers;
    }

    /** Returns names of peers that there are not. */
    static List<PublicKey> others(int count) {
        Random random = new Random(SEED + 1);
        List<PublicKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            random.nextBytes(key);
            keys.add(PublicKey.of(key));
        }
        return keys;
    }
}
