package org.manabi.board.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.ClassifierWitness;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;

class JudgementTests {

    private final Dataset digits = Mnist.load().test().first(300);

    private final Model<Logits> model =
            Model.ofLogits(
                    new Network(
                            Sequential.of(new Dense(10)),
                            digits.sampleShape(),
                            DType.FLOAT32,
                            Seed.of(0)));

    private final JsonObject judgement = Judgement.of(model, digits);

    @Test
    void itsNumbersAreThoseOfTheCommandLine() {
        Engine engine = Engine.serial();
        ClassifierWitness witness =
                new ClassifierWitness(digits, new ClassProbabilities(engine, model.kind()), 24);
        new Evaluator<>(engine, model, SoftmaxCrossEntropy.MEAN).score(digits, witness);

        assertThat(number(judgement, "calibrationError"))
                .isEqualTo(witness.calibration().expectedError());
        assertThat(items(judgement, "calibration")).hasSameSizeAs(witness.calibration().bins());
        assertThat(items(judgement, "mistakes")).hasSize((int) witness.mistakes().count());
        assertThat(number(first("worst"), "row"))
                .isEqualTo((double) witness.mistakes().worst().getFirst().id());
    }

    @Test
    void theWorstMistakesTellTheProbabilitiesOfAllClasses() {
        JsonObject worst = first("worst");
        double[] probabilities =
                items(worst, "probabilities").stream()
                        .mapToDouble(value -> value.asDouble().orElseThrow())
                        .toArray();
        assertThat(probabilities).hasSize(10);
        assertThat(probabilities[(int) number(worst, "guess")])
                .isEqualTo(number(worst, "probability"));
        // The loss is −ln p of the right class, computed from scores in float.
        assertThat(-Math.log(probabilities[(int) number(worst, "label")]))
                .isCloseTo(number(worst, "loss"), withinPercentage(1));
    }

    private JsonObject first(String name) {
        return (JsonObject) items(judgement, name).getFirst();
    }

    private static List<JsonValue> items(JsonObject json, String name) {
        return ((JsonValue.Array) json.get(name).orElseThrow()).items();
    }

    private static double number(JsonObject json, String name) {
        return json.get(name).orElseThrow().asDouble().orElseThrow();
    }
}
