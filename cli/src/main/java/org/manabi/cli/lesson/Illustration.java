package org.manabi.cli.lesson;

import org.manabi.formats.png.Picture;

/// A picture of a lesson and the file name that it gets.
record Illustration(String file, Picture picture) {}
