package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.portmap.upnp.XmlTexts.Element;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextsTest {

    @Test
    void elementsComeInTheOrderOfTheirEnds() throws ProtocolException {
        assertThat(XmlTexts.read(
                        "<?xml version=\"1.0\"?><!-- c --><a:x xmlns:a=\"u\"> 1 <b>2&amp;3</b><![CDATA[<4>]]></a:x>"))
                .isEqualTo(List.of(new Element("b", "2&3"), new Element("x", "1 <4>")));
    }

    @Test
    void nothingIsFetched(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "secret");

        assertThatThrownBy(() -> XmlTexts.read("<!DOCTYPE a [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]><a>&x;</a>"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> XmlTexts.read("<!DOCTYPE a SYSTEM \"" + file.toUri() + "\"><a/>"))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a>&b;</a>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;\">]><a>&d;</a>",
            })
    void anythingElseIsRefused(String document) {
        assertThatThrownBy(() -> XmlTexts.read(document)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> XmlTexts.read("<a>" + "<b/>".repeat(4001) + "</a>"))
                .hasMessageContaining("too many elements");
        assertThatThrownBy(() -> XmlTexts.read("<a>".repeat(50) + "</a>".repeat(50)))
                .hasMessageContaining("too deep");
    }
}
