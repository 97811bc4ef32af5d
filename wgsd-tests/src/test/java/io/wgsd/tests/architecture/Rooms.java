package io.wgsd.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which packages belong together: a published package, which its module exports to everyone, and its rooms, which are the packages
 * beneath it that are not exported. What has no published package above it belongs to the first word behind io.wgsd.
 */
final class Rooms {

    /** Each published package with its rooms is one slice. */
    static final SliceAssignment HOUSES =
            by("published packages with their rooms", type -> Optional.of(house(type.getPackageName())));

    /** Each room is a slice; the published package is none, since it uses its rooms, and they use its types. */
    static final SliceAssignment ROOMS = by(
            "rooms",
            type -> Optional.of(type.getPackageName())
                    .filter(name -> !house(name).equals(name)));

    private static final Set<String> PUBLISHED = OurModule.all().stream()
            .flatMap(module -> module.descriptor().exports().stream())
            .filter(exported -> !exported.isQualified())
            .map(exported -> exported.source())
            .collect(Collectors.toUnmodifiableSet());

    private Rooms() {}

    private static String house(String name) {
        return PUBLISHED.stream()
                .filter(published -> name.equals(published) || name.startsWith(published + "."))
                .max(Comparator.comparingInt(String::length))
                .orElseGet(() -> name.replaceFirst("^(io\\.wgsd\\.\\w+).*", "$1"));
    }

    private static SliceAssignment by(String description, Function<JavaClass, Optional<String>> slice) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return slice.apply(type).map(name -> SliceIdentifier.of(name)).orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
