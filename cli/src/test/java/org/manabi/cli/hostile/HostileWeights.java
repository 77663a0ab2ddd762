package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.filled;
import static org.manabi.cli.hostile.HostileFolder.join;
import static org.manabi.cli.hostile.HostileFolder.little64;

import org.manabi.formats.json.JsonValue;

/// safetensors files, and models within them.
final class HostileWeights {

    private static final String ONE = "'dtype':'F32','shape':[1],'data_offsets':[0,4]";

    private HostileWeights() {}

    private static byte[] file(String header, int dataBytes) {
        byte[] json = bytes(header.replace('\'', '"'));
        return join(little64(json.length), json, new byte[dataBytes]);
    }

    /// A tensor's entry in the header.
    private static String tensor(String name, String type, String shape, String offsets) {
        return "'%s':{'dtype':'%s','shape':%s,'data_offsets':%s}"
                .formatted(name, type, shape, offsets);
    }

    private static byte[] tensor(String type, String shape, String offsets, int dataBytes) {
        return file("{" + tensor("a", type, shape, offsets) + "}", dataBytes);
    }

    static void add(HostileFolder to) {
        to.file("empty.safetensors");
        to.file("seven-bytes.safetensors", new byte[7]);
        to.file("no-header.safetensors", little64(0));
        to.file("header-of-2-to-63.safetensors", little64(Long.MAX_VALUE), bytes("{}"));
        to.file("negative-header.safetensors", little64(-1), bytes("{}"));
        to.file("header-beyond-the-file.safetensors", little64(1000), bytes("{}"));
        to.file("header-of-200-megabytes.safetensors", little64(200_000_000), bytes("{}"));
        to.file("not-json.safetensors", file("hello", 0));
        to.file("list.safetensors", file("[]", 0));
        to.file("not-utf8.safetensors", little64(6), bytes('{', '"', 0xC3, 0x28, '"', '}'));
        to.file("cut-json.safetensors", file("{'a':{" + ONE, 4));
        to.file("twice.safetensors", file("{'a':{" + ONE + "},'a':{" + ONE + "}}", 4));
        to.file("field-twice.safetensors", file("{'a':{'shape':[2]," + ONE + "}}", 4));
        to.file(
                "metadata-twice.safetensors",
                file("{'__metadata__':{},'__metadata__':{},'a':{" + ONE + "}}", 4));
        to.file("metadata-of-numbers.safetensors", file("{'__metadata__':{'a':1}}", 0));
        to.file("metadata-null.safetensors", file("{'__metadata__':null}", 0));
        to.file("nan.safetensors", tensor("F32", "[NaN]", "[0,4]", 4));
        to.file("fraction.safetensors", tensor("F32", "[1.5]", "[0,4]", 4));
        to.file("exponent.safetensors", tensor("F32", "[1e0]", "[0,4]", 4));
        to.file("negative.safetensors", tensor("F32", "[-1]", "[0,4]", 4));
        to.file(
                "long-number.safetensors",
                tensor("F32", "[" + "9".repeat(1 << 20) + "]", "[0,4]", 4));
        to.file("overflow.safetensors", tensor("F32", "[4294967296,4294967296]", "[0,0]", 0));
        to.file("overflow-by-type.safetensors", tensor("F64", "[2305843009213693952]", "[0,0]", 0));
        to.file("unknown-type.safetensors", tensor("F128", "[1]", "[0,16]", 16));
        to.file("lower-case.safetensors", tensor("f32", "[1]", "[0,4]", 4));
        to.file("half-a-byte.safetensors", tensor("F4", "[1]", "[0,1]", 1));
        to.file("text-shape.safetensors", tensor("F32", "'1'", "[0,4]", 4));
        to.file("three-offsets.safetensors", tensor("F32", "[1]", "[0,4,8]", 8));
        to.file("backwards.safetensors", tensor("F32", "[1]", "[4,0]", 4));
        to.file("beyond.safetensors", tensor("F32", "[2]", "[0,8]", 4));
        to.file(
                "offset-of-2-to-64.safetensors",
                tensor("F32", "[1]", "[18446744073709551612,0]", 4));
        to.file("short.safetensors", tensor("F32", "[2]", "[0,4]", 4));
        to.file("appended.safetensors", tensor("F32", "[1]", "[0,4]", 5));
        to.file("hole.safetensors", tensor("F32", "[1]", "[4,8]", 8));
        to.file(
                "overlap.safetensors",
                file(
                        "{"
                                + tensor("a", "F32", "[2]", "[0,8]")
                                + ","
                                + tensor("b", "F32", "[1]", "[4,8]")
                                + "}",
                        8));
        to.file("no-type.safetensors", file("{'a':{'shape':[1],'data_offsets':[0,4]}}", 4));
        to.file(
                "deep.safetensors",
                file("{'a':{'more':" + "[".repeat(100_000) + "]".repeat(100_000) + "}}", 0));
        to.file(
                "deep-objects.safetensors",
                file("{'a':".repeat(60_000) + "1" + "}".repeat(60_000), 0));
        to.file(
                "many-axes.safetensors",
                tensor("F32", "[" + "1,".repeat(100_000) + "1]", "[0,4]", 4));
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 400_000; i++) {
            many.append(i == 0 ? "" : ",").append(tensor("" + i, "F32", "[0]", "[0,0]"));
        }
        to.file("many-tensors.safetensors", file(many + "}", 0));
        to.file(
                "long-name.safetensors",
                file("{" + tensor("n".repeat(20 << 20), "F32", "[1]", "[0,4]") + "}", 3));
        to.file(
                "half-a-character.safetensors",
                file("{" + tensor("\\ud800", "F32", "[1]", "[0,4]") + "}", 4));
        to.file("spaces.safetensors", little64(90 << 20), filled(90 << 20, ' '));
        to.file("json-text.safetensors", bytes("{\"a\": 1}"));
        to.file(
                "wrong-digest.safetensors",
                file("{'__metadata__':{'manabi.sha256':'00'},'a':{" + ONE + "}}", 4));
        addModels(to);
    }

    /// A file whose model card has these layers.
    private static byte[] model(String layers, String input, String tensors, int dataBytes) {
        return card(
                """
                {'format':1,'layers':%s,'input':{'shape':%s,'dtype':'float32','divisor':1.0},\
                'output':'logits','classes':[],'loss':null,'dataset':null,'training':{}}"""
                        .formatted(layers, input),
                tensors,
                dataBytes);
    }

    private static byte[] card(String card, String tensors, int dataBytes) {
        String text = JsonValue.of(card.replace('\'', '"')).toString();
        byte[] json =
                bytes(
                        "{\"__metadata__\":{\"manabi.model\":%s}%s}"
                                .formatted(text, tensors.replace('\'', '"')));
        return join(little64(json.length), json, new byte[dataBytes]);
    }

    private static String dense(long units) {
        return "{'layer':'Dense','units':%d,'weights':{'initializer':'He.NORMAL'},'bias':null}"
                .formatted(units);
    }

    static void addModels(HostileFolder to) {
        to.file("m-no-card.safetensors", card("", "", 0));
        to.file("m-not-json.safetensors", card("nonsense", "", 0));
        to.file("m-format-9.safetensors", card("{'format':9}", "", 0));
        to.file("m-empty-card.safetensors", card("{}", "", 0));
        to.file("m-no-weights.safetensors", model(dense(2), "[3]", "", 0));
        to.file("m-huge.safetensors", model(dense(Integer.MAX_VALUE), "[2147483647]", "", 0));
        to.file("m-larger-than-int.safetensors", model(dense(1L << 40), "[3]", "", 0));
        to.file("m-negative.safetensors", model(dense(-1), "[3]", "", 0));
        to.file("m-no-units.safetensors", model(dense(0), "[3]", "", 0));
        to.file(
                "m-huge-input.safetensors",
                model("{'layer':'Relu'}", "[2147483647,2147483647,9]", "", 0));
        to.file(
                "m-many-axes.safetensors",
                model("{'layer':'Flatten'}", "[" + "1,".repeat(50_000) + "1]", "", 0));
        to.file(
                "m-unknown-layer.safetensors",
                model("{'layer':'java.lang.Runtime'}", "[3]", "", 0));
        to.file(
                "m-null-layer.safetensors",
                model(
                        "{'layer':'Residual','layers':null,"
                                + "'inner':null,'body':null,'layer_':null,'shortcut':null}",
                        "[3]",
                        "",
                        0));
        to.file(
                "m-no-initializer.safetensors",
                model("{'layer':'Dense','units':2,'weights':null,'bias':null}", "[3]", "", 0));
        to.file(
                "m-deep.safetensors",
                model(
                        "{'layer':'Sequential','layers':[".repeat(10_000) + "]}".repeat(10_000),
                        "[3]",
                        "",
                        0));
        to.file(
                "m-deep-enough.safetensors",
                model(
                        "{'layer':'Sequential','layers':[".repeat(45) + dense(2) + "]}".repeat(45),
                        "[3]",
                        "",
                        0));
        to.file(
                "m-many-layers.safetensors",
                model(
                        "{'layer':'Sequential','layers':["
                                + "{'layer':'Relu'},".repeat(150_000)
                                + dense(1)
                                + "]}",
                        "[3]",
                        "",
                        0));
        to.file(
                "m-huge-convolution.safetensors",
                model(
                        """
                {'layer':'ConvTranspose2d','filters':1,'kernel':[1,1],'stride':[60000,60000],\
                'padding':[0,0,0,0],'dilation':[1,1],'groups':1,'weights':\
                {'initializer':'He.NORMAL'},'bias':null}""",
                        "[1,60000,60000]",
                        "",
                        0));
        to.file(
                "m-left-over.safetensors",
                model("{'layer':'Relu'}", "[3]", ",'a':{" + ONE + "}", 4));
        to.file(
                "m-wrong-shape.safetensors",
                model(dense(2), "[3]", "," + tensor("weight", "F32", "[2,3]", "[0,24]"), 24));
        to.file(
                "m-wrong-type.safetensors",
                model(dense(2), "[3]", "," + tensor("weight", "I32", "[3,2]", "[0,24]"), 24));
        to.file(
                "m-infinite-divisor.safetensors",
                card(
                        """
                {'format':1,'layers':{'layer':'Relu'},'input':{'shape':[3],'dtype':'float32',\
                'divisor':1e999},'output':'logits','classes':[],'training':{}}""",
                        "",
                        0));
        to.file(
                "m-classes.safetensors",
                card(
                        """
                {'format':1,'layers':{'layer':'Relu'},'input':{'shape':[3],'dtype':'float32',\
                'divisor':1},'output':'logits','classes':['a'],'training':{}}""",
                        "",
                        0));
        to.file("m-long-card.safetensors", card("{'a':'" + "x".repeat(5 << 20) + "'}", "", 0));
    }
}
