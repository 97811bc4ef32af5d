package io.wgsd.tests.contract;

import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** WireGuard devices of the kernel that runs this, made and removed by {@code ip}. */
abstract class KernelDevices implements PeerSourceFixture {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Deque<String> devices = new ArrayDeque<>();

    @Override
    public String createDevice() throws IOException, InterruptedException {
        String name = "wgk" + devices.size();
        ip("link", "add", name, "type", "wireguard");
        devices.push(name);
        ip("link", "set", name, "up");
        return name;
    }

    @Override
    public void removeDevice(String device) throws IOException, InterruptedException {
        ip("link", "del", device);
        devices.remove(device);
    }

    @Override
    public void close() throws IOException {
        try {
            while (!devices.isEmpty()) {
                ip("link", "del", devices.pop());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder ip = new ProcessBuilder(Program.require("ip", "iproute2"));
        ip.command().addAll(List.of(arguments));
        Program.Result result = Program.run(LIMIT, ip);
        if (result.status() != 0) {
            throw new IOException(ip.command() + ": " + result.output());
        }
    }
}
