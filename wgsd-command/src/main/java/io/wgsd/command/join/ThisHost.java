package io.wgsd.command.join;

import io.wgsd.command.host.HostNetworks;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The host on which this runs. */
final class ThisHost implements Host {

    private static final long SECONDS = 60;
    private static final int MOST_OUTPUT = 64 * 1024;

    @Override
    public boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    @Override
    public boolean hasSystemd() {
        // sd_booted(3)
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    @Override
    public boolean hasInterface(String name) throws IOException {
        return NetworkInterface.getByName(name) != null;
    }

    @Override
    public List<IpPrefix> networksBeside(String device) throws IOException {
        return HostNetworks.beside(device);
    }

    @Override
    public boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return execute(command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void run(String... command) throws IOException, InterruptedException {
        Result result = execute(command);
        if (result.status() != 0) {
            throw new IOException("\"" + String.join(" ", command) + "\" failed: "
                    + result.output().strip().replaceAll("\\s*\\R\\s*", "; "));
        }
    }

    private record Result(int status, String output) {}

    private static Result execute(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("cannot run " + command[0] + ": " + e.getMessage(), e);
        }
        process.getOutputStream().close();
        // What stays behind, as a WireGuard in userspace, may keep the output open: so only the process is waited for.
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("\"" + String.join(" ", command) + "\" took longer than " + SECONDS + " s");
        }
        InputStream output = process.getInputStream();
        byte[] said = output.readNBytes(Math.min(MOST_OUTPUT, output.available()));
        return new Result(process.exitValue(), new String(said, StandardCharsets.UTF_8));
    }
}
