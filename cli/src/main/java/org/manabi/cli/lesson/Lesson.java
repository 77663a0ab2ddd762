package org.manabi.cli.lesson;

import java.util.List;
import org.manabi.board.lesson.Progress;

/// A lesson in the terminal: what it computes, how it tells it, how it draws it.
///
/// @param <R> the numbers that it computes
interface Lesson<R extends Record> {

    /// Computes the lesson's numbers.
    R compute(LessonSetting setting, Progress progress);

    /// Tells the lesson with its numbers.
    void tell(R result, LessonSetting setting, Page page);

    /// Draws the lesson's numbers.
    List<Illustration> draw(R result, LessonSetting setting);
}
