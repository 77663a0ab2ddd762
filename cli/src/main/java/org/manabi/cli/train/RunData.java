package org.manabi.cli.train;

import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.data.DataSource;
import org.manabi.data.Dataset;
import org.manabi.formats.run.RunDirectory;

/// The data that a run was made from, found again.
public final class RunData {

    private RunData() {}

    /// The samples that the run was tested on at its end.
    ///
    /// @throws CommandException if the data is gone or has changed
    public static Dataset test(RunDirectory run, Console console) {
        return run.description().config().get(KeptTraining.OPTIONS).isPresent()
                ? KeptTraining.of(run, null, console).data().test()
                : DataSource.of(run.description().data(), console).load().test();
    }
}
