package org.xerial.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnappyTests {

    private static String text(String hex, int room) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(room + 3).position(3);
        int length = Snappy.uncompress(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), out);
        assertThat(out.remaining()).isEqualTo(length);
        return new String(out.array(), 3, length, StandardCharsets.US_ASCII);
    }

    /// By hand from the format's page: the tag of a literal of n bytes is (n − 1) · 4, that of a copy of n
    /// bytes with a distance of 11 bits (n − 4) · 4 + 1, of 16 bits (n − 1) · 4 + 2, of 32 bits + 3.
    @Test
    void literalsAndCopiesOfAllKindsAreRead() throws IOException {
        assertThat(text("0308616263", 3)).isEqualTo("abc");
        assertThat(text("03f00261" + "6263", 3)).isEqualTo("abc");
        assertThat(text("0908616263" + "0903", 9)).isEqualTo("abcabcabc");
        assertThat(text("09086162631603" + "00", 9)).isEqualTo("abcabcabc");
        assertThat(text("0908616263170300" + "0000", 9)).isEqualTo("abcabcabc");
        assertThat(text("0600611201" + "00", 6)).isEqualTo("aaaaaa");
        assertThat(text("00", 0)).isEmpty();
    }

    @Test
    void whatIsNoStreamIsRefused() {
        for (String hex :
                new String[] {
                    "",
                    "80",
                    "ffffffffff",
                    "0308",
                    "030861",
                    "04086162630902",
                    "09086162630904",
                    "0908616263090",
                    "0200611a0100",
                    "03f461",
                    "0508616263"
                }) {
            String even = hex.length() % 2 == 0 ? hex : hex + "0";
            assertThatThrownBy(() -> text(even, 20)).as(hex).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> text("0908616263" + "0903", 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("room for 8");
    }

    @Test
    void whateverTheBytesTheAnswerIsAStreamOrAnError() {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(100);
            try {
                Snappy.uncompress(ByteBuffer.wrap(bytes), ByteBuffer.allocate(100));
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("Snappy");
            }
        }
    }
}
