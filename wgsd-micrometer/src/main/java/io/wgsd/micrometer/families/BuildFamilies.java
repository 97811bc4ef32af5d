package io.wgsd.micrometer.families;

import java.util.List;

/** What is shown of the program that runs. */
public final class BuildFamilies {

    /** It is read from the version, which is its label too. */
    public static final List<Family<String>> ALL =
            List.of(Family.gauge("wgsd.build.info", "", "Always 1; the label is the version.", version -> 1));

    private BuildFamilies() {}
}
