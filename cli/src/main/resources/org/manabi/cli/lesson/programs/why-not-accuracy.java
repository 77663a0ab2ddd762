import module org.manabi;
import module org.manabi.datasets;

void main() {
    var data = Mnist.load().train().first(300);
    var layers = Sequential.of(new Dense(50), new Sigmoid(), new Dense(10));
    var network =
            new Network(layers, Shape.of(784), DType.FLOAT64, Seed.of(0));
    var evaluator =
            new Evaluator<>(
                    Engine.serial(),
                    Model.ofLogits(network),
                    SoftmaxCrossEntropy.MEAN);
    DoubleSupplier loss = () -> evaluator.score(data).loss();
    DoubleSupplier accuracy =
            () -> evaluator.score(data).accuracy().getAsDouble();

    var weights = network.parameters().get("2.weight").tensor();
    IO.println(NumericalGradient.ofElement(loss, weights, 0, 1e-4));
    IO.println(NumericalGradient.ofElement(accuracy, weights, 0, 1e-4));
}
