package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.big;
import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.filled;
import static org.manabi.cli.hostile.HostileFolder.gzip;
import static org.manabi.cli.hostile.HostileFolder.join;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// What is no regular file, or lies where it should not.
final class HostilePlaces {

    private static final List<String> SUFFIXES =
            List.of(
                    "",
                    ".gz",
                    ".npy",
                    ".npz",
                    ".safetensors",
                    ".onnx",
                    ".csv",
                    ".json",
                    ".yaml",
                    ".png",
                    ".tar.gz",
                    ".tfevents");

    private HostilePlaces() {}

    static void add(HostileFolder to) {
        try {
            places(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folders(to);
    }

    private static void places(HostileFolder to) throws IOException {
        for (String suffix : SUFFIXES) {
            to.add("missing" + suffix);
            Files.createDirectory(to.add("folder" + suffix));
            Files.createSymbolicLink(to.add("zeros" + suffix), Path.of("/dev/zero"));
            Path loop = to.add("loop" + suffix);
            Files.createSymbolicLink(loop, loop);
            Path pipe = to.add("pipe" + suffix);
            if (!isMade(pipe)) {
                Files.createDirectory(pipe);
            }
            Path locked = to.file("locked" + suffix, bytes("x"));
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        }
        to.file("control-\u001b[31m\u202e.npy", bytes("x"));
    }

    private static boolean isMade(Path pipe) throws IOException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] idx(int type, int... dims) {
        return join(bytes(0, 0, type, dims.length), big(dims));
    }

    private static void folders(HostileFolder to) {
        to.add("digits-short");
        to.beside("digits-short/train-images-idx3-ubyte", idx(8, 9, 2, 2), new byte[35]);
        to.beside("digits-short/train-labels-idx1-ubyte", idx(8, 9), new byte[9]);
        to.beside("digits-short/t10k-images-idx3-ubyte", idx(8, 1, 2, 2), new byte[4]);
        to.beside("digits-short/t10k-labels-idx1-ubyte", idx(8, 1), new byte[1]);
        to.add("digits-unequal");
        to.beside("digits-unequal/train-images-idx3-ubyte", idx(8, 9, 2, 2), new byte[36]);
        to.beside("digits-unequal/train-labels-idx1-ubyte", idx(8, 8), new byte[8]);
        to.beside("digits-unequal/t10k-images-idx3-ubyte", idx(8, 1, 2, 2), new byte[4]);
        to.beside("digits-unequal/t10k-labels-idx1-ubyte", idx(8, 1), new byte[1]);
        to.add("digits-missing");
        to.beside("digits-missing/train-images-idx3-ubyte", idx(8, 1, 2, 2), new byte[4]);
        to.add("classes-damaged");
        to.beside("classes-damaged/cat/1.png", bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10));
        to.beside("classes-damaged/dog/1.png", bytes("no picture"));
        to.file("cifar-10-binary.tar.gz", gzip(bytes("no archive"), 100));
        to.file("cifar-cut.tar.gz", gzip(header("data_batch_1.bin", "77777777777"), 512));
        to.file("cifar-bomb.tar.gz", gzip(header("data_batch_1.bin", "10000000000"), 1L << 27));
        to.file("cifar-upward.tar.gz", gzip(header("../../data_batch_1.bin", "00000000000"), 1024));
    }

    /// The header of a file in a tar archive, whose length is in octal.
    private static byte[] header(String name, String length) {
        byte[] header = new byte[512];
        byte[] text = bytes(name);
        System.arraycopy(text, 0, header, 0, text.length);
        System.arraycopy(bytes("0000644\0"), 0, header, 100, 8);
        System.arraycopy(bytes(length), 0, header, 124, length.length());
        System.arraycopy(filled(8, ' '), 0, header, 148, 8);
        header[156] = '0';
        System.arraycopy(bytes("ustar\00000"), 0, header, 257, 8);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        byte[] octal = bytes("%06o\0 ".formatted(sum));
        System.arraycopy(octal, 0, header, 148, 8);
        return header;
    }
}
