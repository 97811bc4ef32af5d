package io.wgsd.tests.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of code on a page.
 *
 * @param page the page's path from the top of the project
 * @param line where it begins
 * @param heading the heading above it
 * @param language what its fence says; empty for one that is indented
 * @param text what it holds
 */
record Block(String page, int line, String heading, String language, String text) {

    /** Returns its lines as a shell reads them: continued lines joined, without comments and empty lines. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\n\\s*", "").lines().toList()) {
            String command = line.replaceFirst("(^|\\s+)#.*", "").strip();
            if (!command.isEmpty()) {
                commands.add(command);
            }
        }
        return commands;
    }

    /** Returns the block with one text in the place of another. */
    Block with(String placeholder, String value) {
        return new Block(page, line, heading, language, text.replace(placeholder, value));
    }

    /** Returns where it is, as compilers say it. */
    @Override
    public String toString() {
        return page + ":" + line;
    }
}
