package org.manabi.formats;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Guesses from a file's first bytes what it is, so that an error can say more than "wrong magic".
public final class FileKind {

    /// How many bytes from the beginning suffice for [#guess].
    public static final int HEAD = 512;

    private record Signature(String hex, String kind) {

        static Signature text(String text, String kind) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            return new Signature(HexFormat.of().formatHex(bytes), kind);
        }
    }

    private static final List<Signature> SIGNATURES =
            List.of(
                    new Signature("89504e470d0a1a0a", "a PNG picture"),
                    new Signature("ffd8ff", "a JPEG picture"),
                    Signature.text("GIF8", "a GIF picture"),
                    new Signature("934e554d5059", "a NumPy array (.npy)"),
                    new Signature("504b0304", "a zip archive, such as .npz, .xlsx or .jar"),
                    new Signature("1f8b", "gzip data"),
                    Signature.text("BZh", "bzip2 data"),
                    new Signature("fd377a585a00", "xz data"),
                    new Signature("28b52ffd", "Zstandard data"),
                    new Signature("377abcaf271c", "a 7z archive"),
                    new Signature("894844460d0a1a0a", "an HDF5 file"),
                    Signature.text("PAR1", "a Parquet file"),
                    Signature.text("%PDF-", "a PDF document"),
                    new Signature("7f454c46", "a program (ELF)"),
                    new Signature("cafebabe", "a Java class"),
                    Signature.text(
                            "version https://git-lfs",
                            "a Git LFS pointer without its file; try git lfs pull"));

    private FileKind() {}

    /// What the file that begins with `head` looks like, to follow "this looks like"; nothing if
    /// there is no telling.
    public static Optional<String> guess(byte[] head) {
        String hex = HexFormat.of().formatHex(head);
        for (Signature signature : SIGNATURES) {
            if (hex.startsWith(signature.hex())) {
                return Optional.of(signature.kind());
            }
        }
        if (head.length > 8 && head[8] == '{' && head[7] == 0) {
            return Optional.of("a safetensors file");
        }
        return isText(head) ? Optional.of(textKind(head)) : Optional.empty();
    }

    private static String textKind(byte[] head) {
        String text =
                new String(head, StandardCharsets.UTF_8).stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return "an HTML page, perhaps the error page of a download";
        }
        if (text.startsWith("<")) {
            return "XML text";
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return "JSON text";
        }
        return "text";
    }

    /// At least four bytes, none of them a control character that text does not have.
    private static boolean isText(byte[] head) {
        for (byte b : head) {
            boolean blank = b == '\t' || b == '\n' || b == '\r' || b == '\f';
            if ((b >= 0 && b < ' ' && !blank) || b == 0x7F) {
                return false;
            }
        }
        String text = new String(head, StandardCharsets.UTF_8);
        return head.length >= 4
                && text.substring(0, Math.max(1, text.length() - 1)).indexOf('\uFFFD') < 0;
    }
}
