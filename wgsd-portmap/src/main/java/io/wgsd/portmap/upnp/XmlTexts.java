package io.wgsd.portmap.upnp;

import java.io.StringReader;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML document as a list of its elements, in the order of their ends, with the text right inside each. There are no
 * document types in it, no entities but XML's own five, and nothing is ever fetched.
 */
final class XmlTexts {

    private static final int MOST_ELEMENTS = 4000;
    private static final int DEEPEST = 40;

    private XmlTexts() {}

    /**
     * An element.
     *
     * @param name its name, without prefix
     * @param text the text in it, but not in elements in it; without blanks around
     */
    record Element(String name, String text) {}

    /**
     * Reads a document.
     *
     * @throws ProtocolException if it is none, has a document type, or is too large
     */
    static List<Element> read(String document) throws ProtocolException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(document));
            List<Element> elements = new ArrayList<>();
            Deque<StringBuilder> texts = new ArrayDeque<>();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new ProtocolException("an XML document with a document type or an entity");
                    case XMLStreamConstants.START_ELEMENT -> {
                        texts.push(new StringBuilder());
                        if (texts.size() > DEEPEST) {
                            throw new ProtocolException("an XML document that is too deep");
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (!texts.isEmpty()) {
                            texts.peek().append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        elements.add(new Element(
                                reader.getLocalName(), texts.pop().toString().strip()));
                        if (elements.size() > MOST_ELEMENTS) {
                            throw new ProtocolException("an XML document with too many elements");
                        }
                    }
                    default -> {
                        // Comments, instructions and blanks say nothing.
                    }
                }
            }
            return List.copyOf(elements);
        } catch (XMLStreamException | RuntimeException e) {
            throw new ProtocolException("what is no XML document");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }
}
