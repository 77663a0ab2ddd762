package org.manabi.cli.console;

import picocli.CommandLine.Option;

/// The option of every command whose result a program may want to read.
public final class JsonOption {

    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    /// Whether the result shall be one JSON object.
    public boolean chosen() {
        return json;
    }
}
