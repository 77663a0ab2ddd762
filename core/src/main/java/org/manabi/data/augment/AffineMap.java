package org.manabi.data.augment;

import org.manabi.tensor.RandomStream;

/// A map from places in the new image to places in the old one, both measured from the center:
///
///     (x, y) ↦ (a·x + b·y + dx, c·x + d·y + dy)
final class AffineMap {

    private final int height;
    private final int width;
    private double a = 1;
    private double b;
    private double c;
    private double d = 1;
    private double dx;
    private double dy;

    AffineMap(int height, int width) {
        this.height = height;
        this.width = width;
    }

    /// Takes a transform in, if it moves pixels.
    boolean add(Transform transform, RandomStream random) {
        switch (transform) {
            case Transform.Shift(double pixels) -> {
                dx += pixels * symmetric(random);
                dy += pixels * symmetric(random);
            }
            case Transform.Rotate(double degrees) -> {
                // StrictMath: the same bits on every machine.
                double angle = StrictMath.toRadians(degrees * symmetric(random));
                double cos = StrictMath.cos(angle);
                double sin = StrictMath.sin(angle);
                times(cos, -sin, sin, cos);
            }
            case Transform.Scale(double share) -> {
                double factor = 1 / (1 + share * symmetric(random));
                times(factor, 0, 0, factor);
            }
            case Transform.Crop(double share) -> {
                double factor = share + (1 - share) * random.nextDouble();
                dx += (1 - factor) / 2 * width * symmetric(random);
                dy += (1 - factor) / 2 * height * symmetric(random);
                times(factor, 0, 0, factor);
            }
            case Transform.Flip(double probability) -> {
                if (random.nextDouble() < probability) {
                    times(-1, 0, 0, 1);
                }
            }
            case Transform.Erase _, Transform.Noise _ -> {
                return false;
            }
        }
        return true;
    }

    /// Uniform in [−1, 1).
    private static double symmetric(RandomStream random) {
        return 2 * random.nextDouble() - 1;
    }

    /// Lets another linear map go before this one.
    private void times(double p, double q, double r, double s) {
        double newA = a * p + b * r;
        double newB = a * q + b * s;
        double newC = c * p + d * r;
        double newD = c * q + d * s;
        a = newA;
        b = newB;
        c = newC;
        d = newD;
    }

    boolean isIdentity() {
        return a == 1 && b == 0 && c == 0 && d == 1 && dx == 0 && dy == 0;
    }

    double[] apply(double[] pixels, ImagePlane image) {
        double[] result = new double[pixels.length];
        double centerX = (width - 1) / 2.0;
        double centerY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromX = a * (x - centerX) + b * (y - centerY) + dx + centerX;
                double fromY = c * (x - centerX) + d * (y - centerY) + dy + centerY;
                for (int channel = 0; channel < image.channels(); channel++) {
                    int plane = channel * height * width;
                    result[plane + y * width + x] = between(pixels, plane, fromX, fromY);
                }
            }
        }
        return result;
    }

    /// Interpolates between the four pixels around a place; outside all is 0.
    private double between(double[] pixels, int plane, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double bottom = y - top;
        return (1 - bottom)
                        * ((1 - right) * at(pixels, plane, left, top)
                                + right * at(pixels, plane, left + 1, top))
                + bottom
                        * ((1 - right) * at(pixels, plane, left, top + 1)
                                + right * at(pixels, plane, left + 1, top + 1));
    }

    private double at(double[] pixels, int plane, int x, int y) {
        return x < 0 || x >= width || y < 0 || y >= height ? 0 : pixels[plane + y * width + x];
    }
}
