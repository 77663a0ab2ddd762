package org.manabi.formats.model;

import org.manabi.train.Model;

/// A model that was read from a file, and what the file says about it.
public record SavedModel(Model<?> model, ModelCard card) {}
