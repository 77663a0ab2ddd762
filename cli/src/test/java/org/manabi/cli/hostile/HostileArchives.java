package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.cut;
import static org.manabi.cli.hostile.HostileFolder.join;
import static org.manabi.cli.hostile.HostileFolder.little;
import static org.manabi.cli.hostile.HostileFolder.little16;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Archives of npy arrays.
final class HostileArchives {

    private HostileArchives() {}

    /// A zip archive under construction, any number of which may be a lie.
    private static final class Zip {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final List<byte[]> directory = new ArrayList<>();
        private int flags;
        private int method = 8;
        private int sizeLie;
        private int sumLie;
        private boolean atTheBeginning;

        Zip entry(String name, byte[] content) {
            byte[] packed = method == 8 ? deflated(content, 1) : content;
            return packed(bytes(name), content.length, content, packed);
        }

        /// An entry of many times the same megabyte of zeros.
        Zip bomb(String name, byte[] begin, int megabytes) {
            byte[] packed = deflated(begin, megabytes);
            return packed(bytes(name), begin.length + (megabytes << 20), new byte[0], packed);
        }

        private Zip packed(byte[] name, int size, byte[] content, byte[] packed) {
            CRC32 crc = new CRC32();
            crc.update(content);
            int sum = (int) crc.getValue() + sumLie;
            byte[] data = method == 8 ? packed : content;
            int place = atTheBeginning ? 0 : out.size();
            byte[] common =
                    join(
                            little16(20, flags, method, 0, 0x21),
                            little(sum, data.length, size + sizeLie),
                            little16(name.length, 0));
            out.writeBytes(join(little(0x04034b50), common, name, data));
            directory.add(
                    join(
                            little(0x02014b50),
                            little16(20),
                            common,
                            little16(0, 0, 0),
                            little(0, place),
                            name));
            return this;
        }

        byte[] whole() {
            byte[] all = join(directory.toArray(byte[][]::new));
            int count = directory.size();
            return join(
                    out.toByteArray(),
                    all,
                    little(0x06054b50),
                    little16(0, 0, count, count),
                    little(all.length, out.size()),
                    little16(0));
        }
    }

    private static byte[] deflated(byte[] begin, int megabytes) {
        Deflater deflater = new Deflater(9, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i <= (megabytes == 1 ? 0 : megabytes); i++) {
            deflater.setInput(i == 0 ? begin : zeros);
            while (!deflater.needsInput()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static Zip zip() {
        return new Zip();
    }

    static void add(HostileFolder to) {
        byte[] array = HostileArrays.npy(HostileArrays.header("<f4", "(4,)"), 16);
        byte[] sound = zip().entry("a.npy", array).whole();
        to.file("empty.npz");
        to.file("cut.npz", cut(sound, sound.length - 1));
        to.file("cut-directory.npz", cut(sound, sound.length - 30));
        to.file("head-only.npz", cut(sound, 4));
        to.file("appended.npz", sound, bytes("more"));
        to.file("put-before.npz", bytes("PK\u0003\u0004xxxx"), sound);
        to.file("twice.npz", zip().entry("a.npy", array).entry("a.npy", array).whole());
        to.file("no-array.npz", zip().entry("a.txt", bytes("text")).whole());
        to.file("upward.npz", zip().entry("../../a.npy", array).whole());
        to.file("backslash.npz", zip().entry("..\\a.npy", array).whole());
        to.file("control.npz", zip().entry("a\u001b[2J.npy", array).whole());
        to.file("nameless.npz", zip().entry("", array).whole());
        to.file("zip-in-zip.npz", zip().entry("a.npy", sound).whole());
        to.file("zip-in-zip-by-name.npz", zip().entry("a.npz", sound).whole());
        Zip overlap = zip().entry("a.npy", array);
        overlap.atTheBeginning = true;
        to.file("overlap.npz", overlap.entry("b.npy", array).whole());
        Zip quine = zip().bomb("0.npy", array, 64);
        quine.atTheBeginning = true;
        for (int i = 1; i < 2_000; i++) {
            quine.directory.add(renamed(quine.directory.getFirst(), i));
        }
        to.file("overlapping-bomb.npz", quine.whole());
        to.file(
                "bomb.npz",
                zip().bomb(
                                "a.npy",
                                HostileArrays.npy(HostileArrays.header("|u1", "(134217728,)"), 0),
                                1024)
                        .whole());
        Zip small = zip();
        small.sizeLie = -(64 << 20);
        to.file("bomb-that-lies.npz", small.bomb("a.npy", array, 64).whole());
        Zip sum = zip();
        sum.sumLie = 1;
        to.file("wrong-sum.npz", sum.entry("a.npy", array).whole());
        Zip size = zip();
        size.sizeLie = 1;
        to.file("wrong-size.npz", size.entry("a.npy", array).whole());
        Zip huge = zip();
        huge.sizeLie = Integer.MAX_VALUE;
        to.file("promises-four-gigabytes.npz", huge.entry("a.npy", array).whole());
        Zip encrypted = zip();
        encrypted.flags = 1;
        to.file("encrypted.npz", encrypted.entry("a.npy", array).whole());
        Zip method = zip();
        method.method = 14;
        to.file("lzma.npz", method.entry("a.npy", array).whole());
        Zip many = zip();
        many.method = 0;
        for (int i = 0; i < 10_001; i++) {
            many.entry(i + ".npy", array);
        }
        to.file("many-entries.npz", many.whole());
        byte[] count = sound.clone();
        count[count.length - 12] = 100;
        to.file("wrong-count.npz", count);
        byte[] place = sound.clone();
        place[place.length - 3] = 0x7F;
        to.file("directory-outside.npz", place);
        to.file(
                "pickle.npz",
                zip().entry("a.npy", HostileArrays.npy(HostileArrays.header("|O", "(1,)"), 8))
                        .whole());
        to.file("not-deflate.npz", notDeflate(array));
    }

    private static byte[] renamed(byte[] entry, int number) {
        byte[] name = bytes(number + ".npy");
        byte[] changed = join(cut(entry, 46), name);
        System.arraycopy(little16(name.length), 0, changed, 28, 2);
        return changed;
    }

    private static byte[] notDeflate(byte[] array) {
        Zip zip = zip();
        zip.packed(bytes("a.npy"), array.length, array, HostileFolder.filled(50, 0xFF));
        return zip.whole();
    }
}
