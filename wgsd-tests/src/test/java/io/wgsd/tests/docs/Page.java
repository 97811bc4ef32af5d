package io.wgsd.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the blocks of code from the documentation's pages, in their order. */
final class Page {

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String FENCE = "```";
    private static final String INDENT = "    ";

    private final String name;
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private String heading = "";

    private Page(String name, List<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    /** Returns the blocks of a page. */
    static List<Block> blocks(String name) throws IOException {
        Page page = new Page(name, Files.readAllLines(PROJECT.resolve(name)));
        page.read();
        return List.copyOf(page.blocks);
    }

    /** Returns the names of all pages that users read. */
    static List<String> names() throws IOException {
        try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
            Stream<String> docs =
                    pages.map(page -> "docs/" + page.getFileName()).filter(page -> page.endsWith(".md"));
            return Stream.concat(Stream.of("README.md"), docs).sorted().toList();
        }
    }

    private void read() {
        boolean afterText = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (line.startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).startsWith(FENCE)) {
                    end++;
                }
                add(i + 1, line.substring(FENCE.length()).strip(), lines.subList(i + 1, end));
                i = end;
            } else if (line.startsWith(INDENT) && !afterText) {
                int end = i;
                while (end < lines.size() && (lines.get(end).startsWith(INDENT) || isBlankInside(end))) {
                    end++;
                }
                add(
                        i,
                        "",
                        lines.subList(i, end).stream()
                                .map(each -> each.isBlank() ? "" : each.substring(INDENT.length()))
                                .toList());
                i = end - 1;
            }
            afterText = !lines.get(i).isBlank();
        }
    }

    /** A blank line does not end an indented block that goes on behind it. */
    private boolean isBlankInside(int line) {
        return lines.get(line).isBlank()
                && line + 1 < lines.size()
                && lines.get(line + 1).startsWith(INDENT);
    }

    private void add(int index, String language, List<String> content) {
        blocks.add(new Block(name, index + 1, heading, language, String.join("\n", content) + "\n"));
    }
}
