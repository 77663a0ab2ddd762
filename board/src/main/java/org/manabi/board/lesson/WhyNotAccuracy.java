package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.manabi.autodiff.NumericalGradient;
import org.manabi.data.Dataset;
import org.manabi.data.Sampling;
import org.manabi.layers.Network;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Tensor;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// The sixth lesson: why a loss guides learning and not the accuracy. One weight is moved: the
/// accuracy is a staircase whose derivative is 0, the loss a slope. Then a network tries to learn
/// by each.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.2.5.
public final class WhyNotAccuracy {

    private static final double CLOSER = 10;

    private WhyNotAccuracy() {}

    /// What the lesson can be told.
    ///
    /// @param seed of the first weights and of the samples drawn
    /// @param samples on how many training samples loss and accuracy are measured
    /// @param hidden hidden units of the network
    /// @param firstSteps for how many mini-batches of 100 the network has learned before
    /// @param points at how many places of the weight is measured, at least 3
    /// @param reach how far to each side the weight is moved
    /// @param step h of the numerical derivative
    /// @param learningRate of the two trainings
    /// @param learningSteps how many steps each of them takes
    public record Settings(
            long seed,
            int samples,
            int hidden,
            int firstSteps,
            int points,
            double reach,
            double step,
            double learningRate,
            int learningSteps) {

        public static final Settings DEFAULTS =
                new Settings(0, 300, 50, 40, 401, 4, NumericalGradient.STEP, 1, 10);

        public Settings {
            Checks.require(points >= 3, "%d points show no slope; give at least 3", points);
            Checks.require(reach > 0, "reach %s is not greater than 0", reach);
        }

        public Settings withSamples(int other) {
            return new Settings(
                    seed,
                    other,
                    hidden,
                    firstSteps,
                    points,
                    reach,
                    step,
                    learningRate,
                    learningSteps);
        }

        public Settings withSeed(long other) {
            return new Settings(
                    other,
                    samples,
                    hidden,
                    firstSteps,
                    points,
                    reach,
                    step,
                    learningRate,
                    learningSteps);
        }
    }

    /// A weight of the last layer.
    ///
    /// @param unit the hidden unit that it comes from
    /// @param digit the class whose score it leads to
    /// @param value what training made of it
    public record Weight(int unit, int digit, double value) {}

    /// What is measured with the weight at one place.
    ///
    /// @param weight the place
    /// @param loss the mean loss there
    /// @param accuracy the share of right answers there
    /// @param lossSlope the derivative of the loss by central differences
    /// @param lossSlopeByBackPropagation the same by back-propagation
    /// @param accuracySlope the derivative of the accuracy by central differences
    public record Place(
            double weight,
            double loss,
            double accuracy,
            double lossSlope,
            double lossSlopeByBackPropagation,
            double accuracySlope) {}

    /// An attempt to learn by one guide.
    ///
    /// @param losses before the first step and after each
    /// @param accuracies before the first step and after each
    /// @param notZero how many derivatives were not 0, at each step
    public record Attempt(List<Double> losses, List<Double> accuracies, List<Integer> notZero) {}

    /// What came out.
    ///
    /// @param samples on how many samples loss and accuracy were measured
    /// @param weight the one that was moved: the one with the steepest loss
    /// @param walk the places, in ascending order
    /// @param closeUp places of a tenth of the walk's reach, around the weight
    /// @param levels how many different accuracies there were
    /// @param stairs between how many neighbors the accuracy differed
    /// @param flat at how many places the accuracy's derivative is exactly 0
    /// @param largestDifference between the two derivatives of the loss
    /// @param parameters how many numbers the two trainings change
    /// @param byAccuracy the training that climbs the accuracy
    /// @param byLoss the training that descends the loss
    public record Result(
            int samples,
            Weight weight,
            List<Place> walk,
            List<Place> closeUp,
            int levels,
            int stairs,
            int flat,
            double largestDifference,
            int parameters,
            Attempt byAccuracy,
            Attempt byLoss) {}

    /// Walks along one weight, then trains by each guide.
    public static Result compute(Dataset data, Settings settings, Progress progress) {
        Network network = halfTrained(data, settings, progress.part(0, 0.3));
        Dataset few = data.first(Math.min(settings.samples(), data.size()));
        LastLayer layer = new LastLayer(network, few);
        int index = steepest(layer.slopes().getFirst());
        int digits = data.classNames().size();
        Weight weight =
                new Weight(index / digits, index % digits, layer.weight().getAsDouble(index));
        double reach = settings.reach();
        List<Place> walk = walk(layer, index, reach, settings, progress.part(0.3, 0.4));
        List<Place> closeUp = walk(layer, index, reach / CLOSER, settings, progress.part(0.4, 0.5));
        return new Result(
                few.size(),
                weight,
                walk,
                closeUp,
                levels(walk),
                stairs(walk),
                (int) walk.stream().filter(place -> place.accuracySlope() == 0).count(),
                walk.stream().mapToDouble(WhyNotAccuracy::difference).max().orElse(0),
                layer.weight().size() + layer.bias().size(),
                train(Guide.ACCURACY, layer, settings, progress.part(0.5, 0.75)),
                train(Guide.LOSS, layer, settings, progress.part(0.75, 1)));
    }

