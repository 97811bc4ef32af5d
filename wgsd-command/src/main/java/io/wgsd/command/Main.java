package io.wgsd.command;

import io.wgsd.command.host.Hangup;
import io.wgsd.command.join.JoinCommand;
import io.wgsd.command.join.LeaveCommand;
import io.wgsd.command.member.MemberCommand;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.SpellingHint;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.ErrorText;
import io.wgsd.model.FormatException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The {@code wgsd} command. Its exit status is 0 for done, 1 for something that could not be done, and 2 for wrong
 * usage.
 */
public final class Main {

    private static final List<String> COMMANDS = List.of(
            "registry",
            "relay",
            "client",
            "agent",
            "status",
            "explain",
            "netcheck",
            "replay",
            "browse",
            "show",
            "backends",
            "key",
            "member",
            "join",
            "leave",
            "demo");

    private static final Set<String> STAYING = Set.of("registry", "relay", "agent");

    private static final Set<String> LOOKING_UP = Set.of("client", "browse");

    private Main() {}

    /**
     * Runs a command and exits with its status.
     *
     * @param arguments the command's name, options and parameters
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && STAYING.contains(arguments[0])) {
            Hangup.hold();
        }
        if (arguments.length > 0 && LOOKING_UP.contains(arguments[0])) {
            LookupPreload.begin();
        }
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return command(arguments).execute(arguments);
    }

    /** Returns the version, as the jar's manifest has it. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    /** Returns the command line that executes these arguments. */
    static CommandLine command(String... arguments) {
        CommandSpec spec = CommandSpec.create().name("wgsd").versionProvider(new Version());
        spec.usageMessage()
                .description("Lets WireGuard peers behind NATs find each other through DNS.")
                .synopsisSubcommandLabel("COMMAND");
        OptionSpecs.addHelp(spec);
        CommandLine command = new CommandLine(spec);
        for (String name : named(arguments)) {
            command.addSubcommand(name, subcommand(name));
        }
        command.setUsageHelpAutoWidth(true);
        command.setParameterExceptionHandler(new WrongUsage());
        command.setExecutionExceptionHandler(new Failure());
        command.setExecutionStrategy(new Execution());
        return command;
    }

    /**
     * Returns the named command, or all if none is named: to prepare all of them takes longer than most take to run.
     */
    private static List<String> named(String... arguments) {
        return arguments.length > 0 && COMMANDS.contains(arguments[0]) ? List.of(arguments[0]) : COMMANDS;
    }

    private static CommandSpec subcommand(String name) {
        return switch (name) {
            case "registry" -> new RegistryCommand().spec();
            case "relay" -> new RelayCommand().spec();
            case "client" -> new ClientCommand().spec();
            case "agent" -> new AgentCommand().spec();
            case "status" -> new StatusCommand().spec();
            case "explain" -> new ExplainCommand().spec();
            case "netcheck" -> new NetcheckCommand().spec();
            case "replay" -> new ReplayCommand().spec();
            case "browse" -> new BrowseCommand().spec();
            case "show" -> new ShowCommand().spec();
            case "backends" -> new BackendsCommand().spec();
            case "key" -> KeyCommand.spec();
            case "member" -> MemberCommand.spec();
            case "join" -> new JoinCommand().spec();
            case "leave" -> new LeaveCommand().spec();
            case "demo" -> new DemoCommand().spec();
            default -> throw new IllegalArgumentException(name);
        };
    }

    // Not lambda expressions: with them, Java cannot archive picocli's classes for a faster start.

    private static final class Execution implements IExecutionStrategy {

        @Override
        public int execute(ParseResult result) {
            if (result.hasSubcommand() || result.isUsageHelpRequested() || result.isVersionHelpRequested()) {
                return new CommandLine.RunLast().execute(result);
            }
            CommandLine command = result.commandSpec().commandLine();
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private static final class WrongUsage implements IParameterExceptionHandler {

        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] arguments) {
            CommandLine command = e.getCommandLine();
            PrintWriter err = command.getErr();
            err.println("wgsd: " + SpellingHint.of(e, ErrorText.of(e)) + "; see "
                    + command.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        }
    }

    private static final class Failure implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
            boolean usage = e instanceof FormatException || e instanceof UsageException;
            command.getErr().println("wgsd: " + ErrorText.of(e));
            if (System.getenv("WGSD_DEBUG") != null) {
                e.printStackTrace(command.getErr());
            }
            return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Shows the version. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"wgsd " + version()};
        }
    }
}
