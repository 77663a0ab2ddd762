package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;

/// Sums of products on a grid of positions: what one group's filters make of one sample's [Planes].
///
/// The grid's positions are taken as vectors, two for each [CorrelationTile]. Either each row of
/// the grid is cut into vectors, the last one overlapping; or, where that wastes much, the planes
/// are taken as one long row. Positions between the grid's rows, where there are any, are computed
/// and dropped.
///
/// The taps of a tile are cut into spans whose input stays in the first-level cache while all
/// filters pass over it; until the last span, sums wait in a buffer. The rows of the grid are cut
/// into bands, so that this buffer stays in the cache too.
final class Correlation {

    private static final int LANES = CorrelationTile.LANES;
    private static final int WIDTH = CorrelationTile.WIDTH;
    private static final int HEIGHT = CorrelationTile.HEIGHT;

    /// Bytes of input that the taps of one span read for one tile.
    private static final int SPAN_BYTES = 12 << 10;

    /// Bytes of input that the tiles of one run read.
    private static final int RUN_BYTES = 24 << 10;

    /// Floats of sums that wait.
    private static final int BAND_FLOATS = 16 << 10;

    private static final float[] ZEROS = new float[WIDTH];
    private static final float[] NO_BIAS = {-0.0f, -0.0f, -0.0f, -0.0f};

    /// Where the grid's positions go in an image of the output.
    ///
    /// @param rows the grid's rows
    /// @param columns the grid's columns
    /// @param first the place of its first position
    /// @param rowStep the distance from one row to the next
    /// @param columnStep the distance from one column to the next
    /// @param plane the distance from one image to the next
    record Grid(int rows, int columns, int first, int rowStep, int columnStep, int plane) {}

    /// Where the weight of filter f for tap t lies: at `f·filterStep + offsets[t]` in a group's
    /// weights.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Weights(int filterStep, int[] offsets) {}

    /// Rows of the grid that are computed together.
    ///
    /// @param ends where the tiles lie and where they go in the end, as [CorrelationTile#table]
    /// @param waits the same, but where their sums wait
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Band(int rows, int tiles, int[] ends, int[] waits) {}

    private final int[] taps;
    private final Weights weights;
    private final int filters;
    private final int blocks;
    private final Grid grid;
    private final int planeColumns;

    private final boolean alongRows;

    /// Whether tiles are written where they belong.
    private final boolean direct;

    private final int rowVectors;
    private final int spans;
    private final int bandRows;
    private final int bandTiles;
    private final int bandFloats;

    private final Band whole;
    private final Band rest;
    private final int runTiles;

    private final float[][] packed;
    private final float[] biases;

    Correlation(
            int[] taps,
            Weights weights,
            int groups,
            int filters,
            Grid grid,
            int planeColumns,
            int tapRows) {
        this.taps = taps;
        this.weights = weights;
        this.filters = filters;
        this.grid = grid;
        this.planeColumns = planeColumns;
        blocks = (filters + HEIGHT - 1) / HEIGHT;
        rowVectors = (grid.columns + LANES - 1) / LANES;
        alongRows = isAlongRows();
        direct = (alongRows || isDense()) && filters >= HEIGHT;
        spans = Math.max(1, Math.round((float) tapRows * 2 * 64 / SPAN_BYTES));
        bandRows = bandRows();
        bandTiles = tiles(bandRows);
        bandFloats = Math.max(flat(bandRows), LANES);
        whole = band(bandRows);
        rest = band(grid.rows % bandRows);
        runTiles = Math.max(1, RUN_BYTES * spans / (Math.max(1, tapRows) * WIDTH * Float.BYTES));
        packed = new float[groups * blocks][HEIGHT * taps.length];
        biases = new float[groups * blocks * HEIGHT];
    }

