package io.wgsd.internal.file;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How files are opened. */
final class OpenOptions {

    private OpenOptions() {}

    static Set<OpenOption> read(LinkOption... links) {
        Set<OpenOption> options = new HashSet<>(List.of(links));
        options.add(StandardOpenOption.READ);
        return options;
    }

    /** O_EXCL, which follows no link and takes no file that is there already. */
    static Set<OpenOption> writeNew() {
        return Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
}
