package org.manabi.board.lesson;

import java.util.List;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.Mnist;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Pictures for the tests of the lessons.
final class Digits {

    private static final Split MNIST = Mnist.load();

    private Digits() {}

    /// The first pictures of MNIST.
    static Split mnist(int train, int test) {
        return new Split(MNIST.train().first(train), MNIST.test().first(test));
    }

    /// A dataset of pictures drawn with letters: `#` is ink.
    static Dataset drawn(String... pictures) {
        int side = pictures[0].indexOf('\n');
        byte[] pixels = new byte[pictures.length * side * side];
        int at = 0;
        for (String picture : pictures) {
            for (char letter : picture.replace("\n", "").toCharArray()) {
                pixels[at++] = (byte) (letter == '#' ? 255 : 0);
            }
        }
        return Dataset.ofClasses(
                        "drawn",
                        ByteTensor.of(Shape.of(pictures.length, side * side), pixels),
                        IntTensor.of(
                                Shape.of(pictures.length),
                                IntStream.range(0, pictures.length).map(i -> i % 10).toArray()),
                        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
                .dividedBy(255);
    }
}
