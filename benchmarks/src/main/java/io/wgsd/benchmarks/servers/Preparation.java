package io.wgsd.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Writes the zone of so many peers, and what is asked of it, for dnsperf. Arguments: the number of peers, and the
 * folder.
 */
final class Preparation {

    private static final int MISSES = 10_000;
    /** The client is to have the same work, and the same use of the caches, however many peers there are. */
    private static final int LEAST_QUESTIONS = 400_000;

    private Preparation() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        DnsSdNames names = DnsSdNames.parse("example.com");
        // The clock of a registry that starts now cannot be foreseen to the second, but all times have as many digits.
        Instant now = Instant.now();
        List<Advertisement> peers = Peers.of(count, now);
        ZoneOptions options = ZoneOptions.builder(names)
                .nameServerAddress(IpAddress.parse("127.0.0.1"))
                .build();
        Files.writeString(folder.resolve("zone"), ZoneFile.text(Zone.of(options, peers, now.getEpochSecond())));
        List<String> srv = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        List<String> miss = new ArrayList<>();
        for (Advertisement peer : peers) {
            String instance = names.instance(peer.publicKey()).toString();
            String host = names.host(peer.publicKey()).toString();
            srv.add(instance + " SRV");
            mixed.add(instance + " SRV");
            mixed.add(instance + " TXT");
            mixed.add(host + " A");
            mixed.add(host + " AAAA");
        }
        Peers.others(Math.min(count * 10, MISSES)).forEach(key -> miss.add(names.instance(key) + " SRV"));
        for (int i = 0; i < mixed.size() / 16; i++) {
            mixed.add(names.services() + " PTR");
        }
        mixed.addAll(miss.subList(0, Math.min(miss.size(), Math.max(1, count / 2))));
        write(folder.resolve("srv"), srv);
        write(folder.resolve("miss"), miss);
        write(folder.resolve("mixed"), mixed);
        write(folder.resolve("ptr"), List.of(names.services() + " PTR"));
    }

    private static void write(Path file, List<String> questions) throws IOException {
        List<String> shuffled = new ArrayList<>(questions);
        while (shuffled.size() < LEAST_QUESTIONS) {
            shuffled.addAll(questions);
        }
        Collections.shuffle(shuffled, new Random(1));
        Files.write(file, shuffled, US_ASCII);
    }
}
