package org.manabi.cli.report;

/// Text within HTML.
final class Html {

    private Html() {}

    /// The text with all that HTML would take for markup replaced.
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
