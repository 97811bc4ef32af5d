package io.wgsd.portmap.upnp;

import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.exchange.FakeRouter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A router with UPnP on loopback, which behaves as its fields say. */
final class FakeIgd implements AutoCloseable {

    static final Gateway GATEWAY = FakeRouter.GATEWAY;

    private static final Pattern ACTION = Pattern.compile("SOAPAction: \"[^\"]*#(\\w+)\"");
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    /** What is called, with the external port where there is one, and what has a lease. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    final Map<Integer, Long> leases = Collections.synchronizedMap(new HashMap<>());

    volatile String location;
    volatile String description;
    volatile String external = "198.51.100.7";
    volatile String client = "127.0.0.1";
    volatile boolean permanentOnly;
    volatile boolean ignoresLease;
    volatile int taken;
    volatile int error;

    /** Takes over a connection, where it is set. */
    volatile Consumer<Socket> instead = socket -> {};

    volatile boolean isInstead;

    private final ServerSocket server;
    private final FakeRouter search;

    FakeIgd() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        location = "http://127.0.0.1:" + server.getLocalPort() + "/root.xml";
        description = description("/control");
        search = new FakeRouter(request -> List.of(("HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:"
                        + "InternetGatewayDevice:1\r\nLocation: " + location + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        Thread thread = new Thread(this::serve, "fake-igd");
        thread.setDaemon(true);
        thread.start();
    }

    static String description(String control) {
        return """
                <?xml version="1.0"?>
                <root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceList><device><deviceList><device>
                <serviceList>
                <service><serviceType>urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1</serviceType>
                <controlURL>/common</controlURL></service>
                <service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>
                <controlURL>%s</controlURL></service>
                </serviceList></device></deviceList></device></deviceList></device></root>
                """.formatted(control);
    }

    int searchPort() {
        return search.port();
    }

    FakeRouter search() {
        return search;
    }

    void instead(Consumer<Socket> handler) {
        instead = handler;
        isInstead = true;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (isInstead) {
                    instead.accept(socket);
                } else {
                    String request = request(socket.getInputStream());
                    socket.getOutputStream().write(answer(request).getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // The asker has gone, or the router is closed.
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            bytes.write(next);
            String text = bytes.toString(StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(text);
            if (end >= 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1))) {
                return text;
            }
        }
    }

    private String answer(String request) {
        Matcher action = ACTION.matcher(request);
        if (!action.find()) {
            return response(200, description);
        }
        String name = action.group(1);
        String port = argument(request, "NewExternalPort");
        calls.add(port.isEmpty() ? name : name + " " + port);
        if (error != 0) {
            return fault(error);
        }
        return switch (name) {
            case "GetExternalIPAddress" ->
                result(name, "<NewExternalIPAddress>" + external + "</NewExternalIPAddress>");
            case "AddPortMapping" -> add(name, Integer.parseInt(port), request);
            case "GetSpecificPortMappingEntry" -> entry(name, Integer.parseInt(port));
            case "DeletePortMapping" -> leases.remove(Integer.parseInt(port)) == null ? fault(714) : result(name, "");
            default -> fault(401);
        };
    }

    private String add(String name, int port, String request) {
        long lease = Long.parseLong(argument(request, "NewLeaseDuration"));
        if (permanentOnly && lease != 0) {
            return fault(725);
        }
        if (port == taken) {
            return fault(718);
        }
        leases.put(port, ignoresLease ? 0 : lease);
        return result(name, "");
    }

    private String entry(String name, int port) {
        Long lease = leases.get(port);
        return lease == null
                ? fault(714)
                : result(
                        name,
                        "<NewInternalPort>51820</NewInternalPort><NewInternalClient>" + client
                                + "</NewInternalClient><NewLeaseDuration>" + lease + "</NewLeaseDuration>");
    }

    private static String argument(String request, String name) {
        Matcher value = Pattern.compile("<" + name + ">([^<]*)<").matcher(request);
        return value.find() ? value.group(1) : "";
    }

    private static String result(String action, String values) {
        return response(
                200,
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><u:" + action
                        + "Response xmlns:u=\"urn:schemas-upnp-org:service:WANIPConnection:1\">" + values + "</u:"
                        + action + "Response></s:Body></s:Envelope>");
    }

    private static String fault(int error) {
        return response(
                500,
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><detail><UPnPError>"
                        + "<errorCode>" + error + "</errorCode></UPnPError></detail></s:Fault></s:Body></s:Envelope>");
    }

    static String response(int status, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n" + body;
    }

    @Override
    public void close() throws IOException {
        server.close();
        search.close();
    }
}
