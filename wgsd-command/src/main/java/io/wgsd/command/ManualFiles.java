package io.wgsd.command;

import io.wgsd.command.manual.BashCompletion;
import io.wgsd.command.manual.CommandText;
import io.wgsd.command.manual.FishCompletion;
import io.wgsd.command.manual.ManPage;
import io.wgsd.command.manual.ZshCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes man pages, and completion for shells, when the packages are built. */
final class ManualFiles {

    private ManualFiles() {}

    /**
     * Writes the files: {@code man/man1/…}, and a folder for each shell in {@code completion}.
     *
     * @param arguments the folder, and the version
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path folder, String version) throws IOException {
        CommandText top = CommandText.of(Main.command().getCommandSpec());
        for (CommandText command : top.all().toList()) {
            write(folder, "man/man1/" + ManPage.name(command) + ".1", ManPage.of(command, top, "wgsd " + version));
        }
        write(folder, "completion/bash/wgsd", BashCompletion.of(top));
        write(folder, "completion/zsh/_wgsd", ZshCompletion.of(top));
        write(folder, "completion/fish/wgsd.fish", FishCompletion.of(top));
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
