package org.manabi.data;

/// Data to learn from and data to be tested on, which learning never sees.
public record Split(Dataset train, Dataset test) {}
