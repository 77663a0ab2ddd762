package org.manabi.formats.npy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

/// Arrays of random types, shapes and bits.
final class AnyArray {

    private AnyArray() {}

    static NumericArray of(SplittableRandom random) {
        ElementType[] types = ElementType.values();
        ElementType type = types[random.nextInt(types.length)];
        return of(type == ElementType.BFLOAT16 ? ElementType.FLOAT32 : type, random);
    }

    static NumericArray of(ElementType type, SplittableRandom random) {
        long[] dims = new long[random.nextInt(5)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.nextInt(6);
        }
        byte[] bytes = new byte[(int) NumericArray.count(dims) * type.bytes()];
        random.nextBytes(bytes);
        if (type == ElementType.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 1;
            }
        }
        return NumericArray.of(type, dims, ByteBuffer.wrap(bytes));
    }
}
