package io.wgsd.portmap.upnp;

import io.wgsd.portmap.upnp.XmlTexts.Element;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Calls of a service's actions, and what comes back: UPnP Device Architecture 1.0, section 3.2. */
final class SoapMessages {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    private SoapMessages() {}

    /**
     * What a service has answered.
     *
     * @param error the error's number; empty for success
     * @param values what it returns, by name
     */
    record Answer(OptionalInt error, Map<String, String> values) {}

    /** Writes a call; neither names nor values hold what XML would have to escape. */
    static byte[] call(String type, String action, Map<String, String> arguments) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"")
                .append(ENVELOPE)
                .append("\" s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:")
                .append(action)
                .append(" xmlns:u=\"")
                .append(type)
                .append("\">");
        arguments.forEach((name, value) -> text.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>'));
        return text.append("</u:")
                .append(action)
                .append("></s:Body></s:Envelope>\r\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what a service has answered.
     *
     * @throws ProtocolException if it is neither an answer to this action nor an error
     */
    static Answer read(String action, String document) throws ProtocolException {
        Map<String, String> values = new HashMap<>();
        OptionalInt error = OptionalInt.empty();
        boolean answers = false;
        for (Element element : XmlTexts.read(document)) {
            values.putIfAbsent(element.name(), element.text());
            if (element.name().equals("errorCode") && element.text().matches("[0-9]{1,5}")) {
                error = OptionalInt.of(Integer.parseInt(element.text()));
            }
            answers |= element.name().equals(action + "Response");
        }
        if (!answers && error.isEmpty()) {
            throw new ProtocolException("what is no answer to " + action);
        }
        return new Answer(error, Map.copyOf(values));
    }
}
