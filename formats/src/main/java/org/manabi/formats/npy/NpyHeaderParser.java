package org.manabi.formats.npy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

/// Reads the Python dictionary of an npy header, and nothing else of Python:
///
///     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
///
/// with exactly these three keys, in any order.
final class NpyHeaderParser {

    /// As many axes as a NumPy array can have.
    private static final int MAX_RANK = 64;

    private final String text;
    private final String file;
    private final int start;
    private int at;
    private @Nullable ElementType type;
    private boolean bigEndian;
    private @Nullable Boolean fortranOrder;
    private long @Nullable [] dims;

    /// @param start the byte of the file where the text begins
    NpyHeaderParser(String text, String file, int start) {
        this.text = text;
        this.file = file;
        this.start = start;
    }

    NpyHeader parse() {
        expect('{');
        while (!take('}')) {
            entry();
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        blanks();
        if (at < text.length()) {
            throw fault("something follows the header's dictionary");
        }
        if (type == null || fortranOrder == null || dims == null) {
            throw fault(
                    "the header has no "
                            + (type == null
                                    ? "'descr'"
                                    : fortranOrder == null ? "'fortran_order'" : "'shape'"));
        }
        return new NpyHeader(type, bigEndian, fortranOrder, dims);
    }

    private void entry() {
        String key = string("a key");
        boolean twice =
                switch (key) {
                    case "descr" -> type != null;
                    case "fortran_order" -> fortranOrder != null;
                    case "shape" -> dims != null;
                    default ->
                            throw fault(
                                    "the header has the key '%s'; there are only 'descr',"
                                                    .formatted(key)
                                            + " 'fortran_order' and 'shape'");
                };
        if (twice) {
            throw fault("the header has '%s' twice".formatted(key));
        }
        expect(':');
        switch (key) {
            case "descr" -> descr();
            case "fortran_order" -> fortranOrder = truth();
            default -> dims = tuple();
        }
    }

    private void descr() {
        blanks();
        if (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '(')) {
            throw fault("holds records of several fields; save each field as an array of its own");
        }
        String descr = string("the type of the numbers");
        char order = descr.isEmpty() ? '?' : descr.charAt(0);
        boolean hasOrder = "<>|=".indexOf(order) >= 0;
        String kind = hasOrder ? descr.substring(1) : descr;
        if (kind.startsWith("O")) {
            throw fault(
                    "holds Python objects (pickle), which can run programs and are never read;"
                            + " save numbers only");
        }
        type =
                switch (kind) {
                    case "b1", "?" -> ElementType.BOOL;
                    case "i1" -> ElementType.INT8;
                    case "u1" -> ElementType.UINT8;
                    case "i2" -> ElementType.INT16;
                    case "u2" -> ElementType.UINT16;
                    case "i4" -> ElementType.INT32;
                    case "u4" -> ElementType.UINT32;
                    case "i8" -> ElementType.INT64;
                    case "u8" -> ElementType.UINT64;
                    case "f2" -> ElementType.FLOAT16;
                    case "f4" -> ElementType.FLOAT32;
                    case "f8" -> ElementType.FLOAT64;
                    default ->
                            throw fault(
                                    "the type '%s' is not read; convert it to a real number type"
                                                    .formatted(descr)
                                            + " such as '<f4' or '<i8'");
                };
        if (!hasOrder || (order == '|' && type.bytes() > 1)) {
            throw fault("the type '%s' does not say the order of its bytes".formatted(descr));
        }
        bigEndian = order == '>';
    }

    private boolean truth() {
        blanks();
        if (text.startsWith("True", at)) {
            at += 4;
            return true;
        }
        if (text.startsWith("False", at)) {
            at += 5;
            return false;
        }
        throw fault("'fortran_order' is neither True nor False");
    }

    private long[] tuple() {
        expect('(');
        List<Long> axes = new ArrayList<>();
        boolean comma = true;
        while (!take(')')) {
            if (!comma) {
                throw fault("the shape has no comma after an axis");
            }
            if (axes.size() == MAX_RANK) {
                throw fault("the shape has more than %d axes".formatted(MAX_RANK));
            }
            axes.add(number());
            comma = take(',');
        }
        if (axes.size() == 1 && !comma) {
            throw fault("the shape is a number, not a tuple; a single axis is written (3,)");
        }
        long[] shape = axes.stream().mapToLong(Long::longValue).toArray();
        if (NumericArray.count(shape) < 0) {
            throw fault("the shape %s has more elements than any file".formatted(axes));
        }
        return shape;
    }

    private long number() {
        blanks();
        if (at < text.length() && text.charAt(at) == '-') {
            throw fault("the shape has a negative axis");
        }
        int from = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw fault("an axis of the shape is larger than 63 bits can count");
            }
            value = value * 10 + digit;
            at++;
        }
        if (at == from) {
            throw fault("the shape has something else than whole numbers");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++; // Python 2 wrote long integers so
        }
        return value;
    }

    private String string(String what) {
        blanks();
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"') {
            throw fault(what + " in quotes is expected");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw fault("a quote is not closed");
        }
        String value = text.substring(at + 1, end);
        if (value.indexOf('\\') >= 0 || value.indexOf('\n') >= 0) {
            throw fault("a quoted text has a backslash or a new line");
        }
        at = end + 1;
        return value;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw fault(
                    "'%c' is expected, not %s"
                            .formatted(
                                    expected,
                                    at < text.length()
                                            ? "'" + text.substring(at, at + 1) + "'"
                                            : "the end of the header"));
        }
    }

    private boolean take(char wanted) {
        blanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault + ", at byte " + (start + at));
    }
}
