package org.manabi.formats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.SafetensorsFile;
import org.manabi.formats.safetensors.SafetensorsHeader;
import org.manabi.formats.safetensors.StoredTensor;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Constant;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.EachStep;
import org.manabi.layers.Elu;
import org.manabi.layers.Embedding;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.GlobalAveragePool;
import org.manabi.layers.GlobalMaxPool;
import org.manabi.layers.GroupNorm;
import org.manabi.layers.Gru;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.He;
import org.manabi.layers.Initializer;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Lstm;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.MultiHeadSelfAttention;
import org.manabi.layers.Network;
import org.manabi.layers.Normal;
import org.manabi.layers.Padding;
import org.manabi.layers.Parallel;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.RmsNorm;
import org.manabi.layers.Selu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Size;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Steps;
import org.manabi.layers.Tanh;
import org.manabi.layers.Uniform;
import org.manabi.layers.Xavier;
import org.manabi.tensor.AveragePooling;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.OutputKind;
import org.manabi.train.Predictor;

class ModelFileTests {

    private static final Layer ALL_LAYERS =
            Sequential.of(
                    new Flatten(),
                    new Dense(5, He.NORMAL),
                    new Relu(),
                    Sequential.of(new Dense(4, Xavier.UNIFORM, null), new Tanh()),
                    new Dense(4, new Normal(0.1), new Constant(0.25)),
                    new Sigmoid(),
                    new Dense(3, new Uniform(0.5)),
                    new Softmax());

    private static final ModelCard CARD =
            ModelCard.EMPTY
                    .withDivisor(255)
                    .withClassNames(List.of("cat", "犬", "\"bird\""))
                    .withLoss("cross-entropy")
                    .withDataset("animals")
                    .withTraining(JsonObject.EMPTY.with("epochs", 5).with("accuracy", 0.97));

    /// Every activation, and layers over images with settings of all kinds.
    private static final Layer OF_IMAGES =
            Sequential.of(
                    new Conv2d(4, 3).withStride(2).withPadding(Padding.SAME).withoutBias(),
                    new Elu(1.5),
                    new Conv2d(4, 2).withGroups(2).withPadding(new Padding.Around(1, 0, 2, 1)),
                    new Gelu(Gelu.Form.TANH),
                    new MaxPool2d(new Size(2, 3), new Size(1, 2), Padding.of(1)),
                    new Prelu(Prelu.Sharing.CHANNEL, 0.5),
                    new LeakyRelu(0.2),
                    new Selu(),
                    new Silu(),
                    new Mish(),
                    new Softplus(),
                    new Softsign(),
                    new HardSigmoid(),
                    new HardTanh(-2, 3),
                    new HardSwish(),
                    new BatchNorm2d(),
                    new Residual(new GroupNorm(2)),
                    new Residual(new Conv2d(3, 1), new Conv2d(3, 1)),
                    Parallel.concatenated(new Dropout(0.25), new LayerNorm()),
                    Parallel.concatenated(
                            new GlobalAveragePool(),
                            new GlobalMaxPool(),
                            Sequential.of(new Flatten(), new RmsNorm())),
                    new BatchNorm1d(),
                    Reshape.to(2, 51),
                    new Flatten(),
                    new LogSoftmax());

    @Test
    void layersOverImagesComeBack() {
        Network network = new Network(OF_IMAGES, Shape.of(2, 7, 6), DType.FLOAT32, Seed.of(1));
        ModelFile.save(file(), Model.ofOutputs(network), ModelCard.EMPTY);

        Network read = ModelFile.load(file()).model().network();

        assertThat(read.layer()).isEqualTo(OF_IMAGES);
        assertThat(read.parameters().sha256()).isEqualTo(network.parameters().sha256());
    }

    @Test
    void layersOverSequencesAndThoseThatEnlargeImagesComeBack() {
        Layer layer =
                Sequential.of(
                        new Conv1d(4, 3).withStride(2).withPadding(Padding.SAME).withoutBias(),
                        new Conv1d(2, 2).withDilation(2).withGroups(2),
                        Reshape.to(2, 1, 3),
                        new ConvTranspose2d(4, 3).withStride(2).withAdded(1).withGroups(2),
                        new AveragePool2d(2)
                                .withPadding(Padding.of(1))
                                .withDivisor(AveragePooling.Divisor.INSIDE),
                        new Flatten());
        Network network = new Network(layer, Shape.of(3, 9), DType.FLOAT32, Seed.of(1));
        ModelFile.save(file(), Model.ofOutputs(network), ModelCard.EMPTY);

        Network read = ModelFile.load(file()).model().network();

        assertThat(read.layer()).isEqualTo(layer);
        assertThat(read.parameters().sha256()).isEqualTo(network.parameters().sha256());
    }

