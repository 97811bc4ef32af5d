package io.wgsd.testkit.contract.support;

import java.util.List;

/** Compares long lists so that a failure says where they part, instead of printing both. */
public final class Lists {

    private Lists() {}

    public static <T> void assertSame(List<T> read, List<T> written) {
        int common = Math.min(read.size(), written.size());
        for (int i = 0; i < common; i++) {
            if (!read.get(i).equals(written.get(i))) {
                throw new AssertionError("of " + written.size() + " written and " + read.size() + " read, number " + i
                        + " is the first that differs: written " + written.get(i) + ", read " + read.get(i));
            }
        }
        if (read.size() != written.size()) {
            throw new AssertionError(written.size() + " were written, " + read.size() + " are read; the first "
                    + (read.size() < written.size()
                            ? "that is missing is " + written.get(common)
                            : "that is too many is " + read.get(common)));
        }
    }
}
