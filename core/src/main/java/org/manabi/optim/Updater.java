package org.manabi.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.optim.schedule.Plateau;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// [Updates] at work on the parameters of one model, with everything that is remembered from step to
/// step. In this order: gradients are averaged over batches, clipped, handed to the rules with the
/// rate of the moment; then the average of weights is moved.
///
/// All of the memory is in [#state], in tensors, the counters among them: saved and given to
/// [#restore], training goes on with the same bits.
public final class Updater {

    /// The place in the counters of the factor that [#setLearningRate] sets.
    private static final int STEERING = 2;

    private final Engine engine;
    private final Updates updates;
    private final List<Parameter> parameters;
    private final Map<Optimizer, Group> groups = new LinkedHashMap<>();
    private final List<Tensor> gradients = new ArrayList<>();
    private final List<Tensor> accumulated = new ArrayList<>();
    private final List<Tensor> averages = new ArrayList<>();
    private final Tensor counters = Tensor.zeros(DType.FLOAT64, Shape.of(3));
    private final Tensor plateau = Tensor.zeros(DType.FLOAT64, Shape.of(4));
    private final Map<String, Tensor> state = new LinkedHashMap<>();

    /// Parameters that follow one rule.
    private record Group(
            List<Parameter> parameters,
            List<Tensor> values,
            List<Tensor> gradients,
            List<List<Tensor>> slots) {

        Group() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /// What became of a batch's gradients.
    public enum Outcome {
        /// The parameters were changed.
        UPDATED,
        /// The gradients were kept for the update of a later batch.
        ACCUMULATED,
        /// A gradient was infinite or NaN where it had to be clipped: nothing was changed.
        NOT_FINITE
    }

    /// Begins at step 0 with empty memory.
    ///
    /// @throws org.manabi.tensor.ShapeException if a group holds no parameter
    public Updater(Engine engine, Updates updates, Collection<Parameter> parameters) {
        this.engine = engine;
        this.updates = updates;
        this.parameters = List.copyOf(parameters);
        requireGroupsInUse();
        counters.setFromDouble(STEERING, 1);
        state.put("counters", counters);
        for (Parameter parameter : parameters) {
            Optimizer rule = updates.optimizerFor(parameter.name());
            Group group = groups.computeIfAbsent(rule, r -> new Group());
            List<Tensor> slots = new ArrayList<>();
            for (Slot slot : rule.slots()) {
                Tensor tensor = slot.tensorFor(parameter.tensor());
                slots.add(tensor);
                state.put(slot.name() + "/" + parameter.name(), tensor);
            }
            group.parameters.add(parameter);
            group.values.add(parameter.tensor());
            group.slots.add(slots);
            if (updates.accumulation() > 1) {
                keep("accumulated", accumulated, parameter, zeros(parameter));
            }
            if (updates.averageDecay().isPresent()) {
                keep("average", averages, parameter, parameter.tensor().copy());
            }
        }
        if (updates.plateau() != null) {
            remember(Plateau.State.START);
            state.put("plateau", plateau);
        }
    }

    private void requireGroupsInUse() {
        for (ParameterGroup group : updates.groups()) {
            Checks.require(
                    parameters.stream().anyMatch(parameter -> group.holds(parameter.name())),
                    "the parameter group %s holds no parameter; the model has %s",
                    group.names(),
                    parameters.stream().map(Parameter::name).toList());
        }
    }

    private static Tensor zeros(Parameter parameter) {
        return Tensor.zeros(parameter.dtype(), parameter.shape());
    }

    private void keep(String what, List<Tensor> where, Parameter of, Tensor tensor) {
        where.add(tensor);
        state.put(what + "/" + of.name(), tensor);
    }

    /// Learns from one batch. The gradients' numbers are used up.
    public Outcome step(Gradients batch) {
        gradients.clear();
        for (Parameter parameter : parameters) {
            gradients.add(batch.of(parameter));
        }
        if (updates.accumulation() > 1 && !accumulate()) {
            return Outcome.ACCUMULATED;
        }
        if (!clip()) {
            return Outcome.NOT_FINITE;
        }
        forgetAccumulated();
        double factor = factor();
        long step = step() + 1;
        counters.setFromDouble(0, (double) step);
        for (var group : groups.entrySet()) {
            Group members = group.getValue();
            members.gradients.clear();
            for (Parameter parameter : members.parameters) {
                members.gradients.add(batch.of(parameter));
            }
            Optimizer rule = group.getKey();
            rule.updateAll(
                    engine,
                    members.values,
                    members.gradients,
                    members.slots,
                    step,
                    rule.learningRate() * factor);
        }
        updates.averageDecay().ifPresent(this::average);
        return Outcome.UPDATED;
    }

    /// Adds the batch's gradients to those before; when there are enough, the batch's become their
    /// mean.
    private boolean accumulate() {
        int batches = (int) counters.getAsDouble(1) + 1;
        boolean enough = batches == updates.accumulation();
        if (!enough) {
            counters.setFromDouble(1, batches);
        }
        double share = 1.0 / updates.accumulation();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor sum = accumulated.get(i);
            Tensor gradient = gradients.get(i);
            if (enough) {
                engine.elementwise(
                        (count, blocks) -> {
                            for (int j = 0; j < count; j++) {
                                blocks[0][j] = (blocks[0][j] + blocks[1][j]) * share;
                            }
                        },
                        List.of(gradient, sum),
                        List.of());
            } else {
                engine.add(gradient, sum);
            }
        }
        return enough;
    }