    @Test
    void layersOverSequencesComeBack() {
        Layer layers =
                Sequential.of(
                        new Embedding(7, 4),
                        new MultiHeadSelfAttention(2),
                        new EachStep(new Dense(3)),
                        new Lstm(3, Steps.ALL),
                        new Gru(2));
        Network network = new Network(layers, Shape.of(5), DType.FLOAT32, Seed.of(1));
        ModelFile.save(file(), Model.ofOutputs(network), ModelCard.EMPTY);

        Network read = ModelFile.load(file()).model().network();

        assertThat(read.layer()).isEqualTo(layers);
        assertThat(read.parameters().sha256()).isEqualTo(network.parameters().sha256());
    }

    @Test
    void anUnknownFormIsRefusedByName() {
        Layer layer = Sequential.of(new Gelu(), new Dense(1));
        Network network = new Network(layer, Shape.of(2), DType.FLOAT32, Seed.of(1));
        ModelFile.save(file(), Model.ofOutputs(network), ModelCard.EMPTY);
        SafetensorsFile whole = Safetensors.read(file());
        String card = Objects.requireNonNull(whole.header().metadata().get(ModelFile.CARD));
        card = card.replace("EXACT", "SLOPPY");
        Map<String, Tensor> weights = whole.tensors();
        Safetensors.write(file(), Map.of(ModelFile.CARD, card), weights);

        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("SLOPPY is not one of EXACT, TANH");
    }

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("x.safetensors");
    }

    private static Model<?> everyLayer(DType dtype) {
        return Model.ofProbabilities(new Network(ALL_LAYERS, Shape.of(2, 3), dtype, Seed.of(42)));
    }

    private static double[] predict(Model<?> model, double... inputs) {
        Predictor predictor = new Predictor(Engine.of(1), model, 1);
        for (int i = 0; i < inputs.length; i++) {
            predictor.inputs().setFromDouble(i, inputs[i]);
        }
        return predictor.run().toDoubles();
    }

    @Test
    void modelIsLoadedToTheBit() {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Model<?> model = everyLayer(dtype);
            ModelFile.save(file(), model, CARD);
            SavedModel read = ModelFile.load(file());

            assertThat(read.card()).isEqualTo(CARD);
            assertThat(read.model().kind()).isEqualTo(OutputKind.PROBABILITIES);
            Network network = read.model().network();
            assertThat(network.layer()).isEqualTo(ALL_LAYERS);
            assertThat(network.dtype()).isEqualTo(dtype);
            assertThat(network.sampleShape()).isEqualTo(Shape.of(2, 3));
            assertThat(network.parameters().sha256())
                    .isEqualTo(model.network().parameters().sha256());
            assertThat(predict(read.model(), 1, -2, 3, 0.5, 0, 9))
                    .isEqualTo(predict(model, 1, -2, 3, 0.5, 0, 9));
        }
    }

    @Test
    void everyKindOfOutputComesBack() {
        Network network = new Network(new Dense(2), Shape.of(3), DType.FLOAT32, Seed.of(1));
        for (Model<?> model : List.of(Model.ofLogits(network), Model.ofOutputs(network))) {
            ModelFile.save(file(), model, ModelCard.EMPTY);
            assertThat(ModelFile.load(file()).model().kind()).isEqualTo(model.kind());
            assertThat(ModelFile.load(file()).card()).isEqualTo(ModelCard.EMPTY);
        }
    }

    private static Layer randomLayer(SplittableRandom random, int depth) {
        Initializer[] initializers = {He.UNIFORM, Xavier.NORMAL, new Normal(0.01), new Uniform(1)};
        return switch (random.nextInt(depth == 0 ? 5 : 6)) {
            case 0 -> new Relu();
            case 1 -> new Sigmoid();
            case 2 -> new Tanh();
            case 3 ->
                    new Dense(
                            1 + random.nextInt(4),
                            initializers[random.nextInt(initializers.length)],
                            random.nextBoolean() ? Initializer.ZEROS : null);
            case 4 -> new Flatten();
            default -> {
                List<Layer> layers = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    layers.add(randomLayer(random, depth - 1));
                }
                yield new Sequential(layers);
            }
        };
    }

    @Test
    void anyNestingOfLayersComesBack() {
        ForAll.seeds(
                80,
                random -> {
                    Network network =
                            new Network(
                                    randomLayer(random, 4),
                                    Shape.of(1 + random.nextInt(4)),
                                    DType.FLOAT32,
                                    Seed.of(random.nextLong()));
                    ModelFile.save(file(), Model.ofOutputs(network), ModelCard.EMPTY);
                    Network read = ModelFile.load(file()).model().network();
                    assertThat(read.layer()).isEqualTo(network.layer());
                    assertThat(read.parameters().sha256()).isEqualTo(network.parameters().sha256());
                });
    }

    @Test
    void unknownInitializerIsNoReasonToLoseAModel() {
        Initializer own = (tensor, fans, random) -> tensor.setFromDouble(0, 7);
        Model<?> model =
                Model.ofLogits(
                        new Network(new Dense(1, own), Shape.of(1), DType.FLOAT32, Seed.of(0)));
        ModelFile.save(file(), model, ModelCard.EMPTY);
        Network read = ModelFile.load(file()).model().network();
        assertThat(read.parameters().get("weight").tensor().item()).isEqualTo(7);
        assertThat(read.layer()).isEqualTo(new Dense(1, Initializer.ZEROS));
    }

    @Test
    void unknownLayerIsNotSaved() {
        Layer own = (scope, input) -> input;
        Model<?> model = Model.ofLogits(new Network(own, Shape.of(1), DType.FLOAT32, Seed.of(0)));
        assertThatThrownBy(() -> ModelFile.save(file(), model, ModelCard.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a model file cannot hold the layer")
                .hasMessageContaining("it can hold ")
                .hasMessageContaining("Dense, ");
        assertThat(file()).doesNotExist();
    }

    private void save(Map<String, Tensor> weights, String card) {
        Safetensors.write(file(), Map.of(ModelFile.CARD, card), weights);
    }

    /// Saves a model of one dense layer, [2] to [3], after a change of its card.
    private void saveChanged(UnaryOperator<String> change) {
        Model<?> model =
                Model.ofLogits(new Network(new Dense(3), Shape.of(2), DType.FLOAT32, Seed.of(0)));
        ModelFile.save(file(), model, ModelCard.EMPTY);
        SafetensorsFile good = Safetensors.read(file());
        save(
                good.tensors(),
                change.apply(Objects.requireNonNull(good.header().metadata().get(ModelFile.CARD))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Dense"        | "Conv9d"       | card.layers.layer: there is no layer Conv9d in
                    "Dense"        | "Conv9d"       | ; known are
                    "Dense"        | "java.lang.X"  | there is no layer java.lang.X in this version
                    "He.NORMAL"    | "He.X"         | card.layers.weights.initializer: there is no
                    "units":3      | "units":-1     | card.layers: Dense needs at least 1 unit, got -1
                    "units":3      | "units":2.5    | card.layers.units: expected an integer, got a
                    "units":3      | "unit":3       | card.layers.units: is missing; there are [layer,
                    "units":3      | "units":2147483647 | do not fit together: layer Dense[units=2147483647]: a
                    "units":3      | "units":1000000000 | do not fit its model card, which asks for
                    [2]            | [7]            | the weights weight F32[2, 3] do not fit its model
                    [2]            | [7]            | model card, which asks for FLOAT32 [7, 3]
                    [2]            | []             | together: layer Dense[units=3]: expected input [N, in]
                    [2]            | [-1]           | card.input.shape: -1 is not a length
                    [2]            | ["2"]          | card.input.shape: "2" is not a length
                    float32        | float64        | model card, which asks for FLOAT64 [2, 3]
                    float32        | int32          | card.input.dtype: int32 is not one of float32, f
                    logits         | probabilities  | these are not probabilities: the network ends in
                    logits         | guesses        | card.output: guesses is not one of logits, proba
                    "classes":[]   | "classes":["a"]| its model card names 1 classes for 3 outputs
                    "classes":[]   | "classes":[1]  | card.classes: expected texts
                    "divisor":1.0  | "divisor":0    | card: the divisor of inputs is greater than 0
                    "divisor":1.0  | "divisor":"NaN"| card: the divisor of inputs is greater than 0
                    "format":1     | "format":2     | card.format: 2 is unknown to this version, which
                    {"format":1    | {"format":1,"format":1 | the name "format" comes twice
                    {"format"      | ["format"      | card, line 1, column
                    """)
    void cardThatIsWrongIsRefused(String good, String bad, String message) {
        saveChanged(
                card -> {
                    assertThat(card).contains(good);
                    return card.replace(good, bad);
                });
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file() + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void weightsMustBeThoseOfTheLayers() {
        saveChanged(card -> card);
        SafetensorsFile good = Safetensors.read(file());
        String card = Objects.requireNonNull(good.header().metadata().get(ModelFile.CARD));

        Map<String, Tensor> fewer = new LinkedHashMap<>(good.tensors());
        fewer.remove("bias");
        save(fewer, card);
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessage(file() + ": the weights bias [3] of its model card are missing");

        Map<String, Tensor> more = new LinkedHashMap<>(good.tensors());
        more.put("gain", FloatTensor.zeros(Shape.of(3)));
        save(more, card);
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessage(file() + ": no layer of its model card has the weights gain F32[3]");

        Safetensors.write(file(), Map.of(), good.tensors());
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("holds weights but no model card (manabi.model");
    }

    @Test
    void deeplyNestedLayersAreRefused() {
        String open = "{\"layer\":\"Sequential\",\"layers\":[";
        saveChanged(card -> card.replaceFirst("\\{\"layer\"", open.repeat(3_000) + "{\"layer\""));
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("nested deeper than 100 levels");
    }

    /// Loads without a disk, which would wait for each of thousands of files.
    private static SavedModel loadWith(String card, Map<String, StoredTensor> weights) {
        ModelLoader loader = new ModelLoader("x");
        loader.targets(new SafetensorsHeader(Map.of(ModelFile.CARD, card), weights));
        return loader.loaded();
    }

    @Test
    void mutatedCardsAreReadOrRefused() {
        List<String> words =
                List.of(
                        "Dense",
                        "Relu",
                        "Softmax",
                        "Flatten",
                        "Sequential",
                        "layer",
                        "layers",
                        "units",
                        "null",
                        "1",
                        "0",
                        "99999999999",
                        "[]",
                        "[2]",
                        "[2,2]",
                        "{}",
                        "1e9",
                        "float64",
                        "outputs",
                        "probabilities",
                        "\"\"",
                        "-1",
                        "2147483647");
        saveChanged(card -> card);
        SafetensorsHeader good = Safetensors.header(file());
        String card = Objects.requireNonNull(good.metadata().get(ModelFile.CARD));
        AtomicInteger refused = new AtomicInteger();
        ForAll.seeds(
                2_000,
                random -> {
                    String[] parts = card.split("(?<=[^\\w.])|(?=[^\\w.])");
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        parts[random.nextInt(parts.length)] =
                                words.get(random.nextInt(words.size()));
                    }
                    try {
                        assertThat(loadWith(String.join("", parts), good.tensors())).isNotNull();
                    } catch (FormatException e) {
                        assertThat(e.file()).isEqualTo("x");
                        refused.incrementAndGet();
                    }
                });
        assertThat(refused.get()).isBetween(1_000, 1_999);
    }

    /// The model in the committed file, which was written by version 0.1 with
    /// `ModelFile.save(file, fixture(), FIXTURE_CARD)`.
    static Model<?> fixture() {
        Layer layers =
                Sequential.of(
                        new Flatten(),
                        new Dense(2, Normal.BOOK),
                        new Sigmoid(),
                        new Dense(2, He.NORMAL, null),
                        new Softmax());
        double[][] weights = {{1, -1, 0.5, 2, -0.25, 0.75}, {0.125, -0.5}, {1, -1, 2, 0.5}};
        Network network = new Network(layers, Shape.of(1, 3), DType.FLOAT32, Seed.of(0));
        List<String> names = List.of("1.weight", "1.bias", "3.weight");
        for (int i = 0; i < names.size(); i++) {
            Tensor tensor = network.parameters().get(names.get(i)).tensor();
            tensor.copyFrom(Tensor.of(DType.FLOAT32, tensor.shape(), weights[i]));
        }
        return Model.ofProbabilities(network);
    }

    static final ModelCard FIXTURE_CARD =
            ModelCard.EMPTY
                    .withDivisor(255)
                    .withClassNames(List.of("no", "yes"))
                    .withLoss("cross-entropy")
                    .withDataset("by hand")
                    .withTraining(JsonObject.EMPTY.with("steps", 0));

    @Test
    void modelOfVersion01IsStillLoaded() throws IOException, URISyntaxException {
        Path old =
                Path.of(
                        Objects.requireNonNull(
                                        ModelFileTests.class.getResource("model-0.1.safetensors"))
                                .toURI());
        SavedModel read = ModelFile.load(old);
        assertThat(read.card()).isEqualTo(FIXTURE_CARD);
        assertThat(read.model().network().layer()).isEqualTo(fixture().network().layer());
        assertThat(read.model().network().parameters().sha256())
                .isEqualTo(fixture().network().parameters().sha256());
        assertThat(Files.size(old)).isLessThan(2_000);

        // The same by hand: the sigmoids of x·W + b are the hidden units, and the softmax of two
        // numbers is a sigmoid of their difference.
        double first = sigmoid(2 * 1 + 1 * 0.5 + 4 * -0.25 + 0.125);
        double second = sigmoid(2 * -1 + 1 * 2 + 4 * 0.75 - 0.5);
        double yes = sigmoid((-first + 0.5 * second) - (first + 2 * second));
        double[] scores = predict(read.model(), 2, 1, 4);
        assertThat(scores[0]).isCloseTo(1 - yes, within(1e-6)); // a few roundings of float
        assertThat(scores[1]).isCloseTo(yes, within(1e-6));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
