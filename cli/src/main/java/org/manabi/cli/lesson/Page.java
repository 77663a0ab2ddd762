package org.manabi.cli.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Messages;
import org.manabi.cli.console.Terminal;

/// Writes a lesson for the terminal: headings, paragraphs, formulas, tables, drawings.
final class Page {

    private static final int MARGIN = 2;
    private static final int WIDEST = 80;
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final Console console;
    private final Messages texts;
    private final int width;

    Page(Console console, Messages texts) {
        this.console = console;
        this.texts = texts;
        width = Math.min(WIDEST, console.outIsTerminal() ? Terminal.width() - 1 : WIDEST);
    }

    /// The columns that a table or drawing may take.
    int columns() {
        return width - 2 * MARGIN;
    }

    boolean colors() {
        return console.outHasColors();
    }

    /// The text of a key in the lesson's language.
    String text(String key, Object... values) {
        return texts.text(key, values);
    }

    /// The lesson's title.
    void title(String key) {
        String title = text(key);
        line(bold(title));
        line("═".repeat(Math.min(width, DisplayWidth.of(title))));
        blank();
    }

    /// Begins a section.
    void section(String key) {
        line(bold(text(key)));
        blank();
    }

    /// A paragraph.
    void paragraph(String key, Object... values) {
        Wrapping.lines(text(key, values), width).forEach(this::line);
        blank();
    }

    /// Lines that are kept as they are, such as a formula; the text's own line ends count.
    void formula(String key, Object... values) {
        drawing(text(key, values).lines().toList());
    }

    void table(Table table) {
        drawing(table.lines());
    }

    /// Lines that are kept as they are.
    void drawing(List<String> lines) {
        for (String line : lines) {
            line((" ".repeat(MARGIN) + line).stripTrailing());
        }
        blank();
    }

    /// A program of a few lines.
    void program(String name) {
        section("section.java");
        drawing(source(name).lines().toList());
    }

    /// The command that shows this, or more, again.
    void commands(String... commands) {
        section("section.again");
        drawing(List.of(commands));
    }

    static String source(String name) {
        String resource = "programs/" + name + ".java";
        try (InputStream in =
                Objects.requireNonNull(Page.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String bold(String text) {
        return colors() ? BOLD + text + RESET : text;
    }

    private void line(String text) {
        console.printColored(text);
    }

    private void blank() {
        console.print("");
    }
}
