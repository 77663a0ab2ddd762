package org.manabi.board.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.board.web.Bind;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.npy.Npy;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.Predictor;

class PredictionServiceTests {

    private static final Dataset DIGITS = Mnist.load().test();
    private static final int SIZE = 784;

    private static final SavedModel SAVED =
            new SavedModel(
                    Model.ofLogits(
                            new Network(
                                    Sequential.of(new Dense(40), new Relu(), new Dense(10)),
                                    Shape.of(SIZE),
                                    DType.FLOAT32,
                                    Seed.of(7))),
                    ModelCard.EMPTY.withDivisor(255).withClassNames(Mnist.CLASS_NAMES));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static PredictionService service;

    @BeforeAll
    static void start() {
        service = PredictionService.start(Bind.loopback(0), "digits", SAVED, 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        CLIENT.close();
    }

    /// What the model gives for one sample alone, as `manabi predict` computes it.
    private static double[] expected(int row) {
        Engine engine = Engine.serial();
        Predictor predictor = new Predictor(engine, SAVED.model(), 1);
        for (int i = 0; i < SIZE; i++) {
            predictor.inputs().setFromDouble(i, DIGITS.inputs().getAsDouble(row * SIZE + i) / 255);
        }
        Tensor scores = predictor.run();
        Tensor probabilities = scores.copy();
        engine.softmax(scores, probabilities);
        return probabilities.toDoubles();
    }

    private static String row(int row) {
        return Arrays.stream(pixels(row))
                .mapToObj(value -> Integer.toString((int) value))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static double[] pixels(int row) {
        double[] pixels = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            pixels[i] = DIGITS.inputs().getAsDouble(row * SIZE + i);
        }
        return pixels;
    }

    @Test
    void jsonRowsGiveTheSameBitsAsPredictWhateverTheBatch() throws Exception {
        for (int count : List.of(1, 2, 3, 7, 64, 65, 130)) {
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                rows.add(row(row));
            }
            List<double[]> answers =
                    probabilities(json("{\"inputs\":[" + String.join(",", rows) + "]}"));
            assertThat(answers).hasSize(count);
            for (int row = 0; row < count; row++) {
                assertThat(answers.get(row))
                        .as("row %d of %d", row, count)
                        .isEqualTo(expected(row));
            }
        }
    }

    @Test
    void aSingleRowNeedsNoSecondBrackets() throws Exception {
        assertThat(probabilities(json("{\"inputs\":" + row(3) + "}")).getFirst())
                .isEqualTo(expected(3));
    }

    @Test
    void npyIsTaken(@TempDir Path folder) throws Exception {
        double[] two = new double[2 * SIZE];
        System.arraycopy(pixels(0), 0, two, 0, SIZE);
        System.arraycopy(pixels(1), 0, two, SIZE, SIZE);
        Path file = folder.resolve("x.npy");
        Npy.write(file, NumericArray.ofDoubles(new long[] {2, SIZE}, two));

        List<double[]> answers = probabilities(post("application/x-npy", Files.readAllBytes(file)));
        assertThat(answers.get(0)).isEqualTo(expected(0));
        assertThat(answers.get(1)).isEqualTo(expected(1));
    }

    @Test
    void aPictureIsTaken() throws Exception {
        assertThat(probabilities(post("image/png", png(28, 28, 5))).getFirst())
                .isEqualTo(expected(5));
    }

