package org.manabi.cli.lesson;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.board.lesson.LessonJson;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Messages;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.cli.machine.VectorModule;
import org.manabi.formats.Durably;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi lesson`: the ideas of the chapter, each computed while one watches.
@Command(name = "lesson")
public final class LessonCommand implements Callable<Integer> {

    private static final int FEWEST_SAMPLES = 100;

    private final Console console;
    private final Messages texts;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "lesson.name")
    private @Nullable LessonName name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "lessons",
            descriptionKey = "lesson.out")
    private Path out = Path.of("lessons");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", descriptionKey = "lesson.seed")
    private long seed;

    @Option(names = "--samples", paramLabel = "N", descriptionKey = "lesson.samples")
    private @Nullable Integer samples;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "option.threads")
    private @Nullable Integer threads;

    public LessonCommand(Console console) {
        this.console = console;
        this.texts = console.messages().inBundle("org.manabi.cli.lesson.Lessons");
    }

    @Override
    public Integer call() {
        if (name == null) {
            list();
            return ExitCode.DONE;
        }
        check();
        VectorModule.load();
        teach(name, name.lesson());
        return ExitCode.DONE;
    }

    private void check() {
        if (seed < 0 || seed > 0xFFFF_FFFFL) {
            throw CommandException.wrongRequest(texts.text("error.seed", seed));
        }
        if (samples != null && samples < FEWEST_SAMPLES) {
            throw CommandException.wrongRequest(
                    texts.text("error.samples", samples, FEWEST_SAMPLES));
        }
        if (threads != null && threads < 1) {
            throw CommandException.wrongRequest(texts.text("error.threads", threads));
        }
    }

    private void list() {
        if (json.chosen()) {
            List<JsonValue> lessons = new ArrayList<>();
            for (LessonName lesson : LessonName.values()) {
                lessons.add(
                        JsonObject.EMPTY
                                .with("name", lesson.toString())
                                .with("summary", texts.text(lesson + ".summary")));
            }
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "lesson")
                            .with("lessons", new JsonValue.Array(lessons)));
            return;
        }
        Table table = new Table().leftAt(1);
        for (LessonName lesson : LessonName.values()) {
            table.row(lesson.toString(), texts.text(lesson + ".summary"));
        }
        table.lines().forEach(console::print);
        console.say("");
        console.say(texts.text("list.next"));
    }

    private <R extends Record> void teach(LessonName name, Lesson<R> lesson) {
        long began = System.nanoTime();
        LessonSetting setting = new LessonSetting(seed, threads(), samples);
        Durably.createFolders(out);
        StatusLine status = new StatusLine(console);
        LessonProgress progress = new LessonProgress(name.toString(), status);
        R result = lesson.compute(setting, progress);
        status.clear();
        List<Path> pictures = save(lesson.draw(result, setting));
        if (json.chosen()) {
            console.printJson(report(name, result, pictures));
            return;
        }
        Page page = new Page(console, texts);
        page.title(name + ".title");
        lesson.tell(result, setting, page);
        page.section("section.pictures");
        page.drawing(pictures.stream().map(Path::toString).toList());
        double seconds = (System.nanoTime() - began) / 1e9;
        console.say(texts.text("seconds", Numbers.fixed(seconds, 1)));
    }

    private int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private List<Path> save(List<Illustration> illustrations) {
        List<Path> files = new ArrayList<>();
        for (Illustration illustration : illustrations) {
            Path file = out.resolve(illustration.file());
            Durably.write(file, illustration.picture().png());
            files.add(file);
        }
        return files;
    }

    private JsonObject report(LessonName name, Record result, List<Path> pictures) {
        return JsonObject.EMPTY
                .with("command", "lesson")
                .with("lesson", name.toString())
                .with("seed", seed)
                .with("result", LessonJson.of(result))
                .with("pictures", pictures.stream().map(Path::toString).toList());
    }
}
