package org.manabi.formats;

/// Makes text from files, which may hold anything, fit for a terminal, which obeys what it reads:
/// escape sequences move its cursor, rename its window, or hide what stands there.
public final class Printable {

    private static final char MARK = '?';
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /// One line: whatever is not to be seen, line breaks too, becomes a question mark.
    public static String line(String text) {
        return of(text, false);
    }

    /// Lines as they are, with their tabs; whatever else is not to be seen becomes a question mark.
    public static String lines(String text) {
        return of(text, true);
    }

    /// At most so many characters of one line, and an ellipsis if there are more.
    public static String start(String text, int length) {
        int end =
                text.offsetByCodePoints(0, Math.min(length, text.codePointCount(0, text.length())));
        return end == text.length() ? line(text) : line(text.substring(0, end)) + "…";
    }

    private static String of(String original, boolean keepsLines) {
        String text = keepsLines ? original.replace("\r\n", "\n") : original;
        if (text.codePoints().allMatch(c -> isSeen(c, keepsLines))) {
            return text;
        }
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().forEach(c -> seen.appendCodePoint(isSeen(c, keepsLines) ? c : MARK));
        return seen.toString();
    }

    /// Controls, marks that turn the direction of writing, and halves of characters are not; what
    /// joins letters belongs to them.
    private static boolean isSeen(int c, boolean keepsLines) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> keepsLines && (c == '\n' || c == '\t');
            case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                    false;
            default -> true;
        };
    }
}
