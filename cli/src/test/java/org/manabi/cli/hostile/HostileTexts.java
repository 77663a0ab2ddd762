package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.cut;
import static org.manabi.cli.hostile.HostileFolder.filled;
import static org.manabi.cli.hostile.HostileFolder.join;
import static org.manabi.cli.hostile.HostileFolder.little;
import static org.manabi.cli.hostile.HostileFolder.little64;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.manabi.formats.protobuf.WireWriter;

/// Tables, JSON, YAML, runs, and TensorBoard's events.
final class HostileTexts {

    private HostileTexts() {}

    static void addTables(HostileFolder to) {
        to.file("empty.csv");
        to.file("mark-only.csv", bytes(0xEF, 0xBB, 0xBF));
        to.text("blank.csv", "\n\n\n");
        to.text("names-only.csv", "a,b,c\n");
        to.text("names-twice.csv", "a,a\n1,2\n");
        to.text("uneven.csv", "a,b\n1,2\n3\n");
        to.text("open-quote.csv", "a,b\n1,\"2\n3,4\n");
        to.text("after-quote.csv", "a,b\n\"1\"x,2\n");
        to.file("nul.csv", bytes("a,b\n1,\0\n"));
        to.file("nul-later.csv", bytes("a,b\n"), bytes("1,2\n".repeat(100_000)), bytes("1,\0\n"));
        to.file("control.csv", bytes("a,b\n1,\u001b[2J\n"));
        to.file(
                "utf16-odd.csv",
                bytes(0xFF, 0xFE),
                "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE),
                bytes(1));
        to.file("utf16-half.csv", bytes(0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x0A));
        to.file("utf32.csv", bytes(0xFF, 0xFE, 0, 0, 'a', 0, 0, 0));
        to.file(
                "mark-and-damage.csv",
                bytes(0xEF, 0xBB, 0xBF),
                bytes("a,b\n1,"),
                bytes(0xC3, 0x28, '\n'));
        to.file("no-encoding.csv", bytes("a,b\n1,"), bytes(0x81, 0x8D, 0x8F, 0x90, 0x9D, '\n'));
        to.filled("one-line.csv", 200L << 20, 'a', bytes("a,b\n1,"));
        to.filled("commas.csv", 64L << 20, ',', bytes("a,b\n1,"));
        to.filled("quotes.csv", 64L << 20, '"', bytes("a,b\n1,"));
        to.file("picture.csv", bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10), new byte[100]);
        to.text("json.csv", "{\"a\": [1, 2]}");
        to.text("page.csv", "<!DOCTYPE html><html><body>404</body></html>");
    }

    static void addNotation(HostileFolder to) {
        to.file("empty.json");
        to.text("cut.json", "{\"a\": [1, 2");
        to.text("deep.json", "[".repeat(100_000) + "]".repeat(100_000));
        to.text("deep-objects.json", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        to.text("twice.json", "{\"a\": 1, \"a\": 2}");
        to.text("two-values.json", "{} {}");
        to.text("nan.json", "{\"a\": NaN}");
        to.text("comment.json", "{} // hello");
        to.text("half-a-character.json", "{\"a\": \"\\ud800\"}");
        to.file("not-utf8.json", bytes("{\"a\": \""), bytes(0xC3, 0x28), bytes("\"}"));
        to.text("long-number.json", "{\"a\": 1" + "0".repeat(2_000_000) + "}");
        to.filled("large.json", 32L << 20, ' ', bytes("{}"));
        to.file("utf16.json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_16));
        to.text("text.json", "hello");
        to.file("empty.yaml");
        to.text("tab.yaml", "layers:\n\t- Relu\n");
        to.text("deep.yaml", "[".repeat(100_000));
        to.text("deep-and-closed.yaml", "[".repeat(5_000) + "]".repeat(5_000));
        to.text("deep-blocks.yaml", "- ".repeat(10_000) + "a");
        to.text("deep-mappings.yaml", "{a: ".repeat(20_000) + "1" + "}".repeat(20_000));
        to.text(
                "anchors.yaml",
                """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d]
                layers: [*e, *e, *e, *e, *e, *e, *e, *e]
                """);
        to.text("anchor-of-itself.yaml", "layers: &a\n  - *a\n");
        to.text("anchored-key.yaml", "? &a [*a]\n: 1\n");
        to.text("merge.yaml", "a: &a {b: 1}\nlayers:\n  <<: *a\n");
        to.text("tag.yaml", "layers: !!javax.script.ScriptEngineManager [x]\n");
        to.text("tag-of-bytes.yaml", "layers: !!binary aGVsbG8=\n");
        to.text("twice.yaml", "layers: []\nlayers: []\n");
        to.text("two-documents.yaml", "layers: []\n---\nlayers: []\n");
        to.text("unknown-layer.yaml", "layers:\n  - Runtime: 3\n");
        to.text("huge-layer.yaml", "layers:\n  - Dense: 99999999999999999999\n");
        to.text("negative-layer.yaml", "layers:\n  - Dense: -3\n");
        to.text("number-keys.yaml", "1: 2\n");
        to.file("not-utf8.yaml", bytes("layers: "), bytes(0xC3, 0x28));
        to.file("nul.yaml", bytes("layers: \0"));
        to.filled("large.yaml", 4L << 20, '#', bytes("layers: []\n"));
        StringBuilder keys = new StringBuilder();
        for (int i = 0; keys.length() < 1_000_000; i++) {
            keys.append(Integer.toString(i, 36)).append(": 1\n");
        }
        to.text("many-keys.yaml", keys.toString());
    }

    private static final String RUN =
            """
            {"format": 1, "state": "finished", "created": "2026-11-24T15:30:12Z",
             "updated": "2026-11-24T15:30:12Z", "config": {}, "data": {"name": "x",
             "sha256": ""}, "versions": {}, "seed": 1, "parameters": 1, "host": {},
             "results": {}}
            """;

    /// Adds a folder with a `run.json`, which is what is inspected.
    private static void run(HostileFolder to, String name, String json) {
        to.add(name);
        to.beside(name + "/run.json", bytes(json));
    }

    static void addRuns(HostileFolder to) {
        run(to, "run-empty", "");
        run(to, "run-cut", RUN.substring(0, 100));
        run(to, "run-list", "[]");
        run(to, "run-nothing", "{}");
        run(to, "run-format", RUN.replace("\"format\": 1", "\"format\": 99"));
        run(to, "run-state", RUN.replace("finished", "asleep"));
        run(to, "run-time", RUN.replace("2026-11-24T15", "yesterday"));
        run(to, "run-seed", RUN.replace("\"seed\": 1", "\"seed\": \"one\""));
        run(to, "run-large-seed", RUN.replace("\"seed\": 1", "\"seed\": 1e400"));
        run(
                to,
                "run-deep",
                RUN.replace(
                        "\"host\": {}",
                        "\"host\": " + "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000)));
        run(to, "run-long", RUN + " ".repeat(9 << 20));
        run(to, "run-metrics", RUN);
        to.beside("run-metrics/metrics.jsonl", bytes("{\"event\": \"started\"}\nnonsense\n"));
        run(to, "run-metrics-list", RUN);
        to.beside("run-metrics-list/metrics.jsonl", bytes("[]\n"));
        run(to, "run-metrics-long", RUN);
        to.beside("run-metrics-long/metrics.jsonl", filled(20 << 20, ' '));
        run(to, "run-metrics-folder", RUN);
        to.beside("run-metrics-folder/metrics.jsonl/x", bytes("x"));
        run(to, "run-checkpoint", RUN);
        to.beside("run-checkpoint/checkpoints/last.safetensors", new byte[3]);
        run(to, "run-checkpoint-no-model", RUN);
        to.beside("run-checkpoint-no-model/checkpoints/best.safetensors", little64(2), bytes("{}"));
    }

    private static byte[] record(byte[] event) {
        byte[] length = little64(event.length);
        return join(length, little(masked(length)), event, little(masked(event)));
    }

    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int sum = (int) crc.getValue();
        return ((sum >>> 15) | (sum << 17)) + 0xA282EAD8;
    }

    private static byte[] head(long length) {
        byte[] bytes = little64(length);
        return join(bytes, little(masked(bytes)));
    }

    static void addEvents(HostileFolder to) {
        byte[] first = record(WireWriter.message(e -> e.real64(1, 1.7e9).text(3, "brain.Event:2")));
        String name = "events.out.tfevents.";
        to.file(name + "empty");
        to.file(name + "cut", cut(first, first.length - 1));
        to.file(name + "cut-head", cut(first, 7));
        to.file(name + "no-version", record(WireWriter.message(e -> e.real64(1, 1))));
        to.file(name + "length", first, head(Long.MAX_VALUE));
        to.file(name + "negative", first, head(-1));
        to.file(name + "beyond", first, head(100), new byte[50]);
        byte[] sum = first.clone();
        sum[sum.length - 1] ^= 1;
        to.file(name + "wrong-sum", sum);
        byte[] lengthSum = first.clone();
        lengthSum[9] ^= 1;
        to.file(name + "wrong-length-sum", lengthSum);
        to.file(name + "zeros", new byte[1000]);
        to.file(name + "text", bytes("these are no events"));
        to.file(name + "damaged-event", first, record(filled(40, 0xFF)));
        to.file(
                name + "long-tag",
                first,
                record(
                        WireWriter.message(
                                e ->
                                        e.message(
                                                5,
                                                s ->
                                                        s.message(
                                                                1,
                                                                v ->
                                                                        v.bytes(
                                                                                1,
                                                                                filled(
                                                                                        90 << 20,
                                                                                        'a')))))));
        to.file(
                name + "tag-not-utf8",
                first,
                record(
                        WireWriter.message(
                                e ->
                                        e.message(
                                                5,
                                                s ->
                                                        s.message(
                                                                1,
                                                                v ->
                                                                        v.bytes(
                                                                                1,
                                                                                bytes(
                                                                                        0xC3,
                                                                                        0x28)))))));
        to.file(name + "values", first, record(WireWriter.message(e -> e.bytes(5, values()))));
        to.file(
                name + "histogram",
                first,
                record(
                        WireWriter.message(
                                e ->
                                        e.message(
                                                5,
                                                s ->
                                                        s.message(
                                                                1,
                                                                v ->
                                                                        v.text(1, "h")
                                                                                .message(
                                                                                        5,
                                                                                        h ->
                                                                                                h
                                                                                                        .bytes(
                                                                                                                6,
                                                                                                                new byte
                                                                                                                        [7])))))));
    }

    private static byte[] values() {
        byte[] one = bytes(0x0A, 0x00);
        byte[] all = new byte[40 << 20];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i & 1];
        }
        return all;
    }
}
