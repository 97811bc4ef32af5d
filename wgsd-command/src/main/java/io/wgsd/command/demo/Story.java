package io.wgsd.command.demo;

import java.io.PrintWriter;

/** Prints a demonstration as a readable text: chapters, sentences, commands and what they printed. */
public final class Story {

    private final PrintWriter out;
    private int chapters;

    public Story(PrintWriter out) {
        this.out = out;
    }

    void chapter(String title) {
        out.printf("%n%d. %s%n", ++chapters, title);
        out.flush();
    }

    public void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
        out.flush();
    }

    void ran(String where, String command) {
        out.println();
        out.println("   " + where + "$ " + command);
        out.flush();
    }

    void printed(String output) {
        output.lines().forEach(line -> out.println("   | " + line));
        out.flush();
    }
}
