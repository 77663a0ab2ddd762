package org.manabi.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.manabi.formats.Printable;
import org.manabi.formats.json.JsonObject;

/// Where a command writes, and in which language: results to [#out], everything that is said while
/// working to [#err]. Both are UTF-8, whatever the platform's charset.
public final class Console {

    private static final String ERASE = "\r\u001b[K";

    private final ResultStream results;
    private final PrintStream out;
    private final PrintStream err;
    private final Messages messages;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private boolean statusShown;

    private Console(
            OutputStream out,
            OutputStream err,
            Language language,
            boolean outIsTerminal,
            boolean errIsTerminal) {
        this.results = new ResultStream(out);
        this.out =
                new PrintStream(new BufferedOutputStream(results), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(new BufferedOutputStream(err), true, StandardCharsets.UTF_8);
        this.messages = Messages.of("org.manabi.cli.Messages", language);
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
    }

    /// The process's own streams.
    public static Console ofSystem(Language language) {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                language,
                Terminal.isTerminal(Terminal.OUT),
                Terminal.isTerminal(Terminal.ERR));
    }

    /// Streams that are no terminal, as in tests.
    public static Console of(OutputStream out, OutputStream err, Language language) {
        return new Console(out, err, language, false, false);
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public Messages messages() {
        return messages;
    }

    /// The text of a key in this console's language.
    public String text(String key, Object... values) {
        return messages.text(key, values);
    }

    /// Whether what is said while working may be drawn over.
    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    /// Whether results may be colored.
    public boolean outHasColors() {
        return outIsTerminal && Terminal.wantsColors();
    }

    /// A line of the result, made [Printable]: names in it may come from anybody's file.
    public void print(String line) {
        printColored(Printable.lines(line));
    }

    /// A line of the result with colors of our own, in which nothing from a file may stand.
    public void printColored(String line) {
        clearStatus();
        out.println(line);
    }

    /// The result as one JSON object.
    public void printJson(JsonObject object) {
        out.println(object);
    }

    /// A line while working, after all results so far.
    public void say(String line) {
        clearStatus();
        out.flush();
        err.println(Printable.lines(line));
    }

    /// Draws the line that is drawn over by whatever comes next.
    void showStatus(String text) {
        err.print(ERASE + Printable.line(text));
        err.flush();
        statusShown = true;
    }

    void clearStatus() {
        if (statusShown) {
            err.print(ERASE);
            err.flush();
            statusShown = false;
        }
    }

    /// Writes out what is still buffered. A result that could not be written is a failure.
    ///
    /// @return the exit code, given that of the command
    public int finish(int code) {
        clearStatus();
        err.flush();
        if (!out.checkError()) {
            return code;
        }
        if (!results.readerLeft()) {
            say(text("error.prefix", text("error.stdout")));
        }
        return code == ExitCode.DONE ? ExitCode.FAILED : code;
    }
}
