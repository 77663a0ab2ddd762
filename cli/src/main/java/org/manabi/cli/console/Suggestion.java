package org.manabi.cli.console;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what a mistyped word was meant to be.
public final class Suggestion {

    private Suggestion() {}

    /// The candidate nearest to `word`, if it is near enough for a slip of the hand.
    static Optional<String> of(String word, Collection<String> candidates) {
        String typed = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, typed.length() / 3);
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)))
                .filter(
                        best ->
                                distance(typed, best) <= limit
                                        || (typed.length() >= 3 && best.startsWith(typed)));
    }

    /// The guess in words, to follow a message and to end its sentence: a question, or just a full
    /// stop if there is none.
    public static String question(String word, Collection<String> candidates, Console console) {
        return of(word, candidates)
                .map(guess -> console.text("error.did-you-mean", guess))
                .orElseGet(() -> console.text("error.no-guess"));
    }

    /// How many letters to insert, delete, replace or swap with their neighbor.
    ///
    /// Source: Damerau (1964), in the form of the optimal string alignment.
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
