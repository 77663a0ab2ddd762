package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.loss.LossName;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonValue;

class GradcheckCommandTests {

    @ParameterizedTest
    @EnumSource(LossName.class)
    void backPropagationOfTheTwoLayerNetworkAgreesWithDifferences(LossName loss) {
        CommandRun run =
                CommandRun.of("gradcheck", "two-layer", "--loss", loss, "--elements", 60, "--json");
        assertThat(run.code()).isZero();
        JsonFields json = run.json();
        assertThat(json.truth("right")).isTrue();
        assertThat(json.array("parameters")).hasSize(4);
        for (JsonValue parameter : json.array("parameters")) {
            assertThat(JsonFields.of(parameter, "", "").number("relativeError")).isLessThan(1e-7);
        }
    }

    @Test
    void textNamesEachParameter() {
        CommandRun run = CommandRun.of("gradcheck", "mlp:8", "--elements", 20);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("0.weight", "2.bias", "agree");
    }

    @Test
    void aSavedModelIsCheckedWithItsWeights(@TempDir Path folder) {
        Path run = folder.resolve("run");
        CommandRun trained =
                CommandRun.of("train", "iris", "--model=mlp:8", "--steps=5", "--out=" + run);
        assertThat(trained.code()).as(trained.err()).isZero();

        JsonFields json = CommandRun.of("gradcheck", run, "--json").json();

        assertThat(json.truth("right")).isTrue();
        assertThat(json.array("parameters")).hasSize(4);
    }
}
