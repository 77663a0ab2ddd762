package org.manabi.formats.table;

/// A cell of a table in 64 bits: a number as the double that it is, and everything else as a double that
/// is none, whose bits say what it is instead.
///
///     7ff8000000000000           nothing is known
///     7ff80001 00000000 + code   the text of that code in the column's dictionary
///     fff8000000000000 + hash    a text that the dictionary has no place for, by 51 bits of a hash
final class Cell {

    static final long MISSING = 0x7FF8_0000_0000_0000L;
    private static final long CODED = 0x7FF8_0001_0000_0000L;
    private static final long HASHED = 0xFFF8_0000_0000_0000L;
    private static final long HASH_BITS = (1L << 51) - 1;

    private Cell() {}

    static long number(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static long coded(int code) {
        return CODED + code;
    }

    static boolean isCoded(long cell) {
        return cell >>> 32 == CODED >>> 32;
    }

    static int code(long cell) {
        return (int) cell;
    }

    /// A hash of a text (FNV-1a).
    static long hashed(String text) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x0000_0100_0000_01B3L;
        }
        hash ^= hash >>> 32;
        return HASHED | (hash & HASH_BITS);
    }
}
