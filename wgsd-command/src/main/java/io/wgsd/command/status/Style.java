package io.wgsd.command.status;

/** How a word is shown on a terminal that has colours (ECMA-48, SGR); the word alone has to say it too. */
enum Style {
    PLAIN(""),
    TITLE("1"),
    GOOD("32"),
    BUSY("33"),
    BAD("31");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String apply(String text, boolean coloured) {
        return !coloured || code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