    /// Whether vectors along the grid's rows, which can be written where they belong, cost no more
    /// than those along the planes, which may have to be sorted out afterwards.
    private boolean isAlongRows() {
        int flatVectors = (flat(grid.rows) + LANES - 1) / LANES;
        long along = (long) grid.rows * rowVectors * taps.length;
        long flat = (long) flatVectors * (taps.length + (isDense() ? 0 : 8));
        return grid.columnStep == 1 && grid.columns >= LANES && along <= flat;
    }

    /// Whether the planes have no positions between the grid's rows, nor has the output.
    private boolean isDense() {
        return grid.columnStep == 1
                && grid.columns == planeColumns
                && grid.columns == grid.rowStep
                && grid.columns >= LANES;
    }

    /// The length of `rows` rows of the grid along the planes.
    private int flat(int rows) {
        return (rows - 1) * planeColumns + grid.columns;
    }

    private int tiles(int rows) {
        return (vectors(rows) + 1) / 2;
    }

    private int vectors(int rows) {
        return alongRows ? rows * rowVectors : (flat(rows) + LANES - 1) / LANES;
    }

    /// Where the tiles of `rows` rows lie.
    private Band band(int rows) {
        int vectors = rows == 0 ? 0 : vectors(rows);
        int tiles = (vectors + 1) / 2;
        int[] ends = new int[tiles * CorrelationTile.ENTRY];
        int[] waits = new int[tiles * CorrelationTile.ENTRY];
        for (int i = 0; i < 2 * tiles; i++) {
            int vector = Math.min(i, vectors - 1); // the last one twice, if it stands alone
            int row = alongRows ? vector / rowVectors : 0;
            int column =
                    alongRows
                            ? Math.min(vector % rowVectors * LANES, grid.columns - LANES)
                            : Math.max(0, Math.min(vector * LANES, flat(rows) - LANES));
            int entry = i / 2 * CorrelationTile.ENTRY + i % 2;
            ends[entry] = row * planeColumns + column;
            ends[entry + 2] = row * (direct ? grid.rowStep : planeColumns) + column;
            waits[entry] = ends[entry];
            waits[entry + 2] = i * LANES;
        }
        return new Band(rows, tiles, ends, waits);
    }

    /// The number of rows in a band for which the fewest tiles come out.
    private int bandRows() {
        if (direct && spans == 1) {
            return grid.rows;
        }
        int best = 1;
        long bestTiles = Long.MAX_VALUE;
        for (int rows = 1; rows <= grid.rows; rows++) {
            if (rows > 1 && (long) blocks * HEIGHT * tiles(rows) * WIDTH > BAND_FLOATS) {
                break;
            }
            int rest = grid.rows % rows;
            long tiles = (long) (grid.rows / rows) * tiles(rows) + (rest == 0 ? 0 : tiles(rest));
            if (tiles <= bestTiles) {
                best = rows;
                bestTiles = tiles;
            }
        }
        return best;
    }

    /// Whether vectors never reach past the end of the planes.
    boolean staysWithinPlanes() {
        int rest = grid.rows % bandRows;
        return alongRows || flat(rest == 0 ? bandRows : rest) >= LANES;
    }

    int filters() {
        return filters;
    }

    int blocks() {
        return blocks;
    }

    /// The first filter of a block: the last block overlaps the one before it rather than be short.
    int firstFilter(int block) {
        return Math.min(block * HEIGHT, Math.max(0, filters - HEIGHT));
    }

    /// The filter behind those of the blocks before `blockEnd`.
    int filterEnd(int blockEnd) {
        return Math.min(filters, firstFilter(blockEnd - 1) + HEIGHT);
    }

    /// The floats of memory that [#run] needs.
    int scratch() {
        return waitingFloats() + (direct ? 0 : blocks * HEIGHT * bandFloats) + LANES;
    }

    private int waitingFloats() {
        return spans == 1 ? 0 : blocks * HEIGHT * bandTiles * WIDTH;
    }

