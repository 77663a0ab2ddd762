package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.big;
import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.cut;
import static org.manabi.cli.hostile.HostileFolder.filled;
import static org.manabi.cli.hostile.HostileFolder.gzip;
import static org.manabi.cli.hostile.HostileFolder.join;
import static org.manabi.cli.hostile.HostileFolder.little;
import static org.manabi.cli.hostile.HostileFolder.little16;

/// IDX, gzip and npy.
final class HostileArrays {

    private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private HostileArrays() {}

    private static byte[] idx(int type, int... dims) {
        return join(bytes(0, 0, type, dims.length), big(dims));
    }

    static void addIdx(HostileFolder to) {
        to.file("empty");
        to.file("empty-idx1-ubyte");
        to.file("one-byte", bytes(0));
        to.file("no-magic-idx3-ubyte", bytes(1, 2, 3, 4, 5, 6, 7, 8));
        to.file("cut-magic-idx1-ubyte", bytes(0, 0, 8));
        to.file("no-type-idx1-ubyte", bytes(0, 0, 0x0A, 1), big(1), bytes(1, 1));
        to.file("no-rank-idx", bytes(0, 0, 8, 0));
        to.file("rank-255-idx", bytes(0, 0, 8, 255), filled(4 * 255, 0));
        to.file("cut-dims-idx", bytes(0, 0, 8, 4), big(1, 1));
        to.file("negative-idx", idx(8, -1, -1, -1));
        to.file("wraps-to-16-idx", idx(0x0E, 0x4000_0000, 0x4000_0000, 0x20), filled(16, 0));
        to.file("wraps-to-0-idx", idx(8, 0x8000_0000, 0x8000_0000, 4));
        to.file("two-gigabytes-idx", idx(8, Integer.MAX_VALUE), filled(100, 7));
        to.file("short-idx", idx(8, 10), filled(9, 1));
        to.file("long-idx", idx(8, 10), filled(11, 1));
        to.file("reversed-idx", bytes(3, 8, 0, 0), little(1, 2, 2), filled(4, 1));
        to.file("mistyped-idx", idx(0x0D, 10), filled(10, 1));
        to.file("huge-with-a-zero-idx", idx(8, -1, -1, -1, -1, 0), filled(1, 0));
    }

    static void addGzip(HostileFolder to) {
        byte[] sound = gzip(idx(8, 4), 4);
        to.file("cut.gz", cut(sound, sound.length - 9));
        to.file("cut-in-trailer.gz", cut(sound, sound.length - 3));
        to.file("head-only.gz", cut(sound, 10));
        to.file("two-bytes.gz", bytes(0x1F, 0x8B));
        to.file("appended.gz", sound, bytes("more"));
        to.file("second-member-is-more.gz", sound, sound);
        byte[] sum = sound.clone();
        sum[sum.length - 8] ^= 1;
        to.file("wrong-sum.gz", sum);
        byte[] size = sound.clone();
        size[size.length - 1] ^= 1;
        to.file("wrong-size.gz", size);
        byte[] flags = sound.clone();
        flags[3] = (byte) 0xE0;
        to.file("reserved-flags.gz", flags);
        to.file("endless-name.gz", bytes(0x1F, 0x8B, 8, 8), filled(1 << 20, 'a'));
        to.file("dictionary.gz", bytes(0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0), filled(100, 0xFF));
        to.file("bomb-beyond-the-header.gz", gzip(idx(8, 10), 1L << 27));
        to.file("bomb-by-the-header.gz", gzip(idx(8, 1 << 27), 1L << 27));
        to.file("bomb-of-pictures.gz", gzip(idx(8, 1 << 13, 1 << 7, 1 << 7), 1L << 27));
        to.file("bomb-of-doubles.gz", gzip(idx(0x0E, 1 << 24), 1L << 27));
        to.file("promises-two-gigabytes.gz", gzip(idx(8, Integer.MAX_VALUE), 1 << 20));
        to.file("gzip-in-gzip.gz", gzip(gzip(idx(8, 4), 4), 0));
        to.file("empty-members.gz", new byte[0][]);
        to.file("many-empty-members.gz", repeated(gzip(bytes(), 0), 200_000));
        to.file("no-idx-within.gz", gzip(bytes("hello, this is text"), 0));
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }

    /// An npy file of version 1 with this header.
    static byte[] npy(String header, int dataBytes) {
        byte[] text = bytes(header);
        return join(NUMPY, bytes(1, 0), little16(text.length), text, new byte[dataBytes]);
    }

    static String header(String descr, String shape) {
        return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(descr, shape);
    }

    static void addNpy(HostileFolder to) {
        to.file("empty.npy");
        to.file("magic-only.npy", NUMPY);
        to.file("version-9.npy", NUMPY, bytes(9, 9), new byte[64]);
        to.file("cut-header.npy", NUMPY, bytes(1, 0), little16(118), bytes("{'descr'"));
        to.file("header-of-4-gigabytes.npy", NUMPY, bytes(2, 0), little(-1), new byte[64]);
        to.file("long-header.npy", NUMPY, bytes(1, 0), little16(65_535), filled(65_535, ' '));
        to.file("pickle.npy", npy(header("|O", "(1,)"), 8), bytes("\u0080\u0003cos\nsystem\n."));
        to.file(
                "records.npy",
                npy(
                        "{'descr': [('a', '<f4')], 'fortran_order': False, " + "'shape': (1,), }\n",
                        4));
        to.file("strings.npy", npy(header("<U8", "(1,)"), 32));
        to.file("half.npy", npy(header("<f99", "(1,)"), 99));
        to.file("negative.npy", npy(header("<f4", "(-1,)"), 4));
        to.file("overflow.npy", npy(header("<f8", "(4611686018427387904, 4)"), 0));
        to.file("overflow-to-one.npy", npy(header("<f8", "(2305843009213693952, 8)"), 8));
        to.file("larger-than-long.npy", npy(header("<f4", "(99999999999999999999,)"), 4));
        to.file("fortran-word.npy", npy("{'descr': '<f4', 'fortran_order': 7, 'shape': (), }", 4));
        to.file(
                "twice.npy",
                npy(
                        "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, "
                                + "'shape': (1,), }\n",
                        4));
        to.file(
                "unknown-key.npy",
                npy(
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), " + "'more': 1}\n",
                        4));
        to.file(
                "code.npy",
                npy(
                        "{'descr': __import__('os').system('id'), 'fortran_order': False,"
                                + " 'shape': (1,)}\n",
                        4));
        to.file("nested.npy", npy("(".repeat(9_900), 0));
        to.file("many-axes.npy", npy(header("<f4", "(" + "1,".repeat(4_000) + ")"), 4));
        to.file("axes-with-a-zero.npy", npy(header("<f4", "(0, 9223372036854775807, 9)"), 4));
        to.file("short.npy", npy(header("<f4", "(3,)"), 11));
        to.file("long.npy", npy(header("<f4", "(3,)"), 13));
        to.file("truth-of-2.npy", npy(header("|b1", "(1,)"), 0), bytes(2));
        to.file("latin.npy", NUMPY, bytes(3, 0), little(2), bytes(0xFF, 0xFE));
        to.file("not-utf8.npy", NUMPY, bytes(3, 0), little(60), filled(60, 0xC3));
        to.file("is-text.npy", bytes("a,b\n1,2\n"));
    }
}
