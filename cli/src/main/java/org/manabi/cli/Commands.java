package org.manabi.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.manabi.cli.board.BoardCommand;
import org.manabi.cli.board.ServeCommand;
import org.manabi.cli.console.Console;
import org.manabi.cli.data.DataCheckCommand;
import org.manabi.cli.data.DataCommand;
import org.manabi.cli.data.DataFetchCommand;
import org.manabi.cli.data.DataListCommand;
import org.manabi.cli.data.DataShowCommand;
import org.manabi.cli.data.InspectCommand;
import org.manabi.cli.data.SampleCommand;
import org.manabi.cli.lesson.LessonCommand;
import org.manabi.cli.loss.LossCommand;
import org.manabi.cli.machine.DoctorCommand;
import org.manabi.cli.model.ConvertCommand;
import org.manabi.cli.model.EvaluateCommand;
import org.manabi.cli.model.ExportCommand;
import org.manabi.cli.model.GradcheckCommand;
import org.manabi.cli.model.PredictCommand;
import org.manabi.cli.model.RunCommand;
import org.manabi.cli.model.SummaryCommand;
import org.manabi.cli.report.CompareCommand;
import org.manabi.cli.report.ReportCommand;
import org.manabi.cli.train.ResumeCommand;
import org.manabi.cli.train.SweepCommand;
import org.manabi.cli.train.TrainCommand;
import org.manabi.cli.train.VerifyResumeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// The commands by their names. To start fast, only the class of the command that is asked for is
/// loaded; all of them are when the question is which there are.
final class Commands {

    /// In the order of the help.
    static final List<String> NAMES =
            List.of(
                    "train",
                    "resume",
                    "verify-resume",
                    "compare",
                    "report",
                    "sweep",
                    "evaluate",
                    "predict",
                    "run",
                    "export",
                    "convert",
                    "data",
                    "inspect",
                    "summary",
                    "loss",
                    "sample",
                    "lesson",
                    "board",
                    "serve",
                    "gradcheck",
                    "doctor",
                    "completion");

    private Commands() {}

    /// A new command. A further command is registered here, in [#NAMES], and with its texts in
    /// `Messages.properties`.
    private static Object create(String name, Console console) {
        return switch (name) {
            case "train" -> new TrainCommand(console);
            case "resume" -> new ResumeCommand(console);
            case "compare" -> new CompareCommand(console);
            case "sweep" -> new SweepCommand(console);
            case "report" -> new ReportCommand(console);
            case "verify-resume" -> new VerifyResumeCommand(console);
            case "evaluate" -> new EvaluateCommand(console);
            case "predict" -> new PredictCommand(console);
            case "run" -> new RunCommand(console);
            case "summary" -> new SummaryCommand(console);
            case "export" -> new ExportCommand(console);
            case "convert" -> new ConvertCommand(console);
            case "gradcheck" -> new GradcheckCommand(console);
            case "data" -> data(console);
            case "inspect" -> new InspectCommand(console);
            case "loss" -> new LossCommand(console);
            case "sample" -> new SampleCommand(console);
            case "lesson" -> new LessonCommand(console);
            case "board" -> new BoardCommand(console);
            case "serve" -> new ServeCommand(console);
            case "doctor" -> new DoctorCommand(console);
            case "completion" -> new CompletionCommand(console);
            default -> throw new IllegalStateException("no command " + name);
        };
    }

    private static CommandLine data(Console console) {
        return new CommandLine(new DataCommand(console))
                .addSubcommand("list", new DataListCommand(console))
                .addSubcommand("show", new DataShowCommand(console))
                .addSubcommand("check", new DataCheckCommand(console))
                .addSubcommand("fetch", new DataFetchCommand(console));
    }

    /// The command line, ready to execute `args`.
    static CommandLine commandLine(Console console, Failures failures, String... args) {
        CommandLine line = new CommandLine(new ManabiCommand());
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .descriptionKey("option.version")
                                .build());
        for (String name : needed(args)) {
            line.addSubcommand(name, create(name, console));
        }
        CommonOptions.addTo(line);
        return line.setResourceBundle(console.messages().bundle())
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                console.outHasColors() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(failures::onParameters)
                .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e));
    }

    /// The command named by the first word that is no option; all if there is none such.
    private static List<String> needed(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--lang")) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return NAMES.contains(args[i]) ? List.of(args[i]) : NAMES;
            }
        }
        return NAMES;
    }
}
