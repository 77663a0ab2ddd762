package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxExport;
import org.manabi.formats.source.JavaSource;
import org.manabi.formats.table.TableSchema;
import org.manabi.train.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi export`: writes a saved model for other programs.
@Command(name = "export")
public final class ExportCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MODEL", descriptionKey = "evaluate.model")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "export.file")
    private Path file = Path.of("");

    public ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean java = file.toString().endsWith(".java");
        if (!java && !file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw CommandException.wrongRequest(console.text("export.error.kind", file));
        }
        ModelPath found = ModelPath.load(model);
        TableSchema table = found.saved().card().table();
        SavedModel saved = table == null ? found.saved() : behind(table, found.saved());
        double divisor = found.saved().card().divisor();
        if (java) {
            JavaSource.write(file, saved);
        } else {
            Onnx.write(file, OnnxExport.of(saved.model().network()));
        }
        if (json.chosen()) {
            JsonObject report =
                    JsonObject.EMPTY
                            .with("command", "export")
                            .with("model", found.file().toString())
                            .with("file", file.toString())
                            .with("divisor", divisor);
            console.printJson(
                    table == null ? report : report.with("inputs", TableNetwork.inputs(table)));
            return ExitCode.DONE;
        }
        console.print(console.text("export.saved", file));
        if (table != null) {
            console.print(
                    console.text("export.table", String.join(", ", TableNetwork.inputs(table))));
        }
        if (java) {
            console.print(console.text("export.java", className(), inputs(found)));
        } else if (divisor != 1) {
            console.print(console.text("export.divisor", divisor));
        }
        return ExitCode.DONE;
    }

    /// The model as one that takes the table's own numbers.
    private static SavedModel behind(TableSchema table, SavedModel saved) {
        Model<?> model = saved.model();
        return new SavedModel(
                Model.of(TableNetwork.of(model.network(), table), model.kind()), saved.card());
    }

    private String className() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.java$", "");
    }

    private static int inputs(ModelPath found) {
        return found.saved().model().network().sampleShape().size();
    }
}
