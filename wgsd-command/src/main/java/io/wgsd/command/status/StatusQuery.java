package io.wgsd.command.status;

import io.wgsd.command.output.Terminal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked at a status socket, on one line: {@code json}, or {@code text 80} with the width of the terminal, and
 * {@code colour} behind it where there may be colours.
 *
 * @param json whether the answer is for programs
 * @param width how many characters a line may have
 * @param coloured whether the text may have colours
 */
public record StatusQuery(boolean json, int width, boolean coloured) {

    /** As wide as the terminal that everything has to fit. */
    public static final int USUAL_WIDTH = Terminal.USUAL_WIDTH;

    private static final int LEAST_WIDTH = 40;
    private static final int GREATEST_WIDTH = 500;
    private static final Pattern TEXT = Pattern.compile("text (\\d{1,4})( colour)?");

    /** Asks for JSON. */
    public static StatusQuery ofJson() {
        return new StatusQuery(true, USUAL_WIDTH, false);
    }

    /** Asks for text that fits a terminal as it is now. */
    public static StatusQuery of(Terminal terminal) {
        return ofText(terminal.width(), terminal.hasColours());
    }

    /** Asks for text; a width out of range becomes the nearest that is in it. */
    public static StatusQuery ofText(int width, boolean coloured) {
        return new StatusQuery(false, Math.min(GREATEST_WIDTH, Math.max(LEAST_WIDTH, width)), coloured);
    }

    /** Reads a line; one that makes no sense asks for plain text of the usual width. */
    public static StatusQuery parse(String line) {
        if (line.equals("json")) {
            return ofJson();
        }
        Matcher text = TEXT.matcher(line);
        return text.matches()
                ? ofText(Integer.parseInt(text.group(1)), text.group(2) != null)
                : ofText(USUAL_WIDTH, false);
    }

    /** Returns the line that asks for this. */
    public String line() {
        return json ? "json" : "text " + width + (coloured ? " colour" : "");
    }
}
