package io.wgsd.tests.lab;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network of its own for wireguard-go, the packaged command and other name servers, all at loopback addresses. */
public final class LabNetwork implements AutoCloseable {

    public static final String ZONE = "example.com";
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final WireGuardGo wireGuard;
    private final List<Background> running = new ArrayList<>();

    private LabNetwork(WireGuardGo wireGuard) {
        this.wireGuard = wireGuard;
    }

    /** Brings it up with the device wg0 in it; where the machine cannot, the test is skipped. */
    public static LabNetwork up(Path directory) throws IOException, InterruptedException {
        Wgsd.require();
        Program.require("dig", "bind9-dnsutils");
        return new LabNetwork(WireGuardGo.start(directory, "wg0"));
    }

    /** Returns the device wg0. */
    public WireGuardGo wireGuard() {
        return wireGuard;
    }

    /** Adds an address of this host. */
    public void addAddress(String address) throws IOException, InterruptedException {
        run("ip", "address", "add", address + "/8", "dev", "lo");
    }

    /** Makes another network next to this one, with one address in each, which is left with this one at the latest. */
    public Outside outside(String here, String there) throws IOException, InterruptedException {
        Background holder = Background.start(
                new ProcessBuilder(Program.require("unshare", "util-linux"), "-n", "sleep", "infinity"));
        running.add(holder);
        Outside outside = Outside.of(holder);
        run("ip", "link", "add", "out0", "type", "veth", "peer", "name", "in0", "netns", Long.toString(holder.pid()));
        run("ip", "address", "add", here + "/24", "dev", "out0");
        run("ip", "link", "set", "out0", "up");
        outside.run("ip", "address", "add", there + "/24", "dev", "in0");
        outside.run("ip", "link", "set", "in0", "up");
        return outside;
    }

    /** Gives a device its key and peers, the first of them with this number; each has an endpoint of its own. */
    public static void configure(WireGuardGo device, String privateKey, int first, int peers) throws IOException {
        String all = IntStream.range(first, first + peers)
                .mapToObj(i -> "public_key=" + key(i) + "\nendpoint=203.0.113.1:" + (1024 + i) + "\nallowed_ip=10.0."
                        + i / 256 + "." + i % 256 + "/32\n")
                .collect(Collectors.joining());
        UapiSocket.set(device.socket(), "private_key=" + privateKey + "\n" + all);
    }

    /** Has a peer be reached through another port. */
    public static void move(WireGuardGo device, int peer, int port) throws IOException {
        UapiSocket.set(device.socket(), "public_key=" + key(peer) + "\nendpoint=203.0.113.1:" + port + "\n");
    }

    public static void remove(WireGuardGo device, int peer) throws IOException {
        UapiSocket.set(device.socket(), "public_key=" + key(peer) + "\nremove=true\n");
    }

    /** Returns the name of a peer's service. */
    public static String instance(int peer) {
        return DnsSdNames.parse(ZONE).instance(PublicKey.parseHex(key(peer))).toString();
    }

    /** Starts {@code wgsd}, to be ended with the network at the latest. */
    public Background wgsd(String... arguments) throws IOException {
        // Java cannot hear a SIGHUP that it was started to ignore, as below nohup.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
        command.addAll(Wgsd.command(arguments));
        return background(command);
    }

    /** Starts a program, to be ended with the network at the latest. */
    public Background background(List<String> command) throws IOException {
        Background started = Background.start(new ProcessBuilder(wireGuard.inside(command.toArray(String[]::new))));
        running.add(started);
        return started;
    }

    /** Runs a program to its end. */
    public Program.Result run(String... command) throws IOException, InterruptedException {
        return Program.run(LIMIT, new ProcessBuilder(wireGuard.inside(command)));
    }

    /** Returns the data of what a name server answers, one line for each record; empty where it does not answer. */
    public String dig(String server, String name, String type) throws IOException, InterruptedException {
        return run("dig", "+short", "+tries=1", "+time=2", "@" + server, name, type)
                .output();
    }

    /** Returns all records of a name server's zone, sorted. */
    public List<String> transfer(String server, String... options) throws IOException, InterruptedException {
        return transferZone(ZONE, server, options);
    }

    /** Returns the same of another zone. */
    public List<String> transferZone(String zone, String server, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dig", "+noall", "+answer", "+onesoa"));
        command.addAll(List.of(options));
        command.addAll(List.of("@" + server, zone, "AXFR"));
        return run(command.toArray(String[]::new))
                .output()
                .lines()
                .map(line -> line.replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    /** Waits until a name server answers as it should. */
    public void await(String server, String name, String type, Predicate<String> answer)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String got = dig(server, name, type);
        while (!answer.test(got)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(server + " answers " + name + " " + type + ":\n" + got + "\n" + logs());
            }
            TimeUnit.MILLISECONDS.sleep(20);
            got = dig(server, name, type);
        }
    }

    /** Returns what all programs have said that were started here. */
    public String logs() throws IOException {
        List<String> all = new ArrayList<>();
        for (Background each : running) {
            all.add(each.output());
        }
        return String.join("\n----\n", all);
    }

    @Override
    public void close() throws InterruptedException {
        running.forEach(Background::close);
        wireGuard.close();
    }

    /** Writes a file of names, in which a peer is {@code peer-<number>}. */
    public static Path writeNames(Path file, int first, int peers) throws IOException {
        return Files.write(
                file,
                IntStream.range(first, first + peers)
                        .mapToObj(i -> "peer-" + i + " "
                                + PublicKey.of(HexFormat.of().parseHex(key(i))).toBase64())
                        .toList());
    }

    /** Returns a key in the words of WireGuard's userspace protocol, of which the first byte is not always the same. */
    private static String key(int peer) {
        return String.format("%02x%04x", peer * 37 % 256, peer) + "00".repeat(29);
    }
}
