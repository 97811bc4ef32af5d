package io.wgsd.command.status;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that fits a width: lines are broken between words, and a word that is longer than a line stays whole. Not
 * thread-safe.
 */
public final class Screen {

    private static final String GAP = "  ";

    private final int width;
    private final boolean coloured;
    private final StringBuilder text = new StringBuilder();

    /** Starts with nothing. */
    public Screen(StatusQuery query) {
        width = query.width();
        coloured = query.coloured();
    }

    /** A part of a row, and how it is shown. */
    record Cell(String text, Style style) {

        static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }
    }

    /**
     * A row of a table.
     *
     * @param cells one for each column
     * @param note what is said below it; empty where nothing is
     */
    record Row(List<Cell> cells, String note) {

        Row {
            cells = List.copyOf(cells);
        }
    }

    int width() {
        return width;
    }

    public void title(String words, String rest) {
        text.append(Style.TITLE.apply(words, coloured));
        wrap(words.length(), 2, rest);
    }

    void problem(String words) {
        text.append(Style.BAD.apply("PROBLEM", coloured));
        wrap("PROBLEM".length(), 2, words);
    }

    /** Adds a line with a name before it. */
    public void line(int indent, String name, int nameWidth, String words) {
        text.append(" ".repeat(indent)).append(padded(name, nameWidth));
        wrap(indent + nameWidth, indent + nameWidth + 1, words);
    }

    /** Begins another part of the text, under a heading. */
    public void section(String heading) {
        blank();
        text.append(Style.TITLE.apply(heading, coloured)).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    /**
     * Adds a table. Where the last column makes a row too wide, it goes to a line of its own below the row.
     *
     * @param header the columns' names
     */
    void table(int indent, List<String> header, List<Row> rows) {
        List<Integer> widths = widths(header, rows);
        row(indent, widths, header.stream().map(Cell::of).toList());
        for (Row row : rows) {
            row(indent, widths, row.cells());
            if (!row.note().isEmpty()) {
                text.append(" ".repeat(indent + 2));
                words(indent + 2, indent + 2, row.note());
            }
        }
    }

    private static List<Integer> widths(List<String> header, List<Row> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < header.size() - 1; i++) {
            int column = i;
            widths.add(Math.max(
                    header.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.cells().get(column).text().length())
                            .max()
                            .orElse(0)));
        }
        return widths;
    }

    private void row(int indent, List<Integer> widths, List<Cell> cells) {
        text.append(" ".repeat(indent));
        int used = indent;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            boolean last = i == cells.size() - 1;
            int needed = last ? cell.text().length() : widths.get(i);
            if (used > indent && used + needed > width && !cell.text().isEmpty()) {
                trim();
                text.append('\n').append(" ".repeat(indent + 2));
                used = indent + 2;
            }
            text.append(cell.style().apply(cell.text(), coloured));
            if (!last) {
                text.append(" ".repeat(needed - cell.text().length())).append(GAP);
            }
            used += needed + GAP.length();
        }
        trim();
        text.append('\n');
    }

    /** Adds words behind what is on the line already. */
    private void wrap(int used, int indent, String words) {
        if (words.isEmpty()) {
            text.append('\n');
        } else {
            text.append(' ');
            words(used + 1, indent, words);
        }
    }

    private void words(int used, int indent, String words) {
        int column = used;
        boolean first = true;
        for (String word : words.strip().split("\\s+", -1)) {
            if (!first && column + 1 + word.length() > width) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (!first) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
            first = false;
        }
        text.append('\n');
    }

    private void trim() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
    }

    private static String padded(String words, int to) {
        return words + " ".repeat(Math.max(0, to - words.length()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