    private static byte[] png(int width, int height, int row) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            int value = i < SIZE ? (int) pixels(row)[i] : 0;
            image.getRaster().setSample(i % width, i / width, 0, value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inputs\":[[1,2,3]]}|422|row 0 has 3 numbers, the model takes 784",
                "{\"inputs\":[]}|422|no rows",
                "{\"inputs\":[[\"a\"]]}|400|expected a number, got a text",
                "{\"inputs\":[[NaN]]}|400|not JSON",
                "{\"inputs\":[[1e999]]}|422|row 0 has 1 numbers",
                "{\"inputs\":5}|400|expected an array",
                "{\"rows\":[]}|400|no field \"rows\"",
                "{}|400|inputs are missing",
                "[1|400|the body",
                "|400|the body",
            })
    void whatIsWrongIsSaidWithItsPlace(String body, int status, String reason) throws Exception {
        HttpResponse<String> answer = json(body == null ? "" : body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(reason.replace("\"", "\\\""));
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedWithTheirPlace(@TempDir Path folder) throws Exception {
        double[] one = pixels(0);
        one[200] = Double.NaN;
        Path file = folder.resolve("x.npy");
        Npy.write(file, NumericArray.ofDoubles(new long[] {1, SIZE}, one));
        HttpResponse<String> answer = post("application/x-npy", Files.readAllBytes(file));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("row 0, column 200 is NaN");
        String huge = row(0).replaceFirst("0", "1e999");
        assertThat(json("{\"inputs\":[" + huge + "]}").body()).contains("column 0 is Infinity");
    }

    @Test
    void otherTypesAndSizesAreRefused() throws Exception {
        assertThat(post("text/plain", new byte[] {1}).statusCode()).isEqualTo(415);
        HttpResponse<String> large = post("image/png", png(30, 29, 0));
        assertThat(large.statusCode()).isEqualTo(422);
        assertThat(large.body()).contains("28 × 28, got 30 × 29");
        assertThat(post("image/png", new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
        assertThat(post("application/x-npy", new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
        assertThat(post("application/json", new byte[PredictionService.MAX_BODY + 1]).statusCode())
                .isEqualTo(413);
    }

    @Test
    void picturesOfOtherFormatsAreRefused() throws Exception {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "gif", gif);
        HttpResponse<String> answer = post("image/png", gif.toByteArray());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no PNG or JPEG");
    }

    @Test
    void aDamagedPictureIsTheSendersMistake() throws Exception {
        byte[] whole = png(28, 28, 5);
        for (int at = 8; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            assertThat(post("image/png", damaged).statusCode()).as("byte " + at).isLessThan(500);
        }
    }

    @Test
    void picturesAreReadWithoutFiles(@TempDir Path folder) throws Exception {
        byte[] picture = png(28, 28, 5);
        Path gone = Files.createDirectory(folder.resolve("gone"));
        ImageIO.setCacheDirectory(gone.toFile());
        try {
            Files.delete(gone); // a reader that copied the picture into a file would fail now
            assertThat(probabilities(post("image/png", picture)).getFirst()).isEqualTo(expected(5));
        } finally {
            ImageIO.setCacheDirectory(null);
        }
    }

    @Test
    void outputsThatAreNotFiniteNeverReachTheAnswer() throws Exception {
        Network network =
                new Network(Sequential.of(new Dense(2)), Shape.of(3), DType.FLOAT32, Seed.of(0));
        network.parameters().get("0.bias").tensor().setFromDouble(1, Double.NaN);
        SavedModel spoiled = new SavedModel(Model.ofOutputs(network), ModelCard.EMPTY);
        try (PredictionService broken =
                PredictionService.start(Bind.loopback(0), "broken", spoiled, 1)) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(broken.url() + "/v1/predict"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"inputs\":[1,2,3]}"))
                            .build();
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("no finite numbers for row 0").doesNotContain("NaN");
        }
    }

    @Test
    void manyAtOnceGetTheirOwnAnswers() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            HttpRequest request =
                    request("/v1/predict")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"inputs\":" + row(i % 50) + "}"))
                            .build();
            answers.add(CLIENT.sendAsync(request, BodyHandlers.ofString()));
        }
        for (int i = 0; i < 200; i++) {
            HttpResponse<String> answer = answers.get(i).join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(probabilities(answer).getFirst()).isEqualTo(expected(i % 50));
        }
    }

    @Test
    void theModelTheHealthTheMetricsAndTheDescriptionAreThere() throws Exception {
        assertThat(get("/v1/model"))
                .contains("\"inputs\":784", "\"divisor\":255.0", "\"classes\":[\"0\",");
        assertThat(get("/health")).contains("ok");
        json("{\"inputs\":" + row(0) + "}");
        assertThat(get("/metrics"))
                .contains("manabi_requests_total{status=\"200\"}")
                .contains("manabi_request_seconds_bucket{le=\"+Inf\"}")
                .contains("# TYPE manabi_batch_rows histogram");
        assertThat(JsonReader.parse(get("/openapi.json"), "openapi"))
                .isInstanceOf(JsonObject.class);
        assertThat(get("/openapi.json")).contains("\"minItems\":784");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + path));
    }

    private static HttpResponse<String> json(String body) throws Exception {
        return post("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(String type, byte[] body) throws Exception {
        return CLIENT.send(
                request("/v1/predict")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String get(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private static List<double[]> probabilities(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject json = (JsonObject) JsonReader.parse(answer.body(), "answer");
        List<double[]> all = new ArrayList<>();
        for (JsonValue one : ((JsonValue.Array) json.get("predictions").orElseThrow()).items()) {
            JsonValue.Array numbers =
                    (JsonValue.Array) ((JsonObject) one).get("probabilities").orElseThrow();
            all.add(
                    numbers.items().stream()
                            .mapToDouble(value -> value.asDouble().orElseThrow())
                            .toArray());
        }
        return all;
    }
}
