package org.manabi.formats.run;

import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.SavedModel;
import org.manabi.train.TrainState;

/// A training as it was left: all that is needed to go on to the same bits.
///
/// @param model the model with its weights of that time
/// @param state what the training remembers beside
/// @param notes what the training's listeners remember, as they like
public record Checkpoint(SavedModel model, TrainState state, JsonObject notes) {}
