package org.manabi.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.Accumulation;
import org.manabi.tensor.kernel.DoubleKernels;
import org.manabi.tensor.kernel.DoubleNonlinearity;
import org.manabi.tensor.kernel.FloatKernels;
import org.manabi.tensor.kernel.FloatLogSoftmax;
import org.manabi.tensor.kernel.FloatNonlinearity;
import org.manabi.tensor.kernel.KernelStage;
import org.manabi.tensor.kernel.RecurrentCells;
import org.manabi.tensor.kernel.RowLayout;
import org.manabi.tensor.kernel.RowPooling;
import org.manabi.tensor.kernel.Workers;

/// Runs the operations that need speed, on a number of threads: the one door to the kernels.
///
/// The results do not depend on the number of threads, on the width of the processor's vectors, nor
/// on whether the Vector API is there at all: each element is computed in one fixed order.
/// Tensors given to one call have one type, float32 or float64; their shapes are checked by the
/// operations that call.
public final class Engine {

    /// Elements that are worth a thread of their own: some ten microseconds of work. A multiple of a
    /// cache line, so that threads do not write to the same one.
    private static final int GRAIN = 1 << 14;

    private final Workers workers;

    private Engine(int threads) {
        workers = Workers.of(threads);
    }

    /// An engine on the calling thread alone.
    public static Engine serial() {
        return of(1);
    }

    /// An engine on this many threads, the calling one among them. It needs no closing: its threads
    /// end by themselves when they have had nothing to do for some seconds.
    public static Engine of(int threads) {
        Checks.require(threads >= 1, "an engine needs at least 1 thread, got %d", threads);
        return new Engine(threads);
    }

    public int threads() {
        return workers.threads();
    }

    /// The width of the vectors in bits; 0 if the Vector API is not there and plain loops run.
    public int vectorBits() {
        return FloatKernels.best().vectorBits();
    }

    /// `c = a·b`, with the operand named in `product` transposed.
    public void product(Product product, Tensor a, Tensor b, Tensor c) {
        product(product, a, b, c, null, Activation.IDENTITY);
    }

    /// `c = f(a·b + bias)`, with the operand named in `product` transposed; `c` is `[m, n]`.
    public void product(
            Product product,
            Tensor a,
            Tensor b,
            Tensor c,
            @Nullable Tensor bias,
            Activation activation) {
        int m = c.shape().dim(0);
        int n = c.shape().dim(1);
        int k = product == Product.ATB ? a.shape().dim(0) : a.shape().dim(1);
        int biasOffset = bias == null ? 0 : bias.offset();
        if (c instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forProduct(m, n, k);
            kernels.product(
                    workers,
                    product,
                    m,
                    n,
                    k,
                    floats(a),
                    a.offset(),
                    floats(b),
                    b.offset(),
                    to.array(),
                    to.offset(),
                    Accumulation.OVERWRITE,
                    bias == null ? null : floats(bias),
                    biasOffset,
                    activation);
        } else {
            DoubleKernels.product(
                    product,
                    m,
                    n,
                    k,
                    doubles(a),
                    a.offset(),
                    doubles(b),
                    b.offset(),
                    doubles(c),
                    c.offset(),
                    bias == null ? null : doubles(bias),
                    biasOffset,
                    activation);
        }
    }

    /// A convolution of inputs `[N, C, H, W]` with weights `[M, C/groups, kH, kW]`.
    ///
    /// @throws ShapeException if they do not fit together
    public Convolution convolution(Window window, int groups, Shape x, Shape weight) {
        return new Convolution(this, workers, window, groups, x, weight);
    }

    /// A convolution whose output is max-pooled by the window `pool`.
    ///
    /// @throws ShapeException if they do not fit together
    public PooledConvolution pooledConvolution(
            Window window, int groups, Window pool, Shape x, Shape weight) {
        return new PooledConvolution(this, workers, window, groups, pool, x, weight);
    }

    /// Average-pooling of inputs `[N, C, H, W]`.
    ///
    /// @throws ShapeException if the window does not fit, or somewhere lies on padding alone
    public AveragePooling averagePooling(Window window, AveragePooling.Divisor divisor, Shape x) {
        return new AveragePooling(workers, window, divisor, x);
    }

