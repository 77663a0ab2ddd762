package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import picocli.CommandLine;

class DataFetchCommandTests {

    @TempDir private Path folder;

    /// Nothing is touched but the test's folder.
    private DataFetchCommand command(String... args) {
        Console console =
                Console.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Language.EN);
        DataFetchCommand command = new DataFetchCommand(console, folder);
        new CommandLine(command).parseArgs(args);
        return command;
    }

    @Test
    void withoutAConnectionItSaysWhereFilesGoByHand() throws IOException {
        ServerSocket closed = new ServerSocket(0);
        String mirror = "http://127.0.0.1:" + closed.getLocalPort() + "/kana";
        closed.close();
        assertThatThrownBy(() -> command("kmnist", "--mirror", mirror).call())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(mirror + "/train-images-idx3-ubyte.gz: cannot be reached")
                .hasMessageContaining("put it into " + folder.resolve("kmnist"))
                .hasMessageContaining("its MD5 is bdb82020997e1d708af4cf47b453dcf7");
    }

    @Test
    void wrongRequestsAreNamed() {
        assertThat(CommandRun.of("data", "fetch", "mnist").err())
                .contains("mnist comes with Manabi");
        CommandRun unknown = CommandRun.of("data", "fetch", "fashion-mnits");
        assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(unknown.err()).contains("did you mean fashion-mnist");
        assertThatThrownBy(() -> command("kmnist", "--mirror", "ftp://a/").call())
                .hasMessageContaining("\"ftp://a/\" is no address");
    }
}