    private void forgetAccumulated() {
        counters.setFromDouble(1, 0);
        for (Tensor sum : accumulated) {
            engine.elementwise(
                    (count, blocks) -> Arrays.fill(blocks[0], 0, count, 0),
                    List.of(sum),
                    List.of());
        }
    }

    private boolean clip() {
        return switch (updates.clipping()) {
            case Clipping.None() -> true;
            case Clipping.ByValue(double limit) -> {
                gradients.forEach(gradient -> clamp(gradient, limit));
                yield true;
            }
            case Clipping.ByNorm(double limit) -> {
                double[] norms = new double[gradients.size()];
                for (int i = 0; i < norms.length; i++) {
                    norms[i] = Math.sqrt(engine.dot(gradients.get(i), gradients.get(i)));
                    if (!Double.isFinite(norms[i])) {
                        yield false;
                    }
                }
                for (int i = 0; i < norms.length; i++) {
                    shorten(gradients.get(i), norms[i], limit);
                }
                yield true;
            }
            case Clipping.ByGlobalNorm(double limit) -> {
                double norm = gradientNorm();
                if (Double.isFinite(norm)) {
                    gradients.forEach(gradient -> shorten(gradient, norm, limit));
                }
                yield Double.isFinite(norm);
            }
        };
    }

    /// The length of the last batch's gradient over all parameters, as it is now.
    private double gradientNorm() {
        double sum = 0;
        for (Tensor gradient : gradients) {
            sum += engine.dot(gradient, gradient);
        }
        return Math.sqrt(sum);
    }

    private void clamp(Tensor gradient, double limit) {
        engine.elementwise(
                (count, blocks) -> {
                    for (int i = 0; i < count; i++) {
                        blocks[0][i] = Math.max(-limit, Math.min(limit, blocks[0][i]));
                    }
                },
                List.of(gradient),
                List.of());
    }

    private void shorten(Tensor gradient, double norm, double limit) {
        double factor = limit / (norm + 1e-6);
        if (factor < 1) {
            engine.elementwise(
                    (count, blocks) -> {
                        for (int i = 0; i < count; i++) {
                            blocks[0][i] *= factor;
                        }
                    },
                    List.of(gradient),
                    List.of());
        }
    }

    private void average(double decay) {
        for (int i = 0; i < averages.size(); i++) {
            engine.elementwise(
                    (count, blocks) -> {
                        for (int j = 0; j < count; j++) {
                            blocks[0][j] = decay * blocks[0][j] + (1 - decay) * blocks[1][j];
                        }
                    },
                    List.of(averages.get(i)),
                    List.of(parameters.get(i).tensor()));
        }
    }

