import module org.manabi;

void main() {
    double[] y = {0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0};
    var predicted = Probabilities.of(DoubleTensor.of(Shape.of(10), y));
    var two = Labels.of(10, 2);
    IO.println(SumOfSquaredErrors.SUM.of(predicted, two).value().item());
    IO.println(CrossEntropy.BOOK.of(predicted, two).value().item());
}
