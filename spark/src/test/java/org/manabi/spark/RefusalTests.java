package org.manabi.spark;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/// What cannot train is refused before it begins, with the setting to change.
class RefusalTests {

    private static final DigitsRecipe RECIPE = new DigitsRecipe(64, 8, 4, 60, 1);
    private static final GeneratedDigits DATA = new GeneratedDigits(120, 64, 3);

    private static SparkConf conf() {
        return new SparkConf()
                .setMaster("local[1]")
                .setAppName("manabi-tests")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false");
    }

    @Test
    void dynamicAllocationIsRefused() {
        try (JavaSparkContext context =
                new JavaSparkContext(conf().set("spark.dynamicAllocation.enabled", "true"))) {
            assertThatExceptionOfType(ReplicaException.class)
                    .isThrownBy(() -> new SparkTrainer<>(context, RECIPE).train(DATA))
                    .withMessageContaining("set spark.dynamicAllocation.enabled=false")
                    .withMessageContaining("1 task slots");
        }
    }

    @Test
    void tooFewSlotsAreRefused() {
        try (JavaSparkContext context = new JavaSparkContext(conf())) {
            assertThatExceptionOfType(ReplicaException.class)
                    .isThrownBy(
                            () ->
                                    new SparkTrainer<>(context, RECIPE)
                                            .withReplicas(2)
                                            .withTimeouts(
                                                    Duration.ofSeconds(60), Duration.ofSeconds(1))
                                            .train(DATA))
                    .withMessageContaining("offers 1; ask for at most 1 replicas");
        }
    }
}
