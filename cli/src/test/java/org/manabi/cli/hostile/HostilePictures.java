package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.big;
import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.cut;
import static org.manabi.cli.hostile.HostileFolder.filled;
import static org.manabi.cli.hostile.HostileFolder.join;
import static org.manabi.cli.hostile.HostileFolder.little;
import static org.manabi.cli.hostile.HostileFolder.little16;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/// PNG, JPEG, GIF and BMP.
final class HostilePictures {

    private static final byte[] SIGNATURE = bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10);

    private HostilePictures() {}

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(bytes(type));
        crc.update(data);
        return join(big(data.length), bytes(type), data, big((int) crc.getValue()));
    }

    private static byte[] deflated(int zeros) {
        Deflater deflater = new Deflater(9);
        byte[] all = new byte[zeros];
        deflater.setInput(all);
        deflater.finish();
        byte[] out = new byte[zeros / 900 + 100];
        int count = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, count);
    }

    private static byte[] png(int width, int height, int bits, int type, byte[] data) {
        return join(
                SIGNATURE,
                chunk("IHDR", join(big(width, height), bytes(bits, type, 0, 0, 0))),
                chunk("IDAT", data),
                chunk("IEND", bytes()));
    }

    private static byte[] sound(String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] changed(byte[] bytes, int at, int... values) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            copy[at + i] = (byte) values[i];
        }
        return copy;
    }

    static void add(HostileFolder to) {
        byte[] png = sound("png");
        byte[] jpeg = sound("jpeg");
        byte[] gif = sound("gif");
        byte[] bmp = sound("bmp");
        to.file("empty.png");
        to.file("signature.png", SIGNATURE);
        to.file("cut.png", cut(png, png.length / 2));
        to.file("cut-header.png", cut(png, 20));
        to.file(
                "pixels-2-to-62.png",
                png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2, deflated(1000)));
        to.file("negative.png", png(-1, -1, 8, 2, deflated(1000)));
        to.file("no-pixels.png", png(0, 0, 8, 2, deflated(10)));
        to.file("bomb.png", png(50_000, 50_000, 8, 2, deflated(16 << 20)));
        to.file("bomb-within-limits.png", png(6_000, 6_000, 8, 6, deflated(6_000 * 24_001)));
        to.file("bomb-of-bits.png", png(60_000, 60_000, 1, 0, deflated(64 << 20)));
        to.file("short-data.png", png(1_000, 1_000, 8, 2, deflated(1_000)));
        to.file("bad-depth.png", png(10, 10, 7, 2, deflated(400)));
        to.file("bad-color.png", png(10, 10, 8, 5, deflated(400)));
        to.file("no-palette.png", png(10, 10, 8, 3, deflated(400)));
        to.file("not-deflated.png", png(10, 10, 8, 2, filled(400, 0xFF)));
        to.file(
                "huge-chunk.png",
                SIGNATURE,
                chunk("IHDR", join(big(10, 10), bytes(8, 2, 0, 0, 0))),
                big(Integer.MAX_VALUE),
                bytes("IDAT"),
                new byte[100]);
        to.file(
                "negative-chunk.png",
                SIGNATURE,
                chunk("IHDR", join(big(10, 10), bytes(8, 2, 0, 0, 0))),
                big(-8),
                bytes("tEXt"),
                new byte[100]);
        to.file(
                "text-bomb.png",
                SIGNATURE,
                chunk("IHDR", join(big(10, 10), bytes(8, 2, 0, 0, 0))),
                chunk("zTXt", join(bytes("a\0\0"), deflated(80 << 20))),
                chunk("IDAT", filled(400, 0xFF)),
                chunk("IEND", bytes()));
        to.file(
                "profile-bomb.png",
                SIGNATURE,
                chunk("IHDR", join(big(10, 10), bytes(8, 2, 0, 0, 0))),
                chunk("iCCP", join(bytes("a\0\0"), deflated(80 << 20))),
                chunk("IDAT", filled(400, 0xFF)),
                chunk("IEND", bytes()));
        to.file("text.png", bytes("not a picture at all"));
        to.file("jpeg-by-name.jpg", bytes("<html>not found</html>"));
        to.file("empty.jpg");
        to.file("cut.jpg", cut(jpeg, jpeg.length / 4));
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        to.file("huge.jpg", changed(jpeg, frame + 5, 0xFF, 0xFF, 0xFF, 0xFF));
        to.file("no-pixels.jpg", changed(jpeg, frame + 5, 0, 0, 0, 0));
        to.file("no-components.jpg", changed(jpeg, frame + 9, 0));
        to.file("many-components.jpg", changed(jpeg, frame + 9, 255));
        to.file("short-segment.jpg", changed(jpeg, frame + 2, 0, 1));
        to.file("markers-only.jpg", bytes(0xFF, 0xD8), filled(1 << 20, 0xFF));
        to.file("empty.gif");
        to.file("cut.gif", cut(gif, 30));
        to.file("cut-data.gif", cut(gif, gif.length - 20));
        to.file("huge.gif", changed(gif, indexOf(gif, 0x2C) + 5, 0xFF, 0xFF, 0xFF, 0xFF));
        to.file("no-image.gif", bytes("GIF89a"), little16(10, 10), bytes(0, 0, 0, 0x3B));
        to.file(
                "extensions.gif",
                bytes("GIF89a"),
                little16(10, 10),
                bytes(0, 0, 0),
                filled(2 << 20, 0x21));
        to.file("empty.bmp");
        to.file("cut.bmp", cut(bmp, 60));
        to.file("cut-header.bmp", cut(bmp, 20));
        to.file("huge.bmp", changed(bmp, 18, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F));
        to.file("negative.bmp", changed(bmp, 18, 0, 0, 0, 0x80, 0, 0, 0, 0x80));
        to.file("bits.bmp", changed(bmp, 28, 77));
        to.file("offset.bmp", changed(bmp, 10, 0xFF, 0xFF, 0xFF, 0x7F));
        to.file("compression.bmp", changed(bmp, 30, 99));
        to.file("header-size.bmp", changed(bmp, 14, 0xFF, 0xFF, 0xFF, 0xFF));
        to.file(
                "embedded.bmp",
                join(
                        bytes("BM"),
                        little(1000, 0, 54, 40, 20_000, 20_000),
                        little16(1, 24),
                        little(4, 0, 0, 0, 0, 0),
                        jpeg));
        to.file("tiff.png", bytes("II*\0"), little(8), new byte[100]);
    }

    private static int indexOf(byte[] bytes, int... wanted) {
        for (int i = 0; ; i++) {
            int same = 0;
            while (same < wanted.length && (bytes[i + same] & 0xFF) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
    }
}
