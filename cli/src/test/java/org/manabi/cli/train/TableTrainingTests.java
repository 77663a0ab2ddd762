package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.model.ModelPath;
import org.manabi.datasets.Iris;
import org.manabi.datasets.Table;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.npy.Npz;
import org.manabi.formats.table.Column;

class TableTrainingTests {

    @TempDir private Path folder;

    private Path iris() throws IOException {
        Table iris = Iris.load();
        StringBuilder text =
                new StringBuilder("sepal_length,sepal_width,petal_length,petal_width,species\n");
        for (int row = 0; row < iris.rows().length; row++) {
            for (double cell : iris.rows()[row]) {
                text.append(cell).append(',');
            }
            text.append(iris.classNames().get(iris.labels()[row])).append('\n');
        }
        return Files.writeString(folder.resolve("iris.csv"), text);
    }

    @Test
    void irisIsLearnedAndRawRowsArePredicted() throws IOException {
        Path iris = iris();
        Path run = folder.resolve("run");
        JsonFields trained =
                CommandRun.of("train", iris, "--label", "species", "--out", run, "--json").json();
        // 30 flowers are held back; one or two of the two similar species are taken wrongly.
        assertThat(trained.object("test").number("accuracy")).isGreaterThanOrEqualTo(28 / 30.0);
        CommandRun one = CommandRun.of("predict", run, "5.1,3.5,1.4,0.2");
        assertThat(one.err()).isEmpty();
        assertThat(one.out()).contains("setosa");
        Path rows =
                Files.writeString(
                        folder.resolve("new.csv"),
                        "petal_width,petal_length,sepal_width,sepal_length\n2.3,6.1,3.0,7.7\n");
        assertThat(CommandRun.of("predict", run, rows).out()).contains("virginica");
        JsonFields all = CommandRun.of("evaluate", run, iris, "--json").json();
        assertThat(all.integer("samples")).isEqualTo(150);
        assertThat(all.number("accuracy")).isGreaterThanOrEqualTo(0.93);
        assertThat(CommandRun.of("report", run).code()).isZero();
        assertThat(run.resolve("report.html")).content().contains("virginica");
        assertThat(CommandRun.of("predict", run, "5.1,x,1.4,0.2").code())
                .isEqualTo(ExitCode.WRONG_REQUEST);
    }

