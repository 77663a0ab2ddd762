package org.manabi.cli.lesson;

/// How many columns of a terminal a text takes: letters of Chinese and Japanese take two.
final class DisplayWidth {

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    static int of(int letter) {
        return isWide(letter) ? 2 : 1;
    }

    /// The wide and full-width blocks of Unicode's East Asian widths that our texts can contain.
    static boolean isWide(int letter) {
        return (letter >= 0x1100 && letter <= 0x115F)
                || (letter >= 0x2E80 && letter <= 0xA4CF)
                || (letter >= 0xAC00 && letter <= 0xD7A3)
                || (letter >= 0xF900 && letter <= 0xFAFF)
                || (letter >= 0xFE30 && letter <= 0xFE6F)
                || (letter >= 0xFF00 && letter <= 0xFF60)
                || (letter >= 0xFFE0 && letter <= 0xFFE6)
                || (letter >= 0x20000 && letter <= 0x3FFFD);
    }

    /// The text with blanks behind it, up to a width.
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /// The text with blanks before it, up to a width.
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }
}
