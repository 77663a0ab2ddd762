package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.board.Board;
import org.manabi.board.runs.RunControl;
import org.manabi.board.web.Bind;
import org.manabi.cli.board.Boards;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.formats.run.RunDirectory;
import org.manabi.train.TrainControl;

/// The web board beside a training. Training goes on whatever happens to the board.
final class TrainingBoard implements AutoCloseable {

    /// So long the pages have to learn that the training is over.
    private static final int FAREWELL_MILLISECONDS = 500;

    private final Console console;
    private final @Nullable Board board;

    private TrainingBoard(Console console, @Nullable Board board) {
        this.console = console;
        this.board = board;
    }

    /// Starts the board if it is asked for. If its port is in use, that is said and nothing more.
    static TrainingBoard open(Optional<Bind> listen, RunDirectory run, Console console) {
        if (listen.isEmpty()) {
            return new TrainingBoard(console, null);
        }
        Path folder = run.folder().toAbsolutePath();
        Path parent = folder.getParent();
        try {
            Board board = Boards.start(listen.get(), parent == null ? folder : parent, console);
            board.runs().show(folder);
            console.say(console.text("train.board-open", board.url() + "#/run/" + id(folder)));
            return new TrainingBoard(console, board);
        } catch (CommandException e) {
            console.say(console.text("train.board-failed", e.text()));
            return new TrainingBoard(console, null);
        }
    }

    /// Lets the pages control a training.
    void attach(RunDirectory run, TrainControl control) {
        if (board != null) {
            board.runs().attach(run.folder(), new Controls(control));
        }
    }

    /// The training is over, and nothing is left to be controlled.
    void detach(RunDirectory run) {
        if (board != null) {
            board.runs().detach(run.folder());
        }
    }

    private record Controls(TrainControl control) implements RunControl {

        @Override
        public void pause() {
            control.pause();
        }

        @Override
        public void resume() {
            control.resume();
        }

        @Override
        public void stop() {
            control.stop();
        }

        @Override
        public void setLearningRate(double rate) {
            control.setLearningRate(rate);
        }

        @Override
        public boolean isPaused() {
            return control.isPaused();
        }
    }

    private static String id(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /// On a terminal the pages stay until the command is interrupted.
    void stay() {
        if (board == null || !console.errIsTerminal()) {
            return;
        }
        console.say(console.text("train.board-stays", board.url()));
        try {
            Boards.awaitInterruption();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (board == null) {
            return;
        }
        try (board) {
            Thread.sleep(FAREWELL_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
