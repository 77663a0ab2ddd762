package org.manabi.cli.console;

import java.util.Locale;
import java.util.ResourceBundle;

/// The texts for people, in one language. Their values are filled in as by [String#format], with
/// numbers printed alike in all languages.
public final class Messages {

    private final Language language;
    private final ResourceBundle bundle;

    private Messages(Language language, ResourceBundle bundle) {
        this.language = language;
        this.bundle = bundle;
    }

    /// The texts of a bundle such as `org.manabi.cli.Messages`.
    public static Messages of(String bundle, Language language) {
        return new Messages(language, ResourceBundle.getBundle(bundle, language.locale()));
    }

    /// The texts of another bundle, in the same language.
    public Messages inBundle(String other) {
        return of(other, language);
    }

    public Language language() {
        return language;
    }

    /// The text of a key, with its values.
    ///
    /// @throws java.util.MissingResourceException if there is none
    @SuppressWarnings("FormatStringAnnotation") // the format comes from the bundle
    public String text(String key, Object... values) {
        return String.format(Locale.ROOT, bundle.getString(key), values);
    }

    /// The bundle itself, as the help texts need it.
    public ResourceBundle bundle() {
        return bundle;
    }
}