    @Test
    void realNumbersAreLearnedAndPredictedInTheirUnits() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("area,rooms,city,price\n");
        for (int i = 0; i < 400; i++) {
            double area = 20 + 180 * random.nextDouble();
            int rooms = 1 + random.nextInt(6);
            boolean capital = random.nextBoolean();
            double price = 1000 * area + 5000 * rooms + (capital ? 50_000 : 0);
            text.append(area).append(',').append(rooms).append(',');
            text.append(capital ? "Tokyo," : "Sapporo,").append(price).append('\n');
        }
        Path homes = Files.writeString(folder.resolve("homes.csv"), text);
        Path run = folder.resolve("run");
        CommandRun trained = CommandRun.of("train", homes, "--label", "price", "--out", run);
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonFields measured = CommandRun.of("evaluate", run, homes, "--json").json();
        assertThat(measured.number("r2")).isGreaterThan(0.98);
        JsonFields predicted = CommandRun.of("predict", run, "100,3,Tokyo", "--json").json();
        String value = predicted.require("predictions").toString().replaceAll(".*value\":|}.*", "");
        String again =
                CommandRun.of("predict", run, "100;3;Tokyo", "--json")
                        .json()
                        .require("predictions")
                        .toString();
        assertThat(again).contains(value);
        Path onnx = folder.resolve("homes.onnx");
        assertThat(CommandRun.of("export", run, onnx).out())
                .contains("area, rooms, city=Sapporo, city=Tokyo");
        Path inputs = folder.resolve("in.npz");
        Npz.write(inputs, Map.of("input", NumericArray.ofFloats(new long[] {1, 4}, 100, 3, 0, 1)));
        Path outputs = folder.resolve("out.npz");
        CommandRun.of("run", onnx, inputs, "--out", outputs);
        double exported = Npz.read(outputs).get("output").getDouble(0);
        // Both compute in float: a few units of 2⁻²⁴ of 165 000, times the layers.
        assertThat(exported)
                .isBetween(Double.parseDouble(value) - 0.5, Double.parseDouble(value) + 0.5);
        // 1000·100 + 5000·3 + 50000, within 5 %.
        assertThat(Double.parseDouble(value)).isBetween(0.95 * 165_000, 1.05 * 165_000);
    }

    /// Rows that are held back must not tell the model what is usual.
    @Test
    void scalingKnowsNothingOfTheRowsThatAreHeldBack() throws IOException {
        Path iris = iris();
        Path all = folder.resolve("all");
        Path less = folder.resolve("less");
        CommandRun.of("train", iris, "--label", "species", "--epochs", 1, "--out", all);
        CommandRun.of(
                "train",
                iris,
                "--label",
                "species",
                "--epochs",
                1,
                "--validation",
                0.25,
                "--out",
                less);
        assertThat(scaling(less)).isNotEqualTo(scaling(all));
        assertThat(CommandRun.of("verify-resume", less).code()).isZero();
    }

    private static List<Column> scaling(Path run) {
        return Objects.requireNonNull(ModelPath.load(run).saved().card().table()).columns();
    }

    @Test
    void modelOfATableIsMeasuredByATable() throws IOException {
        Path iris = iris();
        Path run = folder.resolve("run");
        CommandRun.of("train", iris, "--label", "species", "--epochs", 1, "--out", run);
        CommandRun measured = CommandRun.of("evaluate", run, "iris");
        assertThat(measured.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(measured.err()).contains("the column species from a table; iris is no table");
    }

    @Test
    void tablesAreShownAndChecked() throws IOException {
        Path iris = iris();
        Path holes = Files.writeString(folder.resolve("h.csv"), "a,b\n1,x\n,y\n3,x\n");
        assertThat(CommandRun.of("data", "show", holes).out())
                .contains("3 rows of 2 columns", "2 words: x 2, y 1", "1 missing");
        assertThat(CommandRun.of("data", "check", iris).out()).contains("is sound: 150 rows");
    }

    /// A linear model explains half of the variance, so this one should nearly do so, too.
    @Test
    void diabetesComesAlong() {
        Path run = folder.resolve("run");
        CommandRun trained = CommandRun.of("train", "diabetes", "--out", run);
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonFields measured = CommandRun.of("evaluate", run, "diabetes", "--json").json();
        assertThat(measured.integer("samples")).isEqualTo(442);
        assertThat(measured.number("r2")).isGreaterThan(0.45);
        CommandRun one = CommandRun.of("predict", run, "59,2,32.1,101,157,93.2,38,4,4.8598,87");
        assertThat(one.out()).as(one.err()).contains("progression");
        assertThat(CommandRun.of("verify-resume", run).code()).isZero();
    }

    @Test
    void tablesAskForTheirLabelAndAreInspected() throws IOException {
        Path iris = iris();
        CommandRun run = CommandRun.of("train", iris);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains("--label", "species");
        assertThat(CommandRun.of("train", iris, "--label", "specie").err())
                .contains("has no column specie");
        assertThat(CommandRun.of("inspect", iris).out())
                .contains("150 rows of 5 columns", "species  3 words: setosa 50");
    }

    /// Sixty visits of twelve patients, the visits in the order of time but for the first two.
    private Path visits() throws IOException {
        StringBuilder text = new StringBuilder("patient,day,dose,weight,healthy\n");
        for (int i = 0; i < 60; i++) {
            int day = i < 2 ? 1 - i : i;
            text.append("p")
                    .append(i % 12)
                    .append(",2026-03-")
                    .append("%02d".formatted(1 + day / 2));
            text.append(day % 2 == 0 ? "T08:00," : "T20:00,")
                    .append(i % 7)
                    .append(',')
                    .append(i % 3);
            text.append(i % 7 > 3 ? ",yes\n" : ",no\n");
        }
        return Files.writeString(folder.resolve("visits.csv"), text);
    }

    @Test
    void whereTheRowsLieChangesNoBit() throws IOException {
        Path iris = iris();
        String[] digests = new String[2];
        for (int i = 0; i < 2; i++) {
            CommandRun run =
                    CommandRun.of(
                            "train",
                            iris,
                            "--label",
                            "species",
                            "--validation",
                            "0.2",
                            "--storage",
                            i == 0 ? "memory" : "disk",
                            "--epochs",
                            "3",
                            "--out",
                            folder.resolve("run" + i),
                            "--json");
            digests[i] = run.json().text("weightsSha256");
            assertThat(run.err().contains("read from the disk")).isEqualTo(i == 1);
        }
        assertThat(digests[0]).isEqualTo(digests[1]);
        assertThat(
                        CommandRun.of("verify-resume", folder.resolve("run1"), "--json")
                                .json()
                                .truth("equal"))
                .isTrue();
        assertThat(CommandRun.of("report", folder.resolve("run1")).code()).isZero();
    }

    @Test
    void groupsTimeAndWeightsAreHeeded() throws IOException {
        Path visits = visits();
        for (List<String> more :
                List.of(
                        List.of("--group-column", "patient", "--validation", "0.2"),
                        List.of("--time-column", "day", "--validation", "0.2"),
                        List.of("--weight-column", "weight", "--sampling", "weighted"))) {
            List<Object> args = new ArrayList<>(List.of("train", visits, "--label", "healthy"));
            args.addAll(more);
            args.addAll(List.of("--epochs", "1", "--out", folder.resolve(more.getFirst())));
            assertThat(CommandRun.of(args.toArray()).code()).as(more.toString()).isZero();
        }
        assertThat(
                        CommandRun.of(
                                        "train",
                                        visits,
                                        "--label",
                                        "healthy",
                                        "--epochs",
                                        "1",
                                        "--out",
                                        folder.resolve("shown"))
                                .err())
                .contains("of numbers: dose, weight; of words: patient (12)")
                .contains("healthy, one of 2 classes");
        CommandRun folds =
                CommandRun.of(
                        "train",
                        visits,
                        "--label",
                        "healthy",
                        "--group-column",
                        "patient",
                        "--folds",
                        "3",
                        "--epochs",
                        "1");
        assertThat(folds.code()).isZero();
    }

    @Test
    void whatContradictsItselfIsRefusedInOneSentence() throws IOException {
        Path visits = visits();
        assertThat(refusal(visits, "--group-column", "patient", "--time-column", "day"))
                .contains("--group-column and --time-column");
        assertThat(refusal(visits, "--weight-column", "weight")).contains("belong together");
        assertThat(refusal(visits, "--sampling", "weighted")).contains("belong together");
        assertThat(refusal(visits, "--group-column", "healthy")).contains("column healthy");
        assertThat(refusal(visits, "--group-column", "ward"))
                .contains("has no column ward; its columns are patient, day");
        assertThat(refusal(visits, "--time-column", "patient")).contains("no order of time");
        CommandRun folds =
                CommandRun.of(
                        "train",
                        visits,
                        "--label",
                        "healthy",
                        "--time-column",
                        "day",
                        "--folds",
                        "3");
        assertThat(folds.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(folds.err()).contains("order of time");
        CommandRun pictures = CommandRun.of("train", "mnist", "--group-column", "patient");
        assertThat(pictures.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(pictures.err()).contains("--group-column is for tables");
    }

    private String refusal(Path table, String... more) {
        Object[] args = new Object[4 + more.length];
        System.arraycopy(new Object[] {"train", table, "--label", "healthy"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err().strip().lines()).hasSize(1);
        return run.err();
    }

    @Test
    void aTableCutIntoFilesOfAFolderIsTheSameTable() throws IOException {
        List<String> lines = Files.readAllLines(iris());
        Path shards = Files.createDirectory(folder.resolve("shards"));
        for (int i = 0; i < 3; i++) {
            List<String> part = new ArrayList<>(List.of(lines.getFirst()));
            part.addAll(lines.subList(1 + 50 * i, 51 + 50 * i));
            Files.write(shards.resolve("part-" + i + ".csv"), part);
        }
        assertThat(digest(shards)).isEqualTo(digest(folder.resolve("iris.csv")));
        assertThat(CommandRun.of("inspect", shards).out()).contains("150 rows of 5 columns");
        assertThat(CommandRun.of("evaluate", folder.resolve("shards-run"), shards).code()).isZero();
        assertThat(CommandRun.of("resume", folder.resolve("shards-run")).code()).isZero();
    }

    private String digest(Path table) {
        Path run = folder.resolve(table.getFileName() + "-run");
        return CommandRun.of(
                        "train",
                        table,
                        "--label",
                        "species",
                        "--epochs",
                        "2",
                        "--out",
                        run,
                        "--json")
                .json()
                .text("weightsSha256");
    }
}