    /// Max-pooling of inputs `[N, C, H, W]`.
    ///
    /// @throws ShapeException if the window does not fit
    public MaxPooling maxPooling(Window window, Shape x) {
        return new MaxPooling(workers, window, x);
    }

    /// `y = f(x)` for every element; y may be x.
    public void activate(Activation activation, Tensor x, Tensor y) {
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] from = floats(x);
            split(
                    y.size(),
                    (first, count) ->
                            kernels.activate(
                                    activation,
                                    count,
                                    from,
                                    x.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.activate(
                    activation, y.size(), doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// `dz = dy · f′`, with f′ told from y; dz may be dy.
    public void activationGradient(Activation activation, Tensor y, Tensor dy, Tensor dz) {
        if (dz instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] value = floats(y);
            float[] gradient = floats(dy);
            split(
                    dz.size(),
                    (first, count) ->
                            kernels.activationGradient(
                                    activation,
                                    count,
                                    value,
                                    y.offset() + first,
                                    gradient,
                                    dy.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.activationGradient(
                    activation,
                    dz.size(),
                    doubles(y),
                    y.offset(),
                    doubles(dy),
                    dy.offset(),
                    doubles(dz),
                    dz.offset());
        }
    }

    /// `y = f(x)` for every element; y is not x.
    public void apply(Nonlinearity f, Tensor x, Tensor y) {
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] from = floats(x);
            split(
                    y.size(),
                    (first, count, thread) ->
                            FloatNonlinearity.apply(
                                    kernels,
                                    f,
                                    count,
                                    from,
                                    x.offset() + first,
                                    to.array(),
                                    to.offset() + first,
                                    workers.scratch(thread, FloatNonlinearity.PIECE)));
        } else {
            DoubleNonlinearity.apply(f, y.size(), doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// `dx = dy · f′(x)`; dx is neither.
    public void gradient(Nonlinearity f, Tensor x, Tensor dy, Tensor dx) {
        if (dx instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] value = floats(x);
            float[] gradient = floats(dy);
            split(
                    dx.size(),
                    (first, count, thread) ->
                            FloatNonlinearity.gradient(
                                    kernels,
                                    f,
                                    count,
                                    value,
                                    x.offset() + first,
                                    gradient,
                                    dy.offset() + first,
                                    to.array(),
                                    to.offset() + first,
                                    workers.scratch(thread, FloatNonlinearity.PIECE)));
        } else {
            DoubleNonlinearity.gradient(
                    f,
                    dx.size(),
                    doubles(x),
                    x.offset(),
                    doubles(dy),
                    dy.offset(),
                    doubles(dx),
                    dx.offset());
        }
    }

    /// `z = x·y` for every element; z may be either.
    public void multiply(Tensor x, Tensor y, Tensor z) {
        if (z instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] left = floats(x);
            float[] right = floats(y);
            split(
                    z.size(),
                    (first, count) ->
                            kernels.multiply(
                                    count,
                                    left,
                                    x.offset() + first,
                                    right,
                                    y.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            for (int i = 0; i < z.size(); i++) {
                z.setFromDouble(i, x.getAsDouble(i) * y.getAsDouble(i));
            }
        }
    }

    /// Normalization of `rows` rows of `length` elements, of which `groups` make a sample and `span`
    /// neighbors share a gain.
    public RowNormalization rowNormalization(
            DType dtype,
            int rows,
            int groups,
            int length,
            int span,
            boolean centered,
            double epsilon) {
        return new RowNormalization(
                workers,
                FloatKernels.best(),
                new RowLayout(rows, groups, length, span, centered, epsilon),
                dtype);
    }

    /// Normalization of the channels of inputs `[N, C, …]`.
    public ChannelNormalization channelNormalization(Shape x, double epsilon) {
        return new ChannelNormalization(workers, FloatKernels.best(), x, epsilon);
    }

    /// The mean of each row of x, whose number is the size of y.
    public void rowMeans(Tensor x, Tensor y) {
        int rows = y.size();
        int columns = x.size() / rows;
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(x.size());
            RowPooling.means(
                    kernels, rows, columns, floats(x), x.offset(), to.array(), to.offset());
        } else {
            RowPooling.means(rows, columns, doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// `dx = dy / columns`.
    public void rowMeansGradient(Tensor dy, Tensor dx) {
        int rows = dy.size();
        int columns = dx.size() / rows;
        if (dx instanceof FloatTensor to) {
            RowPooling.meansGradient(
                    rows, columns, floats(dy), dy.offset(), to.array(), to.offset());
        } else {
            RowPooling.meansGradient(
                    rows, columns, doubles(dy), dy.offset(), doubles(dx), dx.offset());
        }
    }

    /// The largest of each row of x, and where it is.
    public void rowMaxima(Tensor x, Tensor y, IntTensor winners) {
        int rows = y.size();
        int columns = x.size() / rows;
        int[] who = winners.array();
        if (y instanceof FloatTensor to) {
            RowPooling.maxima(
                    rows,
                    columns,
                    floats(x),
                    x.offset(),
                    to.array(),
                    to.offset(),
                    who,
                    winners.offset());
        } else {
            RowPooling.maxima(
                    rows,
                    columns,
                    doubles(x),
                    x.offset(),
                    doubles(y),
                    y.offset(),
                    who,
                    winners.offset());
        }
    }

    /// `dx = dy` at the largest of each row, else 0.
    public void rowMaximaGradient(IntTensor winners, Tensor dy, Tensor dx) {
        int rows = dy.size();
        int columns = dx.size() / rows;
        int[] who = winners.array();
        if (dx instanceof FloatTensor to) {
            RowPooling.maximaGradient(
                    rows,
                    columns,
                    who,
                    winners.offset(),
                    floats(dy),
                    dy.offset(),
                    to.array(),
                    to.offset());
        } else {
            RowPooling.maximaGradient(
                    rows,
                    columns,
                    who,
                    winners.offset(),
                    doubles(dy),
                    dy.offset(),
                    doubles(dx),
                    dx.offset());
        }
    }

    /// Copies `rows` pieces of `columns` elements, whose beginnings lie `fromStep` and `toStep` apart.
    public void copyRows(
            Tensor from,
            int fromFirst,
            int fromStep,
            Tensor to,
            int toFirst,
            int toStep,
            int rows,
            int columns) {
        Object source = to instanceof FloatTensor ? floats(from) : doubles(from);
        Object target = to instanceof FloatTensor ? floats(to) : doubles(to);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(
                    source,
                    from.offset() + fromFirst + i * fromStep,
                    target,
                    to.offset() + toFirst + i * toStep,
                    columns);
        }
    }

    /// `table[index] += x` for each row of x, in order, beginning with zeros.
    public void addToRows(int[] indices, int columns, Tensor x, Tensor table) {
        fill(table, 0);
        for (int i = 0; i < indices.length; i++) {
            if (table instanceof FloatTensor to) {
                int at = to.offset() + indices[i] * columns;
                KernelStage.forElements(x.size())
                        .add(
                                columns,
                                to.array(),
                                at,
                                floats(x),
                                x.offset() + i * columns,
                                to.array(),
                                at);
            } else {
                DoubleKernels.add(
                        columns,
                        doubles(x),
                        x.offset() + i * columns,
                        doubles(table),
                        table.offset() + indices[i] * columns);
            }
        }
    }

    /// Every element the same.
    public void fill(Tensor x, double value) {
        int end = x.offset() + x.size();
        if (x instanceof FloatTensor to) {
            Arrays.fill(to.array(), to.offset(), end, (float) value);
        } else {
            Arrays.fill(doubles(x), x.offset(), end, value);
        }
    }

    /// `x = factor·x`.
    public void scale(double factor, Tensor x) {
        if (x instanceof FloatTensor to) {
            KernelStage.forElements(x.size())
                    .scale(
                            x.size(),
                            (float) factor,
                            to.array(),
                            to.offset(),
                            to.array(),
                            to.offset());
        } else {
            double[] numbers = doubles(x);
            for (int i = x.offset(); i < x.offset() + x.size(); i++) {
                numbers[i] *= factor;
            }
        }
    }

    /// One step of an LSTM: the sums of the gates i, f, g, o become their values.
    ///
    /// @param before the cell before; `null` at the first step
    public void lstm(
            Tensor gates, @Nullable Tensor before, Tensor cell, Tensor tanh, Tensor hidden) {
        int samples = hidden.shape().dim(0);
        int units = hidden.shape().dim(1);
        Tensor last = before == null ? cell : before;
        if (hidden instanceof FloatTensor to) {
            RecurrentCells.lstm(
                    KernelStage.forElements(gates.size()),
                    samples,
                    units,
                    before == null,
                    floats(gates),
                    gates.offset(),
                    floats(last),
                    last.offset(),
                    floats(cell),
                    cell.offset(),
                    floats(tanh),
                    tanh.offset(),
                    to.array(),
                    to.offset());
        } else {
            RecurrentCells.lstm(
                    samples,
                    units,
                    before == null,
                    doubles(gates),
                    gates.offset(),
                    doubles(last),
                    last.offset(),
                    doubles(cell),
                    cell.offset(),
                    doubles(tanh),
                    tanh.offset(),
                    doubles(hidden),
                    hidden.offset());
        }
    }

    /// The gradient of one step of an LSTM; that of the cell becomes that of the cell before.
    public void lstmGradient(
            Tensor gates,
            @Nullable Tensor before,
            Tensor tanh,
            Tensor dHidden,
            Tensor dCell,
            Tensor dGates) {
        int samples = dHidden.shape().dim(0);
        int units = dHidden.shape().dim(1);
        Tensor last = before == null ? tanh : before;
        if (dGates instanceof FloatTensor to) {
            RecurrentCells.lstmGradient(
                    samples,
                    units,
                    before == null,
                    floats(gates),
                    gates.offset(),
                    floats(last),
                    last.offset(),
                    floats(tanh),
                    tanh.offset(),
                    floats(dHidden),
                    dHidden.offset(),
                    floats(dCell),
                    dCell.offset(),
                    to.array(),
                    to.offset());
        } else {
            RecurrentCells.lstmGradient(
                    samples,
                    units,
                    before == null,
                    doubles(gates),
                    gates.offset(),
                    doubles(last),
                    last.offset(),
                    doubles(tanh),
                    tanh.offset(),
                    doubles(dHidden),
                    dHidden.offset(),
                    doubles(dCell),
                    dCell.offset(),
                    doubles(dGates),
                    dGates.offset());
        }
    }

    /// One step of a GRU: the sums of the input become the values of the gates r, z, n.
    public void gru(Tensor gates, Tensor recurrent, Tensor before, Tensor hidden) {
        int samples = hidden.shape().dim(0);
        int units = hidden.shape().dim(1);
        if (hidden instanceof FloatTensor to) {
            RecurrentCells.gru(
                    KernelStage.forElements(gates.size()),
                    samples,
                    units,
                    floats(gates),
                    gates.offset(),
                    floats(recurrent),
                    recurrent.offset(),
                    floats(before),
                    before.offset(),
                    to.array(),
                    to.offset());
        } else {
            RecurrentCells.gru(
                    samples,
                    units,
                    doubles(gates),
                    gates.offset(),
                    doubles(recurrent),
                    recurrent.offset(),
                    doubles(before),
                    before.offset(),
                    doubles(hidden),
                    hidden.offset());
        }
    }

    /// The gradient of one step of a GRU, and `dh·z`, a part of that of the hidden state before.
    public void gruGradient(
            Tensor gates,
            Tensor recurrent,
            Tensor before,
            Tensor dHidden,
            Tensor dGates,
            Tensor dRecurrent,
            Tensor dBefore) {
        int samples = dHidden.shape().dim(0);
        int units = dHidden.shape().dim(1);
        if (dGates instanceof FloatTensor to) {
            RecurrentCells.gruGradient(
                    samples,
                    units,
                    floats(gates),
                    gates.offset(),
                    floats(recurrent),
                    recurrent.offset(),
                    floats(before),
                    before.offset(),
                    floats(dHidden),
                    dHidden.offset(),
                    to.array(),
                    to.offset(),
                    floats(dRecurrent),
                    dRecurrent.offset(),
                    floats(dBefore),
                    dBefore.offset());
        } else {
            RecurrentCells.gruGradient(
                    samples,
                    units,
                    doubles(gates),
                    gates.offset(),
                    doubles(recurrent),
                    recurrent.offset(),
                    doubles(before),
                    before.offset(),
                    doubles(dHidden),
                    dHidden.offset(),
                    doubles(dGates),
                    dGates.offset(),
                    doubles(dRecurrent),
                    dRecurrent.offset(),
                    doubles(dBefore),
                    dBefore.offset());
        }
    }

    /// `sums[j] = Σᵢ x[i, j]`, i ascending.
    public void columnSums(Tensor x, Tensor sums) {
        int columns = sums.size();
        int rows = x.size() / Math.max(1, columns);
        if (sums instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(rows * columns);
            kernels.columnSums(
                    rows,
                    columns,
                    floats(x),
                    x.offset(),
                    to.array(),
                    to.offset(),
                    Accumulation.OVERWRITE);
        } else {
            DoubleKernels.columnSums(
                    rows, columns, doubles(x), x.offset(), doubles(sums), sums.offset());
        }
    }

    /// `y += x`.
    public void add(Tensor x, Tensor y) {
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] from = floats(x);
            split(
                    y.size(),
                    (first, count) ->
                            kernels.add(
                                    count,
                                    from,
                                    x.offset() + first,
                                    to.array(),
                                    to.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.add(y.size(), doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// Softmax along the innermost axis; y may be x.
    public void softmax(Tensor x, Tensor y) {
        int columns = y.shape().dim(-1);
        int rows = y.size() / columns;
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(rows * columns);
            kernels.softmaxRows(rows, columns, floats(x), x.offset(), to.array(), to.offset());
        } else {
            DoubleKernels.softmax(rows, columns, doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// `dx = y ⊙ (dy − Σ dy ⊙ y)` along the innermost axis.
    public void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
        int columns = y.shape().dim(-1);
        int rows = y.size() / columns;
        if (dx instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(rows * columns);
            kernels.softmaxRowsGradient(
                    rows,
                    columns,
                    floats(y),
                    y.offset(),
                    floats(dy),
                    dy.offset(),
                    to.array(),
                    to.offset());
        } else {
            DoubleKernels.softmaxGradient(
                    rows,
                    columns,
                    doubles(y),
                    y.offset(),
                    doubles(dy),
                    dy.offset(),
                    doubles(dx),
                    dx.offset());
        }
    }

    /// The logarithm of the softmax along the innermost axis; y is not x.
    public void logSoftmax(Tensor x, Tensor y) {
        int columns = y.shape().dim(-1);
        int rows = y.size() / columns;
        if (y instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            kernels.logSoftmaxRows(rows, columns, floats(x), x.offset(), to.array(), to.offset());
        } else {
            DoubleKernels.logSoftmax(rows, columns, doubles(x), x.offset(), doubles(y), y.offset());
        }
    }

    /// `dx = dy − exp(y) · Σ dy` along the innermost axis; dx is neither.
    public void logSoftmaxGradient(Tensor y, Tensor dy, Tensor dx) {
        int columns = y.shape().dim(-1);
        int rows = y.size() / columns;
        if (dx instanceof FloatTensor to) {
            FloatLogSoftmax.gradient(
                    KernelStage.forElements(rows * columns),
                    rows,
                    columns,
                    floats(y),
                    y.offset(),
                    floats(dy),
                    dy.offset(),
                    to.array(),
                    to.offset());
        } else {
            DoubleKernels.logSoftmaxGradient(
                    rows,
                    columns,
                    doubles(y),
                    y.offset(),
                    doubles(dy),
                    dy.offset(),
                    doubles(dx),
                    dx.offset());
        }
    }

    /// For each row of logits: `losses = log Σ exp z − z[label]`, and the softmax into
    /// `probabilities`; the labels are within range.
    public void softmaxCrossEntropy(
            Tensor logits, IntTensor labels, Tensor losses, Tensor probabilities) {
        int rows = logits.shape().dim(0);
        int columns = logits.shape().dim(1);
        if (logits instanceof FloatTensor z) {
            FloatKernels kernels = KernelStage.forElements(rows * columns);
            kernels.softmaxCrossEntropyRows(
                    rows,
                    columns,
                    z.array(),
                    z.offset(),
                    labels.array(),
                    labels.offset(),
                    floats(losses),
                    losses.offset(),
                    floats(probabilities),
                    probabilities.offset());
        } else {
            DoubleKernels.softmaxCrossEntropy(
                    rows,
                    columns,
                    doubles(logits),
                    logits.offset(),
                    labels.array(),
                    labels.offset(),
                    doubles(losses),
                    losses.offset(),
                    doubles(probabilities),
                    probabilities.offset());
        }
    }

    /// `dz = (p − 1{label}) · upstream` for each row.
    public void softmaxCrossEntropyGradient(
            Tensor probabilities, IntTensor labels, Tensor upstream, Tensor dz) {
        int rows = dz.shape().dim(0);
        int columns = dz.shape().dim(1);
        if (dz instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(rows * columns);
            kernels.softmaxCrossEntropyRowsGradient(
                    rows,
                    columns,
                    floats(probabilities),
                    probabilities.offset(),
                    labels.array(),
                    labels.offset(),
                    floats(upstream),
                    upstream.offset(),
                    to.array(),
                    to.offset());
        } else {
            DoubleKernels.softmaxCrossEntropyGradient(
                    rows,
                    columns,
                    doubles(probabilities),
                    probabilities.offset(),
                    labels.array(),
                    labels.offset(),
                    doubles(upstream),
                    upstream.offset(),
                    doubles(dz),
                    dz.offset());
        }
    }

    /// `batch[i] = source[rows[first + i]] / divisor` for the rows of a batch, with the source's
    /// bytes unsigned.
    public void gather(
            ByteTensor source, double divisor, int[] rows, int first, FloatTensor batch) {
        int width = source.shape().tail().size();
        int count = batch.shape().dim(0);
        byte[] from = source.array();
        float[] to = batch.array();
        int parts = Math.clamp(batch.size() / GRAIN, 1, Math.min(workers.threads(), count));
        if (parts == 1) {
            divideRows(
                    from,
                    source.offset(),
                    (float) divisor,
                    width,
                    rows,
                    first,
                    count,
                    to,
                    batch.offset());
            return;
        }
        workers.run(
                parts,
                (task, thread) -> {
                    int begin = (int) ((long) count * task / parts);
                    int end = (int) ((long) count * (task + 1) / parts);
                    divideRows(
                            from,
                            source.offset(),
                            (float) divisor,
                            width,
                            rows,
                            first + begin,
                            end - begin,
                            to,
                            batch.offset() + begin * width);
                });
    }

    private void divideRows(
            byte[] from,
            int fo,
            float divisor,
            int width,
            int[] rows,
            int first,
            int count,
            float[] to,
            int offset) {
        for (int i = 0; i < count; i++) {
            int row = fo + rows[first + i] * width;
            KernelStage.forElements(width)
                    .divide(width, from, row, divisor, to, offset + i * width);
        }
    }

    /// `θ −= η·g`.
    public void sgd(Tensor theta, Tensor gradient, double rate) {
        if (theta instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] g = floats(gradient);
            split(
                    theta.size(),
                    (first, count) ->
                            kernels.sgd(
                                    count,
                                    (float) rate,
                                    g,
                                    gradient.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.sgd(
                    theta.size(),
                    doubles(theta),
                    theta.offset(),
                    doubles(gradient),
                    gradient.offset(),
                    rate);
        }
    }

    /// `v = μ·v − η·g`, `θ += v`.
    public void momentum(
            Tensor theta, Tensor gradient, Tensor velocity, double rate, double momentum) {
        if (theta instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] g = floats(gradient);
            float[] v = floats(velocity);
            split(
                    theta.size(),
                    (first, count) ->
                            kernels.momentum(
                                    count,
                                    (float) rate,
                                    (float) momentum,
                                    g,
                                    gradient.offset() + first,
                                    v,
                                    velocity.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.momentum(
                    theta.size(),
                    doubles(theta),
                    theta.offset(),
                    doubles(gradient),
                    gradient.offset(),
                    doubles(velocity),
                    velocity.offset(),
                    rate,
                    momentum);
        }
    }

    /// `s = η·g`, `v = μ·v − s`, `θ += μ·v − s`: Nesterov's momentum.
    public void nesterov(
            Tensor theta, Tensor gradient, Tensor velocity, double rate, double momentum) {
        if (theta instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] g = floats(gradient);
            float[] v = floats(velocity);
            split(
                    theta.size(),
                    (first, count) ->
                            kernels.nesterov(
                                    count,
                                    (float) rate,
                                    (float) momentum,
                                    g,
                                    gradient.offset() + first,
                                    v,
                                    velocity.offset() + first,
                                    to.array(),
                                    to.offset() + first));
        } else {
            DoubleKernels.nesterov(
                    theta.size(),
                    doubles(theta),
                    theta.offset(),
                    doubles(gradient),
                    gradient.offset(),
                    doubles(velocity),
                    velocity.offset(),
                    rate,
                    momentum);
        }
    }

    /// `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`, `θ −= rate · m / (√v · scale + ε)`.
    public void adam(
            Tensor theta,
            Tensor gradient,
            Tensor first,
            Tensor second,
            double rate,
            double beta1,
            double beta2,
            double scale,
            double epsilon) {
        if (theta instanceof FloatTensor to) {
            FloatKernels kernels = KernelStage.forElements(to.size());
            float[] g = floats(gradient);
            float[] m = floats(first);
            float[] v = floats(second);
            split(
                    theta.size(),
                    (from, count) ->
                            kernels.adam(
                                    count,
                                    (float) rate,
                                    beta1,
                                    beta2,
                                    (float) scale,
                                    (float) epsilon,
                                    g,
                                    gradient.offset() + from,
                                    m,
                                    first.offset() + from,
                                    v,
                                    second.offset() + from,
                                    to.array(),
                                    to.offset() + from));
        } else {
            DoubleKernels.adam(
                    theta.size(),
                    doubles(theta),
                    theta.offset(),
                    doubles(gradient),
                    gradient.offset(),
                    doubles(first),
                    first.offset(),
                    doubles(second),
                    second.offset(),
                    rate,
                    beta1,
                    beta2,
                    scale,
                    epsilon);
        }
    }

    /// Runs `work` on every element of tensors of equal size, computed in double and rounded once:
    /// one pass over memory. The elements of `changed` are written back, those of `read` are not.
    public void elementwise(Elementwise work, List<Tensor> changed, List<Tensor> read) {
        Tensor[] tensors = new Tensor[changed.size() + read.size()];
        for (int t = 0; t < tensors.length; t++) {
            tensors[t] = t < changed.size() ? changed.get(t) : read.get(t - changed.size());
        }
        split(
                tensors[0].size(),
                (first, count) -> Blocks.run(work, tensors, changed.size(), first, count));
    }

    /// `Σ aᵢ·bᵢ` over all elements of tensors of equal size, added in double.
    public double dot(Tensor a, Tensor b) {
        int pieces = DotProduct.pieces(a.size());
        double sum = 0;
        if (pieces == 1 || workers.threads() == 1) {
            for (int piece = 0; piece < pieces; piece++) {
                sum += DotProduct.piece(a, b, piece);
            }
            return sum;
        }
        double[] sums = new double[pieces];
        workers.run(pieces, (piece, thread) -> sums[piece] = DotProduct.piece(a, b, piece));
        for (double of : sums) {
            sum += of;
        }
        return sum;
    }

    /// Work on the elements `first … first + count − 1`.
    private interface Range {
        void run(int first, int count);
    }

    /// Work on the elements `first … first + count − 1`, with the scratch space of `thread`.
    private interface RangeOfThread {
        void run(int first, int count, int thread);
    }

    /// Shares elements among the threads if there are enough of them to be worth the meeting. The
    /// pieces are small, so that the JIT compiler meets a kernel often enough to compile it within
    /// few steps of training even where tensors are large.
    private void split(int size, Range range) {
        if (size < 2 * GRAIN) {
            range.run(0, size);
            return;
        }
        split(size, (first, count, _) -> range.run(first, count));
    }

    private void split(int size, RangeOfThread range) {
        int pieces = size < 2 * GRAIN ? 1 : (size + GRAIN - 1) / GRAIN;
        int piece = pieces == 1 ? size : GRAIN;
        workers.run(
                pieces,
                (task, thread) -> {
                    int first = task * piece;
                    range.run(first, Math.min(piece, size - first), thread);
                });
    }

    static float[] floats(Tensor tensor) {
        return ((FloatTensor) tensor).array();
    }

    static double[] doubles(Tensor tensor) {
        return ((DoubleTensor) tensor).array();
    }
}
