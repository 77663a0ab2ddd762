package org.manabi.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTests {

    /// Computed by a copy of the definition in Python: trained weights depend on these numbers, so they
    /// never change.
    @Test
    void childrenAreFixedForAllTime() {
        assertThat(Seed.of(42).child("dropout-2").value()).isEqualTo(0x98bb2cf13a8c6d83L);
        assertThat(Seed.of(42).child("dropout-2").child(3).value()).isEqualTo(0x781d1a7071de0216L);
        assertThat(Seed.of(0).child("0.weight").value()).isEqualTo(0x4fb20abf80525ef0L);
        assertThat(Seed.of(0).child(0).value()).isEqualTo(0x7fc37233dfca105fL);
        assertThat(Seed.of(0).child("").value()).isEqualTo(0x48218226ff3cd4bfL);
    }

    @Test
    void theSameNameGivesTheSameChildWhoeverAsksFirst() {
        Seed first = Seed.of(7);
        Seed second = Seed.of(7);

        Seed a = first.child("a");
        second.child("b").stream().nextLong();

        assertThat(second.child("a")).isEqualTo(a);
        assertThat(second.child("a").stream().nextLong()).isEqualTo(a.stream().nextLong());
    }

    /// 2¹⁴ numbered and named children of three neighboring seeds. Among n random 64-bit numbers the
    /// chance of any pair being equal is n²/2⁶⁵ ≈ 3·10⁻¹⁰.
    @Test
    void noTwoPurposesShareASeed() {
        Set<Seed> children = new HashSet<>();
        for (long parent = -1; parent <= 1; parent++) {
            for (int i = 0; i < 1 << 14; i++) {
                children.add(Seed.of(parent).child(i));
                children.add(Seed.of(parent).child(Integer.toString(i)));
            }
        }

        assertThat(children).hasSize(3 * 2 * (1 << 14));
    }

    @Test
    void aPathIsNotTheChildOfAChild() {
        Seed seed = Seed.of(1);

        assertThat(seed.child("ab")).isNotEqualTo(seed.child("a").child("b"));
        assertThat(seed.child("ab")).isNotEqualTo(seed.child("ba"));
        assertThat(seed.child("a")).isNotEqualTo(seed.child("a\0"));
    }

    @Test
    void everyStreamOfASeedBeginsAnew() {
        Seed seed = Seed.of(3);
        RandomStream first = seed.stream();
        first.nextLong();

        assertThat(seed.stream().nextLong()).isEqualTo(seed.stream().nextLong());
        assertThat(seed.stream().nextLong()).isNotEqualTo(first.nextLong());
    }
}
