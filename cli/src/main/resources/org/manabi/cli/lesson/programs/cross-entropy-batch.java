import module org.manabi;

void main() {
    var shape = Shape.of(2, 3);
    var y = DoubleTensor.of(shape, 0.1, 0.3, 0.6, 0.8, 0.1, 0.1);
    var predicted = Probabilities.of(y);
    var labels = Labels.of(3, 2, 0);
    var oneHot = OneHot.of(DoubleTensor.of(shape, 0, 0, 1, 1, 0, 0));
    IO.println(CrossEntropy.BOOK.of(predicted, labels).value().item());
    IO.println(CrossEntropy.BOOK.of(predicted, oneHot).value().item());
}
