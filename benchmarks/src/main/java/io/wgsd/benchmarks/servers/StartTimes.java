package io.wgsd.benchmarks.servers;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * How long whole processes take, in turns: a pass over a device, {@code dig} that asks the same questions, a command
 * that only starts, and a registry until its first answer. Arguments: the command, the registry's device, a file of
 * questions, the pass's device, its registry's port, its file of names, rounds.
 */
final class StartTimes {

    private static final int PORT = 5399;
    private static final int ANSWER_WAIT_MILLIS = 3;
    private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(30);
    private static final int SETTLED_SECONDS = 8;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    private StartTimes() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String wgsd = args[0];
        String question = Files.readAllLines(Path.of(args[2])).get(0).split(" ")[0];
        String registry = "127.0.0.1:" + args[4];
        StartTimes times = new StartTimes();
        // The first round fills caches, and has the launcher make its archive.
        for (int round = -1; round < Integer.parseInt(args[6]); round++) {
            boolean counts = round >= 0;
            times.run(
                    "client, ms",
                    counts,
                    wgsd,
                    "client",
                    "--device",
                    args[3],
                    "--zone",
                    "example.com",
                    "--dns",
                    registry,
                    "--insecure-dns");
            times.run("dig, ms", counts, "dig", "-p", args[4], "-f", args[5]);
            times.run("--version, ms", counts, wgsd, "--version");
            times.firstAnswer(
                    counts,
                    question,
                    wgsd,
                    "registry",
                    "--device",
                    args[1],
                    "--zone",
                    "example.com",
                    "--listen",
                    "127.0.0.1:" + PORT);
        }
        times.print();
    }

    private void run(String name, boolean counts, String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = quiet(command);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
        add(name, counts, millisSince(start));
    }

    private void firstAnswer(boolean counts, String question, String... command)
            throws IOException, InterruptedException {
        byte[] query = Message.newQuery(Record.newRecord(Name.fromString(question), Type.SRV, DClass.IN))
                .toWire();
        long start = System.nanoTime();
        Process process = quiet(command);
        try {
            while (!answers(query)) {
                if (System.nanoTime() - start > LONGEST_START || !process.isAlive()) {
                    throw new IOException(String.join(" ", command) + " does not answer");
                }
            }
            add("registry's first answer, ms", counts, millisSince(start));
            // Long enough for what its compilers need meanwhile.
            if (counts) {
                process.waitFor(SETTLED_SECONDS, TimeUnit.SECONDS);
                add("registry's memory, MB", true, resident(process, "VmRSS:"));
                add("at most until then, MB", true, resident(process, "VmHWM:"));
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean answers(byte[] query) throws IOException, InterruptedException {
        byte[] in = new byte[4096];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", PORT));
            socket.setSoTimeout(ANSWER_WAIT_MILLIS);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket packet = new DatagramPacket(in, in.length);
            socket.receive(packet);
            return !new Message(Arrays.copyOf(in, packet.getLength()))
                    .getSection(Section.ANSWER)
                    .isEmpty();
        } catch (PortUnreachableException | SocketTimeoutException e) {
            TimeUnit.MILLISECONDS.sleep(1);
            return false;
        }
    }

    private static double resident(Process process, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(field)) {
                return Double.parseDouble(
                                line.substring(field.length()).replace("kB", "").strip())
                        * 1024
                        / 1e6;
            }
        }
        throw new IOException("there is no " + field);
    }

    private static Process quiet(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private void add(String name, boolean counts, double figure) {
        if (counts) {
            figures.computeIfAbsent(name, each -> new ArrayList<>()).add(figure);
        }
    }

    private void print() {
        System.out.println("| | median | quartiles | least..most |\n|---|---:|---:|---:|");
        figures.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            int last = sorted.size() - 1;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f..%.0f | %.0f..%.0f |%n",
                    name,
                    sorted.get(last / 2),
                    sorted.get(last / 4),
                    sorted.get(last * 3 / 4),
                    sorted.get(0),
                    sorted.get(last));
        });
    }
}
