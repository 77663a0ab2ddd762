package org.manabi.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Remembers whether writing failed because the reader went away, as in `manabi … | head`: then
/// there is nothing to complain about.
final class ResultStream extends FilterOutputStream {

    private boolean readerLeft;

    ResultStream(OutputStream out) {
        super(out);
    }

    boolean readerLeft() {
        return readerLeft;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            readerLeft |= "Broken pipe".equals(e.getMessage());
            throw e;
        }
    }
}
