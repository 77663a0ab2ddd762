package org.manabi.formats.table;

import org.manabi.data.StoredRows;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Samples that are nothing but their own numbers, to see which of them go where.
record RowNumbers(int count) implements StoredRows {

    @Override
    public Shape shape() {
        return Shape.of(count, 1);
    }

    @Override
    public DType dtype() {
        return DType.INT32;
    }

    @Override
    public void read(int[] rows, int from, int size, Tensor into) {
        System.arraycopy(rows, from, ((IntTensor) into).array(), into.offset(), size);
    }
}
