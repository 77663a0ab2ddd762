package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class BuffersTests {

    private final Buffers buffers = new Buffers();

    private DoubleTensor acquire(int... dims) {
        return (DoubleTensor) buffers.acquire(DType.FLOAT64, Shape.of(dims));
    }

    @Test
    void buffersInUseAreDistinct() {
        assertThat(acquire(2, 3).array()).isNotSameAs(acquire(2, 3).array());
    }

    @Test
    void aReleasedBufferServesAgainUnderAnotherShape() {
        DoubleTensor first = acquire(2, 3);
        buffers.release(first);

        DoubleTensor second = acquire(5);

        assertThat(second.array()).isSameAs(first.array());
        assertThat(second.shape()).isEqualTo(Shape.of(5));
    }

    @Test
    void theSmallestThatIsLargeEnoughServes() {
        DoubleTensor large = acquire(100);
        DoubleTensor middle = acquire(10);
        DoubleTensor small = acquire(4);
        buffers.release(large);
        buffers.release(middle);
        buffers.release(small);

        assertThat(acquire(5).array()).isSameAs(middle.array());
        assertThat(acquire(5).array()).isSameAs(large.array());
        assertThat(acquire(5).array())
                .isNotSameAs(small.array())
                .isNotSameAs(middle.array())
                .isNotSameAs(large.array());
    }

    @Test
    void aBufferKeepsItsWholeLengthWhenItServedASmallerTensor() {
        DoubleTensor whole = acquire(10);
        buffers.release(whole);
        buffers.release(acquire(3));

        assertThat(acquire(10).array()).isSameAs(whole.array());
    }

    @Test
    void aBufferServesOneTensorAtATimeHoweverOftenItIsReleased() {
        DoubleTensor first = acquire(4);
        buffers.release(first);
        buffers.release(first);

        assertThat(acquire(4).array()).isNotSameAs(acquire(4).array());
    }

    @Test
    void aBufferOfAnotherTypeDoesNotServe() {
        Tensor floats = buffers.acquire(DType.FLOAT32, Shape.of(4));
        buffers.release(floats);

        assertThat(acquire(4).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void aTransferredBufferIsReleasedByItsNewOwnerOnly() {
        DoubleTensor owner = acquire(6);
        Tensor view = owner.reshape(Shape.of(2, 3));
        buffers.transfer(owner, view);

        buffers.release(owner);
        assertThat(acquire(6).array()).isNotSameAs(owner.array());

        buffers.release(view);
        assertThat(acquire(6).array()).isSameAs(owner.array());
    }

    @Test
    void tensorsFromElsewhereAreNeverHandedOut() {
        DoubleTensor parameter = DoubleTensor.zeros(Shape.of(4));

        buffers.release(parameter);

        assertThat(acquire(4).array()).isNotSameAs(parameter.array());
    }
}
