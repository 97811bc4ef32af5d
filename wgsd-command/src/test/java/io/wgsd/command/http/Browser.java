package io.wgsd.command.http;

import io.wgsd.command.output.Json;
import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page in Chromium without a screen, by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Pattern PORT = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/devtools/browser/");
    private static final Pattern PAGE = Pattern.compile("\"webSocketDebuggerUrl\": \"(ws://[^\"]+/page/[^\"]+)\"");

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages;
    private int last;

    private Browser(Process process, WebSocket socket, BlockingQueue<String> messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    /** Starts a browser that shows nothing yet. */
    static Browser open(Path directory) throws IOException, InterruptedException {
        Lab.require(Files.isExecutable(PROGRAM), "there is no Chromium here: install Debian's chromium");
        Path output = directory.resolve("chromium.log");
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        // Its sandbox does not work for root, and it reads our own page alone.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // It leaves files in the folder for temporary ones.
        builder.environment().put("TMPDIR", directory.toString());
        Process process = builder.start();
        boolean connected = false;
        try {
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            WebSocket socket = connect(await(process, output), messages);
            connected = true;
            return new Browser(process, socket, messages);
        } finally {
            if (!connected) {
                end(process);
            }
        }
    }

    /** Shows a page, as on a screen of a size, in pixels. */
    void show(String address, int width, int height, boolean dark) throws InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + (dark ? "dark" : "light") + "\"}]}");
        call("Emulation.setScrollbarsHidden", "{\"hidden\":true}");
        call("Page.navigate", "{\"url\":" + Json.write(address) + "}");
    }

    /** Returns what an expression is in the page, as JSON. */
    String evaluate(String expression) throws InterruptedException {
        return call("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":" + Json.write(expression) + "}");
    }

    /** Waits until an expression is true in the page. */
    void await(String expression) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!evaluate("Boolean(" + expression + ")").contains("\"value\":true")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        expression + " is not so; the page says: " + evaluate("document.body.innerText"));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Presses a key and lets go of it. */
    void press(String key) throws InterruptedException {
        for (String type : new String[] {"keyDown", "keyUp"}) {
            call("Input.dispatchKeyEvent", Json.write(Map.of("type", type, "key", key)));
        }
    }

    /** Calls a method of the protocol and returns what comes back. */
    String call(String method, String parameters) throws InterruptedException {
        last++;
        socket.sendText("{\"id\":" + last + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true);
        String begin = "{\"id\":" + last + ",";
        while (true) {
            String message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError(method + " was not answered");
            }
            if (message.startsWith(begin)) {
                return message;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        end(process);
    }

    private static void end(Process process) throws InterruptedException {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static String await(Process process, Path output) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Matcher port = PORT.matcher(Files.readString(output));
        while (!port.find()) {
            if (System.nanoTime() > deadline || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Chromium does not start:\n" + Files.readString(output));
            }
            port = PORT.matcher(Files.readString(output));
        }
        return port.group(1);
    }

    private static WebSocket connect(String port, BlockingQueue<String> messages)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        Matcher page = PAGE.matcher(client.send(list, BodyHandlers.ofString()).body());
        if (!page.find()) {
            throw new IOException("Chromium shows no page");
        }
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(page.group(1)), new Messages(messages))
                .join();
    }

    private static final class Messages implements WebSocket.Listener {

        private final BlockingQueue<String> whole;
        private final StringBuilder part = new StringBuilder();

        Messages(BlockingQueue<String> whole) {
            this.whole = whole;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            part.append(text);
            if (isLast) {
                whole.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