    /// How many updates there were.
    public long step() {
        return (long) counters.getAsDouble(0);
    }

    /// What schedule, plateau and [#setLearningRate] make of every rule's rate at the next update.
    public double factor() {
        double scheduled = updates.schedule().factor(step()) * counters.getAsDouble(STEERING);
        return updates.plateau() == null ? scheduled : scheduled * plateau.getAsDouble(0);
    }

    /// The general rule's learning rate at the next update.
    public double learningRate() {
        return updates.optimizer().learningRate() * factor();
    }

    /// Steers: the general rule's rate at the next update becomes this one. The other groups' rates and
    /// the schedule's further course change in proportion.
    ///
    /// @param rate greater than 0
    /// @throws org.manabi.tensor.ShapeException if it is not, or the schedule is at 0 now
    public void setLearningRate(double rate) {
        Settings.requireLearningRate(rate);
        double now = learningRate();
        Checks.require(now > 0, "the schedule is at 0 at this step; set the rate a step later");
        counters.setFromDouble(STEERING, counters.getAsDouble(STEERING) * (rate / now));
    }

    /// Tells the plateau, if there is one, a value that should fall, such as an epoch's validation
    /// loss.
    public void measured(double value) {
        Plateau rule = updates.plateau();
        if (rule != null) {
            remember(
                    rule.after(
                            new Plateau.State(
                                    plateau.getAsDouble(0),
                                    plateau.getAsDouble(1),
                                    (int) plateau.getAsDouble(2),
                                    (int) plateau.getAsDouble(3)),
                            value));
        }
    }

    private void remember(Plateau.State now) {
        plateau.setFromDouble(0, now.factor());
        plateau.setFromDouble(1, now.best());
        plateau.setFromDouble(2, now.worse());
        plateau.setFromDouble(3, now.cooling());
    }

    /// Exchanges the parameters and the averages of weights, so that the model is evaluated or saved
    /// with the averages; a second call exchanges them back. Without averages nothing happens.
    ///
    /// Running statistics of normalization layers are no parameters and are not averaged.
    ///
    /// @return whether there are averages
    public boolean swapAverages() {
        for (int i = 0; i < averages.size(); i++) {
            engine.elementwise(
                    (count, blocks) -> {
                        for (int j = 0; j < count; j++) {
                            double weight = blocks[0][j];
                            blocks[0][j] = blocks[1][j];
                            blocks[1][j] = weight;
                        }
                    },
                    List.of(parameters.get(i).tensor(), averages.get(i)),
                    List.of());
        }
        return !averages.isEmpty();
    }

    /// Everything that is remembered, by name, in a fixed order: the tensors themselves, to be written
    /// to a checkpoint between two steps.
    public Map<String, Tensor> state() {
        return Collections.unmodifiableMap(state);
    }

    /// Takes over what was remembered: the same names, types and shapes as those of [#state].
    ///
    /// @throws org.manabi.tensor.ShapeException naming the first tensor that is missing, does not fit,
    ///     or is not known
    public void restore(Map<String, Tensor> saved) {
        for (String name : saved.keySet()) {
            Checks.require(
                    state.containsKey(name),
                    "the saved state has %s, which %s does not keep; was it another optimizer?",
                    name,
                    updates.optimizer());
        }
        state.forEach((name, own) -> requireFit(name, own, saved));
        state.forEach((name, own) -> own.copyFrom(savedOf(name, saved)));
    }

    private void requireFit(String name, Tensor own, Map<String, Tensor> saved) {
        Tensor found = savedOf(name, saved);
        Checks.require(
                found.dtype() == own.dtype() && found.shape().equals(own.shape()),
                "the saved %s is %s %s, expected %s %s",
                name,
                found.dtype(),
                found.shape(),
                own.dtype(),
                own.shape());
    }

    private Tensor savedOf(String name, Map<String, Tensor> saved) {
        Tensor found = saved.get(name);
        if (found == null) {
            throw new ShapeException(
                    "the saved state lacks "
                            + name
                            + ", which "
                            + updates.optimizer()
                            + " keeps; was it another optimizer?");
        }
        return found;
    }
}
