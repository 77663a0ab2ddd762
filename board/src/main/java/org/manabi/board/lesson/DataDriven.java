package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.layers.Dense;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.metrics.Accuracy;
import org.manabi.optim.Adam;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// The first lesson: three ways to a program that reads digits. A person writes the rules; or a
/// person thinks out features and a machine learns from them; or a network learns from the pixels.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.1.1.
public final class DataDriven {

    private static final int BATCH_SIZE = 100;

    private DataDriven() {}

    /// What the lesson can be told.
    ///
    /// @param seed of the first weights and of the order of samples
    /// @param hidden hidden units of the network, at least 1
    /// @param featureEpochs how often the linear classifier sees the features
    /// @param networkEpochs how often the network sees the pixels
    /// @param threads how many threads compute
    public record Settings(
            long seed, int hidden, int featureEpochs, int networkEpochs, int threads) {

        public static final Settings DEFAULTS = new Settings(0, 200, 5, 5, 1);

        public Settings {
            Checks.require(hidden >= 1, "%d hidden units are too few; give at least 1", hidden);
        }

        public Settings withSeed(long other) {
            return new Settings(other, hidden, featureEpochs, networkEpochs, threads);
        }

        public Settings withThreads(int other) {
            return new Settings(seed, hidden, featureEpochs, networkEpochs, other);
        }
    }

    /// The three ways, in the order in which people went them.
    public enum Approach {
        /// A person looks at digits and writes a decision list: [HandRule].
        HAND_WRITTEN_RULE,
        /// A person thinks out features, a linear classifier learns from them.
        HAND_MADE_FEATURES,
        /// A network learns from the pixels as they are.
        NEURAL_NETWORK
    }

    /// A test picture that was read wrongly.
    ///
    /// @param row its row in the test data
    /// @param label what it is
    /// @param guess what it was taken for
    public record Mistake(int row, int label, int guess) {}

    /// How well one way reads the test pictures.
    ///
    /// @param learned how many numbers were found from data
    /// @param accuracy the share of test pictures read rightly
    /// @param byDigit the same for the pictures of each digit
    /// @param mistakes those read wrongly, in their order
    public record Outcome(
            Approach approach,
            long learned,
            double accuracy,
            List<Double> byDigit,
            List<Mistake> mistakes) {}

    /// How often a rule decided, and how often it was right.
    public record RuleUse(HandRule rule, int used, int right) {}

    /// What came out.
    ///
    /// @param trainSamples how many pictures there were to learn from
    /// @param testSamples how many pictures were read
    /// @param outcomes one for each way, in order
    /// @param rules one for each rule, in order
    public record Result(
            int trainSamples, int testSamples, List<Outcome> outcomes, List<RuleUse> rules) {}

    /// Goes all three ways.
    ///
    /// @param data square pictures with ten classes, such as MNIST
    public static Result compute(Split data, Settings settings, Progress progress) {
        Dataset test = data.test();
        HandRule[] decisions = decide(test, progress.part(0, 0.05));
        return new Result(
                data.train().size(),
                test.size(),
                List.of(
                        byRules(test, decisions),
                        byFeatures(data, settings, progress.part(0.05, 0.4)),
                        byNetwork(data, settings, progress.part(0.4, 1))),
                uses(test, decisions));
    }

    private static HandRule[] decide(Dataset pictures, Progress progress) {
        HandRule[] rules = new HandRule[pictures.size()];
        for (int row = 0; row < rules.length; row++) {
            rules[row] = HandRule.of(pictures, row);
            progress.at((row + 1.0) / rules.length);
        }
        return rules;
    }

    private static List<RuleUse> uses(Dataset test, HandRule... decisions) {
        Map<HandRule, Integer> used = new EnumMap<>(HandRule.class);
        Map<HandRule, Integer> right = new EnumMap<>(HandRule.class);
        for (int row = 0; row < decisions.length; row++) {
            HandRule rule = decisions[row];
            used.merge(rule, 1, Integer::sum);
            right.merge(rule, rule.digit() == test.label(row) ? 1 : 0, Integer::sum);
        }
        List<RuleUse> uses = new ArrayList<>();
        for (HandRule rule : HandRule.values()) {
            uses.add(new RuleUse(rule, used.getOrDefault(rule, 0), right.getOrDefault(rule, 0)));
        }
        return uses;
    }

    private static Outcome byRules(Dataset test, HandRule... decisions) {
        int[] guesses = new int[test.size()];
        for (int row = 0; row < guesses.length; row++) {
            guesses[row] = decisions[row].digit();
        }
        return outcome(Approach.HAND_WRITTEN_RULE, 0, test, guesses);
    }

    private static Outcome byFeatures(Split pictures, Settings settings, Progress progress) {
        Split features =
                new Split(
                        EdgeDirections.of(pictures.train(), progress.part(0, 0.4)),
                        EdgeDirections.of(pictures.test(), progress.part(0.4, 0.5)));
        Layer linear = new Dense(classes(pictures));
        return learn(
                Approach.HAND_MADE_FEATURES,
                linear,
                features,
                0.003,
                settings.featureEpochs(),
                settings,
                progress.part(0.5, 1));
    }

    private static Outcome byNetwork(Split pictures, Settings settings, Progress progress) {
        Layer network =
                Sequential.of(
                        new Dense(settings.hidden()), new Relu(), new Dense(classes(pictures)));
        return learn(
                Approach.NEURAL_NETWORK,
                network,
                pictures,
                0.002,
                settings.networkEpochs(),
                settings,
                progress);
    }

    private static int classes(Split data) {
        return data.train().classNames().size();
    }

    private static Outcome learn(
            Approach approach,
            Layer layer,
            Split data,
            double learningRate,
            int epochs,
            Settings settings,
            Progress progress) {
        Network network =
                new Network(
                        layer, data.train().sampleShape(), DType.FLOAT32, Seed.of(settings.seed()));
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Adam(learningRate),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Epochs(epochs))
                                .withBatchSize(BATCH_SIZE)
                                .withSeed(settings.seed())
                                .withThreads(settings.threads()));
        Training.run(trainer, data.train(), progress);
        int[] guesses = new int[data.test().size()];
        trainer.evaluator()
                .score(
                        data.test(),
                        (sample, scores, row, loss) ->
                                guesses[sample] = Accuracy.argmax(scores, row));
        return outcome(approach, network.parameters().count(), data.test(), guesses);
    }

    private static Outcome outcome(Approach approach, long learned, Dataset test, int... guesses) {
        List<Mistake> mistakes = new ArrayList<>();
        int[] right = new int[test.classNames().size()];
        for (int row = 0; row < guesses.length; row++) {
            int label = test.label(row);
            if (guesses[row] == label) {
                right[label]++;
            } else {
                mistakes.add(new Mistake(row, label, guesses[row]));
            }
        }
        List<Double> byDigit = new ArrayList<>();
        int[] counts = test.classCounts();
        for (int digit = 0; digit < counts.length; digit++) {
            byDigit.add(counts[digit] == 0 ? Double.NaN : right[digit] / (double) counts[digit]);
        }
        double accuracy = 1 - mistakes.size() / (double) test.size();
        return new Outcome(approach, learned, accuracy, byDigit, mistakes);
    }
}
