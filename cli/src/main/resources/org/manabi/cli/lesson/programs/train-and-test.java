import module org.manabi;
import module org.manabi.datasets;

void main() {
    var mnist = Mnist.load();
    var layers = Sequential.of(new Dense(50), new Sigmoid(), new Dense(10));
    var network =
            new Network(layers, Shape.of(784), DType.FLOAT32, Seed.of(0));
    var config =
            TrainingConfig.DEFAULTS
                    .withBatchSize(30)
                    .withBudget(new Budget.Epochs(100));
    var trainer =
            new Trainer<>(
                    Model.ofLogits(network),
                    SoftmaxCrossEntropy.MEAN,
                    new Adam(0.01),
                    config);
    trainer.train(
            mnist.train().first(300),
            mnist.test(),
            event -> {
                if (event instanceof TrainEvent.EpochDone epoch) {
                    IO.println(epoch.running() + " " + epoch.validation());
                }
            });
}
