package org.manabi.cli.console;

/// A line at the bottom of the terminal that is drawn over again and again, until another is written
/// in its place. Without a terminal it shows nothing.
public final class StatusLine {

    private final Console console;
    private final int width;

    public StatusLine(Console console) {
        this.console = console;
        this.width = console.errIsTerminal() ? Terminal.width() : 0;
    }

    /// Whether there is a terminal to draw on.
    public boolean isLive() {
        return console.errIsTerminal();
    }

    /// Draws the line, cut off at the terminal's edge.
    public void show(String text) {
        if (isLive()) {
            console.showStatus(cut(text, width - 1));
        }
    }

    /// Takes the line away.
    public void clear() {
        console.clearStatus();
    }

    /// As much of the text as fits; letters of Chinese and Japanese take two columns.
    static String cut(String text, int columns) {
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            used += text.charAt(i) >= 0x1100 && !isNarrow(text.charAt(i)) ? 2 : 1;
            if (used > columns) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /// Punctuation, arrows and the pieces of bars lie above U+1100 too, but take one column.
    private static boolean isNarrow(char letter) {
        return letter >= 0x2000 && letter < 0x2E80;
    }
}
