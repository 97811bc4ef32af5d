package io.wgsd.examples.command;

import io.wgsd.model.FormatException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code wgsd} command: exit status 0 is done, 1 something could not be done, 2 wrong usage. */
@Command(
        name = "wgsd",
        description = "Lets WireGuard peers behind NATs find each other through DNS.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private static final List<Class<?>> COMMANDS = List.of(
            RegistryCommand.class,
            ClientCommand.class,
            AgentCommand.class,
            StatusCommand.class,
            BrowseCommand.class,
            ShowCommand.class,
            BackendsCommand.class,
            KeyCommand.class,
            DemoCommand.class);

    private Main() {}

    /**
     * Runs a command and exits with its status.
     *
     * @param arguments the command's name, options and parameters
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine command = new CommandLine(new Main());
        commands(arguments).forEach(command::addSubcommand);
        command.setUsageHelpAutoWidth(true);
        command.setParameterExceptionHandler(Main::wrongUsage);
        command.setExecutionExceptionHandler(Main::failed);
        command.setExecutionStrategy(
                result -> result.hasSubcommand() || result.isUsageHelpRequested() || result.isVersionHelpRequested()
                        ? new CommandLine.RunLast().execute(result)
                        : usage(command));
        return command.execute(arguments);
    }

    /** Returns the command that is named, since to prepare all of them takes longer than most take to run; all where none is. */
    private static List<Class<?>> commands(String... arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(each -> arguments.length > 0
                        && each.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static int usage(CommandLine command) {
        command.usage(command.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int wrongUsage(CommandLine.ParameterException e, String... arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("wgsd: " + message(e) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
        boolean usage = e instanceof FormatException || e instanceof UsageException;
        command.getErr().println("wgsd: " + message(e));
        if (System.getenv("WGSD_DEBUG") != null) {
            e.printStackTrace(command.getErr());
        }
        return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    static String message(Exception e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"wgsd " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
