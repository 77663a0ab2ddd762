package org.manabi.cli.board;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.board.predict.PredictionService;
import org.manabi.board.web.Bind;
import org.manabi.board.web.CannotListenException;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.machine.VectorModule;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.run.ModelLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi serve`: answers requests for predictions until it is interrupted; those that are being
/// answered then are still answered.
@Command(name = "serve")
public final class ServeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ListenOptions listen = new ListenOptions();

    @Parameters(index = "0", paramLabel = "MODEL", descriptionKey = "evaluate.model")
    private Path model = Path.of("");

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "serve.threads")
    private @Nullable Integer threads;

    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        VectorModule.load();
        Bind bind = listen.bind(PredictionService.PORT, console);
        int team = threads == null ? 1 : threads;
        if (team < 1) {
            throw CommandException.wrongRequest(
                    console.text("train.error.at-least-one", "--threads", team));
        }
        SavedModel saved = ModelFile.load(ModelLocation.resolve(model));
        try (PredictionService service =
                PredictionService.start(bind, model.toString(), saved, team)) {
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("manabi-serve-end").unstarted(service::close));
            console.print(service.url());
            console.out().flush();
            if (!service.token().isEmpty()) {
                console.say(console.text("serve.token", service.token()));
            }
            console.say(console.text("serve.ready", service.url()));
            Boards.awaitInterruption();
        } catch (CannotListenException e) {
            throw Boards.failure(e, console);
        }
        return ExitCode.DONE;
    }
}
