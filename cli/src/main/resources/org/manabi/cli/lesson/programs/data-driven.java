import module org.manabi;
import module org.manabi.datasets;

void main() {
    var mnist = Mnist.load();
    var layers = Sequential.of(new Dense(200), new Relu(), new Dense(10));
    var network =
            new Network(layers, Shape.of(784), DType.FLOAT32, Seed.of(0));
    var trainer =
            new Trainer<>(
                    Model.ofLogits(network),
                    SoftmaxCrossEntropy.MEAN,
                    new Adam(0.002),
                    TrainingConfig.DEFAULTS);
    trainer.train(mnist.train(), null, event -> {});
    IO.println(trainer.evaluator().score(mnist.test()));
}
