package org.manabi.cli.data;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.data.RandomState;
import org.manabi.formats.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi sample`: draws row numbers as `np.random.choice(SIZE, COUNT)` does.
@Command(name = "sample")
public final class SampleCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "SIZE", descriptionKey = "sample.size")
    private int size;

    @Parameters(index = "1", paramLabel = "COUNT", descriptionKey = "sample.count")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", descriptionKey = "sample.seed")
    private long seed;

    @Option(names = "--without-replacement", descriptionKey = "sample.without-replacement")
    private boolean withoutReplacement;

    public SampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RandomState random = RandomState.of(seed);
        int[] rows =
                withoutReplacement
                        ? random.choiceWithoutReplacement(size, count)
                        : random.choice(size, count);
        if (json.chosen()) {
            console.printJson(report(rows));
        } else {
            console.print(
                    Arrays.stream(rows)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")));
        }
        return ExitCode.DONE;
    }

    private JsonObject report(int[] rows) {
        return JsonObject.EMPTY
                .with("command", "sample")
                .with("size", size)
                .with("count", count)
                .with("seed", seed)
                .with("replacement", !withoutReplacement)
                .with("sample", rows);
    }
}
