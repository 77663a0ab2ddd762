package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.json.JsonFields;

/// A directory with a directory of images for each class is all that is needed to train.
class ImageTrainingTests {

    @TempDir private Path folder;

    /// Bars that lie or stand, somewhere; red ones if they are to have colors.
    private Path bars(int type, int side) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Path root = folder.resolve("bars");
        for (String name : new String[] {"lying", "standing"}) {
            Path inner = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < 30; i++) {
                ImageIO.write(
                        bar(type, side, name, random),
                        i % 2 == 0 ? "png" : "bmp",
                        inner.resolve(i + (i % 2 == 0 ? ".png" : ".BMP")).toFile());
            }
        }
        Files.writeString(root.resolve("lying").resolve("notes.txt"), "not an image");
        return root;
    }

    private static BufferedImage bar(int type, int side, String name, SplittableRandom random) {
        BufferedImage image = new BufferedImage(side, side, type);
        int at = 1 + random.nextInt(side - 2);
        for (int k = 0; k < side; k++) {
            image.setRGB(name.equals("lying") ? k : at, name.equals("lying") ? at : k, 0xFFFF0000);
        }
        return image;
    }

    @Test
    void imagesAreLearnedMeasuredAndPredicted() throws IOException {
        Path bars = bars(BufferedImage.TYPE_BYTE_GRAY, 8);
        Path run = folder.resolve("run");
        CommandRun trained = CommandRun.of("train", bars, "--epochs", 60, "--out", run, "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        // 12 bars are held back; a bar touches every row or every column, which is easily told.
        assertThat(trained.json().object("test").number("accuracy"))
                .isGreaterThanOrEqualTo(10 / 12.0);
        CommandRun one = CommandRun.of("predict", run, bars.resolve("lying").resolve("0.png"));
        assertThat(one.out()).as(one.err()).contains("lying");
        JsonFields measured = CommandRun.of("evaluate", run, bars, "--json").json();
        assertThat(measured.integer("samples")).isEqualTo(12);
        assertThat(CommandRun.of("verify-resume", run).code()).isZero();
    }

    @Test
    void colorsAndSizesAreBroughtToOne() throws IOException {
        Path bars = bars(BufferedImage.TYPE_INT_RGB, 10);
        ImageIO.write(
                new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB),
                "png",
                bars.resolve("lying").resolve("large.png").toFile());
        CommandRun uneven = CommandRun.of("train", bars, "--out", folder.resolve("no"));
        assertThat(uneven.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(uneven.err()).contains("large.png", "30x20", "--size 10x10");
        Path run = folder.resolve("run");
        CommandRun trained =
                CommandRun.of(
                        "train",
                        bars,
                        "--size",
                        "16x12",
                        "--model",
                        "conv",
                        "--epochs",
                        1,
                        "--out",
                        run);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(CommandRun.of("summary", run).out()).contains("[3, 12, 16]");
        CommandRun predicted =
                CommandRun.of("predict", run, bars.resolve("lying").resolve("large.png"));
        assertThat(predicted.code()).as(predicted.err()).isZero();
    }

    @Test
    void foldersOfImagesAreShownAndChecked() throws IOException {
        Path bars = bars(BufferedImage.TYPE_INT_RGB, 8);
        Path sheet = folder.resolve("sheet.png");
        CommandRun shown = CommandRun.of("data", "show", bars, "--out", sheet);
        assertThat(shown.out())
                .as(shown.err())
                .contains("8 x 8 pixels, RGB, from 0 to 255", "lying", "standing");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(100);
        JsonFields json = CommandRun.of("data", "show", bars, "--json").json();
        assertThat(json.object("train").require("classCounts")).hasToString("[24,24]");
        assertThat(CommandRun.of("data", "check", bars).code()).isZero();
    }

    @Test
    void faultsNameTheImage() throws IOException {
        Path bars = bars(BufferedImage.TYPE_BYTE_GRAY, 8);
        Path bad = Files.writeString(bars.resolve("standing").resolve("bad.png"), "no image");
        CommandRun run = CommandRun.of("train", bars, "--out", folder.resolve("no"));
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains(bad + ": is not an image");
        assertThat(CommandRun.of("train", bars, "--size", "big").err()).contains("--size", "28x28");
        assertThat(CommandRun.of("train", "iris", "--size", "8").code())
                .isEqualTo(ExitCode.WRONG_REQUEST);
    }

    @Test
    void classesMustBeThoseOfTheModel() throws IOException {
        Path bars = bars(BufferedImage.TYPE_BYTE_GRAY, 8);
        Path run = folder.resolve("run");
        CommandRun.of("train", bars, "--epochs", 1, "--out", run);
        Files.createDirectory(bars.resolve("leaning"));
        Files.copy(
                bars.resolve("lying").resolve("0.png"), bars.resolve("leaning").resolve("0.png"));
        CommandRun measured = CommandRun.of("evaluate", run, bars);
        assertThat(measured.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(measured.err()).contains("leaning, lying, standing", "lying, standing");
    }
}
