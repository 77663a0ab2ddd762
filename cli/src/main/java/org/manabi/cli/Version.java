package org.manabi.cli;

import org.manabi.cli.machine.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "manabi " + ProgramVersion.text(),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