    /// Copies the weights of one block of a group's filters into the order in which tiles read
    /// them.
    void pack(int group, int block, float[] w, int wo, float @Nullable [] bias, int bo) {
        int to = (group * blocks + block) * HEIGHT;
        for (int r = 0; r < HEIGHT; r++) {
            int filter = firstFilter(block) + r;
            boolean exists = filter < filters;
            biases[to + r] = exists && bias != null ? bias[bo + filter] : -0.0f;
            int from = wo + filter * weights.filterStep;
            float[] tile = packed[group * blocks + block];
            for (int t = 0; t < taps.length; t++) {
                tile[t * HEIGHT + r] = exists ? w[from + weights.offsets[t]] : 0;
            }
        }
    }

    /// Writes the images of filter blocks `block` to `blockEnd` of a group.
    ///
    /// @param x the planes, from `xo` on
    /// @param floor what replaces results that are not above it
    /// @param scratch memory for [#scratch] floats, from `so` on
    /// @param to the group's images of one sample, from `offset` on
    void run(
            CorrelationTile tile,
            int group,
            int block,
            int blockEnd,
            float[] x,
            int xo,
            float floor,
            float[] scratch,
            int so,
            float[] to,
            int offset) {
        tile.taps = taps;
        tile.x = x;
        for (int row = 0; row < grid.rows; row += bandRows) {
            Band band = grid.rows - row < bandRows ? rest : whole;
            tile.xo = xo + row * planeColumns;
            int at = offset + grid.first + row * grid.rowStep;
            for (int span = 0; span < spans; span++) {
                runSpan(tile, group, block, blockEnd, floor, scratch, so, to, at, band, span);
            }
            if (!direct) {
                copyBand(block, blockEnd, scratch, so + waitingFloats(), to, at, band.rows);
            }
        }
    }

    private void runSpan(
            CorrelationTile tile,
            int group,
            int block,
            int blockEnd,
            float floor,
            float[] scratch,
            int so,
            float[] to,
            int offset,
            Band band,
            int span) {
        boolean last = span == spans - 1;
        int waitingRow = bandTiles * WIDTH;
        tile.table = last ? band.ends : band.waits;
        tile.from = span == 0 ? ZEROS : scratch;
        tile.fromRow = span == 0 ? 0 : waitingRow;
        tile.fromTile = span == 0 ? 0 : WIDTH;
        tile.to = last && direct ? to : scratch;
        tile.toRow = !last ? waitingRow : direct ? grid.plane : bandFloats;
        tile.bias = last ? biases : NO_BIAS;
        tile.floor = last ? floor : Float.NEGATIVE_INFINITY;
        int first = last && direct ? offset : so + (last ? waitingFloats() : 0);
        for (int i = 0; i < band.tiles; i += runTiles) {
            for (int b = block; b < blockEnd; b++) {
                int own = group * blocks + b;
                int waits = b * HEIGHT * waitingRow;
                tile.w = packed[own];
                tile.fromOffset = span == 0 ? 0 : so + waits;
                tile.offset = first + (last ? firstFilter(b) * tile.toRow : waits);
                tile.biasOffset = last ? own * HEIGHT : 0;
                tile.add(
                        i,
                        Math.min(i + runTiles, band.tiles),
                        (int) ((long) taps.length * span / spans),
                        (int) ((long) taps.length * (span + 1) / spans));
            }
        }
    }

    /// Sorts the grid's positions out of a band of the planes.
    private void copyBand(
            int block, int blockEnd, float[] band, int bo, float[] to, int offset, int rows) {
        int end = filterEnd(blockEnd);
        for (int f = firstFilter(block); f < end; f++) {
            for (int r = 0; r < rows; r++) {
                int from = bo + f * bandFloats + r * planeColumns;
                int at = offset + f * grid.plane + r * grid.rowStep;
                if (grid.columnStep == 1) {
                    System.arraycopy(band, from, to, at, grid.columns);
                } else {
                    for (int i = 0; i < grid.columns; i++) {
                        to[at + i * grid.columnStep] = band[from + i];
                    }
                }
            }
        }
    }
}
