package org.manabi.formats.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.Checks;

/// What is worth knowing of a model beside its layers and weights.
///
/// @param divisor what each input is divided by before the model sees it: 255 for pixels
/// @param classNames the names of the outputs in their order; empty for real numbers
/// @param loss the name of the loss that it learned by, if known
/// @param dataset the name of the data that it learned from, if known
/// @param training facts of the training, as one likes
/// @param table how rows of a table become the numbers that it is shown, if it learned from one
public record ModelCard(
        double divisor,
        List<String> classNames,
        @Nullable String loss,
        @Nullable String dataset,
        JsonObject training,
        @Nullable TableSchema table) {

    /// Nothing is known, and inputs are taken as they are.
    public static final ModelCard EMPTY =
            new ModelCard(1, List.of(), null, null, JsonObject.EMPTY, null);

    public ModelCard {
        Checks.require(
                divisor > 0 && Double.isFinite(divisor),
                "the divisor of inputs is greater than 0, got %s",
                divisor);
        classNames = List.copyOf(classNames);
    }

    public ModelCard withDivisor(double other) {
        return new ModelCard(other, classNames, loss, dataset, training, table);
    }

    public ModelCard withClassNames(List<String> other) {
        return new ModelCard(divisor, other, loss, dataset, training, table);
    }

    public ModelCard withLoss(String other) {
        return new ModelCard(divisor, classNames, other, dataset, training, table);
    }

    public ModelCard withDataset(String other) {
        return new ModelCard(divisor, classNames, loss, other, training, table);
    }

    public ModelCard withTraining(JsonObject other) {
        return new ModelCard(divisor, classNames, loss, dataset, other, table);
    }

    public ModelCard withTable(@Nullable TableSchema other) {
        return new ModelCard(divisor, classNames, loss, dataset, training, other);
    }
}
