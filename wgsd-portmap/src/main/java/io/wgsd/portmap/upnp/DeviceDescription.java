package io.wgsd.portmap.upnp;

import io.wgsd.portmap.upnp.XmlTexts.Element;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a device says of itself: UPnP Device Architecture 1.0, section 2.1. */
final class DeviceDescription {

    private static final int MOST_SERVICES = 4;

    private DeviceDescription() {}

    /**
     * Returns the services that map ports, the best first: those of IP before those of PPP, and the newest.
     *
     * @param document the description
     * @param location where it is from, to which its URLs are relative
     * @throws ProtocolException if it is no description; a service whose URL leads away from the router is left out
     */
    static List<Service> services(String document, HttpTarget location) throws ProtocolException {
        HttpTarget base = location;
        String type = "";
        String control = "";
        List<Service> services = new ArrayList<>();
        for (Element element : XmlTexts.read(document)) {
            switch (element.name()) {
                case "URLBase" -> base = element.text().isEmpty() ? base : base.resolve(element.text());
                case "serviceType" -> type = element.text();
                case "controlURL" -> control = element.text();
                case "service" -> {
                    if (Service.isType(type)) {
                        add(services, type, base, control);
                    }
                    type = "";
                    control = "";
                }
                default -> {
                    // Names, pictures and other services.
                }
            }
        }
        services.sort(Comparator.comparing(Service::type, DeviceDescription::compare));
        return services.stream().limit(MOST_SERVICES).toList();
    }

    private static int compare(String one, String other) {
        boolean ip = one.contains("WANIP");
        return ip == other.contains("WANIP") ? other.compareTo(one) : ip ? -1 : 1;
    }

    private static void add(List<Service> services, String type, HttpTarget base, String control) {
        try {
            services.add(new Service(type, base.resolve(control)));
        } catch (ProtocolException e) {
            // A router that sends its hosts elsewhere maps nothing.
        }
    }
}
