package io.wgsd.tests.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One of our modules as it lies on the class path: what its module-info says, and the folder or jar around it. */
record OurModule(ModuleDescriptor descriptor, String root) {

    private static final String MODULE_INFO = "module-info.class";

    static List<OurModule> all() {
        return OurModule.class
                .getClassLoader()
                .resources(MODULE_INFO)
                .map(OurModule::read)
                .filter(each -> each.name().startsWith("io.wgsd."))
                .toList();
    }

    String name() {
        return descriptor.name();
    }

    /** The providers of a service that the module path finds. */
    Set<String> providersInModuleInfo(String service) {
        return descriptor.provides().stream()
                .filter(each -> each.service().equals(service))
                .flatMap(each -> each.providers().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The providers of a service that the class path finds. */
    Set<String> providersInMetaInf(String service) {
        try (InputStream in =
                URI.create(root + "META-INF/services/" + service).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (FileNotFoundException none) {
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(root, e);
        }
    }

    private static OurModule read(URL moduleInfo) {
        String url = moduleInfo.toString();
        try (InputStream in = moduleInfo.openStream()) {
            return new OurModule(ModuleDescriptor.read(in), url.substring(0, url.length() - MODULE_INFO.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(url, e);
        }
    }
}