    private static Network halfTrained(Dataset data, Settings settings, Progress progress) {
        Network network =
                TwoLayerNetwork.ofLogits(data, settings.hidden(), DType.FLOAT64, settings.seed());
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(0.5),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Steps(settings.firstSteps()))
                                .withSampling(Sampling.REPLACEMENT)
                                .withSeed(settings.seed()));
        Training.run(trainer, data, progress);
        return network;
    }

    private static int steepest(Tensor slopes) {
        int steepest = 0;
        for (int i = 1; i < slopes.size(); i++) {
            if (Math.abs(slopes.getAsDouble(i)) > Math.abs(slopes.getAsDouble(steepest))) {
                steepest = i;
            }
        }
        return steepest;
    }

    private static List<Place> walk(
            LastLayer layer, int index, double reach, Settings settings, Progress progress) {
        Tensor weights = layer.weight();
        double start = weights.getAsDouble(index);
        List<Place> walk = new ArrayList<>();
        for (int i = 0; i < settings.points(); i++) {
            double share = 2.0 * i / (settings.points() - 1) - 1; // −1 … 1
            weights.setFromDouble(index, start + share * reach);
            walk.add(measure(layer, index, settings.step()));
            progress.at((i + 1.0) / settings.points());
        }
        weights.setFromDouble(index, start);
        return walk;
    }

    /// Loss, accuracy and their derivatives with the weight where it is.
    private static Place measure(LastLayer layer, int index, double step) {
        Tensor weights = layer.weight();
        return new Place(
                weights.getAsDouble(index),
                layer.loss(),
                layer.accuracy(),
                NumericalGradient.ofElement(layer::loss, weights, index, step),
                layer.slopes().getFirst().getAsDouble(index),
                NumericalGradient.ofElement(layer::accuracy, weights, index, step));
    }

    private static double difference(Place place) {
        return Math.abs(place.lossSlope() - place.lossSlopeByBackPropagation());
    }

    private static int levels(List<Place> walk) {
        Set<Double> levels = new HashSet<>();
        walk.forEach(place -> levels.add(place.accuracy()));
        return levels.size();
    }

    private static int stairs(List<Place> walk) {
        int stairs = 0;
        for (int i = 1; i < walk.size(); i++) {
            stairs += walk.get(i).accuracy() != walk.get(i - 1).accuracy() ? 1 : 0;
        }
        return stairs;
    }

    private enum Guide {
        ACCURACY,
        LOSS
    }

    /// Trains the last layer by the guide's numerical gradient, then puts it back as it was.
    private static Attempt train(
            Guide guide, LastLayer layer, Settings settings, Progress progress) {
        List<Tensor> parameters = List.of(layer.weight(), layer.bias());
        List<Tensor> before = parameters.stream().map(Tensor::copy).toList();
        List<Double> losses = new ArrayList<>(List.of(layer.loss()));
        List<Double> accuracies = new ArrayList<>(List.of(layer.accuracy()));
        List<Integer> notZero = new ArrayList<>();
        for (int step = 0; step < settings.learningSteps(); step++) {
            notZero.add(step(guide, layer, settings));
            losses.add(layer.loss());
            accuracies.add(layer.accuracy());
            progress.at((step + 1.0) / settings.learningSteps());
        }
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).copyFrom(before.get(i));
        }
        return new Attempt(losses, accuracies, notZero);
    }

    /// One step up the accuracy or down the loss; returns how many derivatives were not 0.
    private static int step(Guide guide, LastLayer layer, Settings settings) {
        List<Tensor> parameters = List.of(layer.weight(), layer.bias());
        List<DoubleTensor> gradients =
                parameters.stream()
                        .map(
                                at ->
                                        NumericalGradient.of(
                                                guide == Guide.LOSS ? layer::loss : layer::accuracy,
                                                at,
                                                settings.step()))
                        .toList();
        double rate = guide == Guide.LOSS ? -settings.learningRate() : settings.learningRate();
        int notZero = 0;
        for (int p = 0; p < parameters.size(); p++) {
            Tensor parameter = parameters.get(p);
            for (int i = 0; i < parameter.size(); i++) {
                double slope = gradients.get(p).getAsDouble(i);
                notZero += slope != 0 ? 1 : 0;
                parameter.setFromDouble(i, parameter.getAsDouble(i) + rate * slope);
            }
        }
        return notZero;
    }
}
