package io.wgsd.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each package has a page that says what it is for, and leads into its rooms. */
class PackagePagesTest {

    private static final Map<String, Set<String>> PACKAGES = Sources.mainPackages();

    @Test
    void eachPackageOfTheMainSourcesHasAPackageInfo() {
        assertThat(PACKAGES.keySet().stream().filter(name -> !PACKAGES.get(name).contains("package-info.java")))
                .as("packages without package-info.java")
                .isEmpty();
    }

    @Test
    void thePageOfAPackageListsTheRoomsBeneathIt() {
        List<String> rooms = PACKAGES.keySet().stream()
                .filter(name -> House.room(name).isPresent())
                .toList();

        assertThat(rooms).isNotEmpty();
        assertThat(rooms.stream().filter(room -> !isListed(room)))
                .as("rooms that the page of the package above does not name, as in {@code room}")
                .isEmpty();
    }

    private static boolean isListed(String room) {
        int dot = room.lastIndexOf('.');
        return Sources.packageInfo(room.substring(0, dot)).contains("{@code " + room.substring(dot + 1) + "}");
    }
}
