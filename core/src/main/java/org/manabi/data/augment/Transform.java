package org.manabi.data.augment;

import static org.manabi.tensor.Checks.require;

/// One way to change an image at random without changing what it shows.
public sealed interface Transform {

    /// Moves by up to so many pixels up, down, left and right; what comes in is 0.
    record Shift(double pixels) implements Transform {

        public Shift {
            require(pixels > 0 && pixels <= 1000, "shift %s is outside (0, 1000] pixels", pixels);
        }
    }

    /// Turns about the center by up to so many degrees to either side.
    record Rotate(double degrees) implements Transform {

        public Rotate {
            require(degrees > 0 && degrees <= 180, "rotate %s is outside (0, 180]", degrees);
        }
    }

    /// Makes larger or smaller by up to this share: 0.1 is from 0.9 to 1.1.
    record Scale(double share) implements Transform {

        public Scale {
            require(share > 0 && share < 1, "scale %s is outside (0, 1)", share);
        }
    }

    /// Exchanges left and right, with this probability.
    record Flip(double probability) implements Transform {

        public Flip {
            require(
                    probability > 0 && probability <= 1,
                    "flip %s is no probability in (0, 1]",
                    probability);
        }
    }

    /// Takes a window whose sides have at least this share of the image's, anywhere, and makes it as
    /// large as the image.
    record Crop(double share) implements Transform {

        public Crop {
            require(share > 0 && share < 1, "crop %s is outside (0, 1)", share);
        }
    }

    /// Sets a rectangle anywhere to 0, whose sides have up to this share of the image's.
    ///
    /// Source: DeVries and Taylor, *Improved regularization of convolutional neural networks with
    /// cutout* (2017).
    record Erase(double share) implements Transform {

        public Erase {
            require(share > 0 && share <= 1, "erase %s is outside (0, 1]", share);
        }
    }

    /// Adds a number of N(0, deviation²) to each pixel, in the units that the network is shown.
    record Noise(double deviation) implements Transform {

        public Noise {
            require(
                    deviation > 0 && deviation <= 1e6,
                    "noise %s is no deviation in (0, 1e6]",
                    deviation);
        }
    }
}
