package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;

/// Breaks a paragraph into lines. Words are kept whole; between letters of Japanese a line may
/// break anywhere, but none begins with what closes (。、」) and none ends with what opens (「（).
final class Wrapping {

    private static final String NEVER_FIRST = "。、，．・：；？！」』）】〉》〕｝々ー…％ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ,.:;?!)]}%";
    private static final String NEVER_LAST = "「『（【〈《〔｛([{";

    private Wrapping() {}

    /// The lines of a text, none wider than `width` unless a single word is.
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces(text)) {
            String shown = line.isEmpty() ? piece.stripLeading() : piece;
            if (!line.isEmpty() && DisplayWidth.of(line + shown.stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                shown = piece.stripLeading();
            }
            line.append(shown);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /// The parts between which a line may break.
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int[] letters = text.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            if (i > 0 && mayBreak(letters[i - 1], letters[i])) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(letters[i]);
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean mayBreak(int before, int after) {
        if (NEVER_FIRST.indexOf(after) >= 0 || NEVER_LAST.indexOf(before) >= 0) {
            return false;
        }
        return before == ' '
                ? after != ' '
                : DisplayWidth.isWide(before) || DisplayWidth.isWide(after);
    }
}
