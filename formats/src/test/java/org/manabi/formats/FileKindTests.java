package org.manabi.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FileKindTests {

    private static String guess(byte... head) {
        return FileKind.guess(head).orElse("nothing");
    }

    @Test
    void knownSignaturesAreNamed() {
        assertThat(guess(HexFormat.of().parseHex("89504e470d0a1a0a00"))).isEqualTo("a PNG picture");
        assertThat(guess(HexFormat.of().parseHex("504b03041400"))).contains("zip").contains("npz");
        assertThat(guess("PAR1....".getBytes(UTF_8))).isEqualTo("a Parquet file");
        assertThat(guess("\2\0\0\0\0\0\0\0{}".getBytes(UTF_8))).isEqualTo("a safetensors file");
    }

    @Test
    void textsAreToldApart() {
        assertThat(guess("5.1,3.5,1.4,0.2,0\n".getBytes(UTF_8))).isEqualTo("text");
        assertThat(guess("手書き数字\n".getBytes(UTF_8))).isEqualTo("text");
        assertThat(guess(" {\"a\": 1}".getBytes(UTF_8))).isEqualTo("JSON text");
        assertThat(guess("<!DOCTYPE HTML><title>404".getBytes(UTF_8))).contains("HTML");
        assertThat(guess("<?xml version='1.0'?>".getBytes(UTF_8))).isEqualTo("XML text");
    }

    @Test
    void anythingElseIsLeftOpen() {
        assertThat(guess()).isEqualTo("nothing");
        assertThat(guess((byte) 0, (byte) 0, (byte) 8, (byte) 3)).isEqualTo("nothing");
        ForAll.seeds(
                500,
                random -> {
                    byte[] head = new byte[random.nextInt(FileKind.HEAD)];
                    random.nextBytes(head);
                    assertThat(FileKind.guess(head)).isNotNull();
                });
    }
}
