package io.wgsd.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a release publishes is what the BOM lists, and what builds it is what was checked. */
class PublishingSettingsTest {

    private static final Path ROOT = Path.of("..");
    private static final String BOM = "wgsd-bom";

    @Test
    void modulesThatAreNotInTheBomAreNotPublished() throws Exception {
        Set<String> inBom = new TreeSet<>(texts(pom(BOM), "dependency", "artifactId"));
        Set<String> unpublished = new TreeSet<>();
        for (String module : texts(pom(""), "modules", "module")) {
            String artifact = artifact(module);
            if (!inBom.contains(artifact) && !artifact.equals(BOM)) {
                unpublished.add(artifact);
                assertThat(texts(pom(module), "properties", "maven.deploy.skip"))
                        .as("maven.deploy.skip of " + module)
                        .containsExactly("true");
            }
        }

        assertThat(unpublished).isNotEmpty();
        assertThat(new TreeSet<>(texts(pom(""), "excludeArtifacts", "excludeArtifact")))
                .as("excludeArtifacts of the profile central")
                .isEqualTo(unpublished);
    }

    @Test
    void theWrapperChecksTheDistributionThatItFetches() throws IOException {
        Properties wrapper = new Properties();
        try (InputStream file = Files.newInputStream(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"))) {
            wrapper.load(file);
        }

        assertThat(wrapper.getProperty("distributionUrl")).startsWith("https://");
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
    }

    /** The module's own artifact, and not its parent's. */
    private static String artifact(String module) throws Exception {
        NodeList children = pom(module).getDocumentElement().getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(child -> child.getNodeName().equals("artifactId"))
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no artifactId in " + module + "/pom.xml"));
    }

    private static List<String> texts(Document document, String within, String name) {
        NodeList outer = document.getElementsByTagName(within);
        return IntStream.range(0, outer.getLength())
                .mapToObj(i -> ((Element) outer.item(i)).getElementsByTagName(name))
                .flatMap(inner -> IntStream.range(0, inner.getLength()).mapToObj(inner::item))
                .map(each -> each.getTextContent().strip())
                .collect(Collectors.toList());
    }

    private static Document pom(String module) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
    }
}
