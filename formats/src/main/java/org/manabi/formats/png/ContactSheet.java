package org.manabi.formats.png;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.png.Canvas.Anchor;

/// A grid of small grey pictures, each with a caption beneath:
///
///     ContactSheet.of(28, 28)
///             .with(pixels, "5", ContactSheet.Mark.NONE)
///             .with(others, "4, not 9", ContactSheet.Mark.WRONG)
///             .save(Path.of("digits.png"));
///
/// Pixels are 0 … 255; as in MNIST, 255 is ink, which is drawn black on white.
public final class ContactSheet {

    /// What a caption says of its picture.
    public enum Mark {
        /// Nothing but what it is.
        NONE,
        /// A mistake, written in red.
        WRONG
    }

    /// Pixels of the sheet per pixel of a picture, so that each is seen.
    private static final int ZOOM = 4;

    private static final double PADDING = 22;
    private static final double TITLE_SIZE = 17;
    private static final double TEXT_SIZE = 12.5;
    private static final double GAP = 10;

    private static final class Item {
        final byte[] inverted;
        final String caption;
        final Mark mark;

        Item(byte[] pixels, String caption, Mark mark) {
            inverted = new byte[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                inverted[i] = (byte) (255 - pixels[i]);
            }
            this.caption = caption;
            this.mark = mark;
        }
    }

    private final int height;
    private final int width;
    private final int columns;
    private final String title;
    private final List<Item> items;

    private ContactSheet(int height, int width, int columns, String title, List<Item> items) {
        if (height < 1 || width < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a sheet of %s columns of %s × %s pixels; each must be at least 1"
                            .formatted(columns, height, width));
        }
        this.height = height;
        this.width = width;
        this.columns = columns;
        this.title = title;
        this.items = List.copyOf(items);
    }

    /// A sheet of ten columns for pictures of this size.
    public static ContactSheet of(int height, int width) {
        return new ContactSheet(height, width, 10, "", List.of());
    }

    public ContactSheet withTitle(String title) {
        return new ContactSheet(height, width, columns, title, items);
    }

    public ContactSheet withColumns(int columns) {
        return new ContactSheet(height, width, columns, title, items);
    }

    /// The sheet with one more picture at its end.
    ///
    /// @param pixels `height · width` bytes, row by row from the top
    public ContactSheet with(byte[] pixels, String caption, Mark mark) {
        if (pixels.length != height * width) {
            throw new IllegalArgumentException(
                    "picture %s has %s pixels, not %s × %s"
                            .formatted(items.size(), pixels.length, height, width));
        }
        List<Item> more = new ArrayList<>(items);
        more.add(new Item(pixels, caption, mark));
        return new ContactSheet(height, width, columns, title, more);
    }

    /// The sheet as a picture.
    public Picture draw() {
        double cellWidth = width * ZOOM / Canvas.SCALE;
        double cellHeight = height * ZOOM / Canvas.SCALE;
        double stepX = cellWidth + GAP;
        double stepY = cellHeight + GAP + TEXT_SIZE + 8;
        double top = PADDING + (title.isEmpty() ? 0 : TITLE_SIZE + 16);
        int rows = Math.max(1, (items.size() + columns - 1) / columns);
        double sheetWidth = 2 * PADDING + columns * stepX - GAP;
        double titleWidth = Font.MEDIUM.width(title, TITLE_SIZE) + 2 * PADDING;
        Canvas canvas =
                new Canvas(Math.max(sheetWidth, titleWidth), top + rows * stepY + PADDING - GAP);
        canvas.text(
                title,
                PADDING,
                PADDING + TITLE_SIZE - 2,
                Anchor.LEFT,
                Font.MEDIUM,
                TITLE_SIZE,
                Ink.TEXT);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int row = i / columns;
            double x = PADDING + (i - row * columns) * stepX;
            double y = top + row * stepY;
            canvas.rectangle(x - 1, y - 1, cellWidth + 2, cellHeight + 2, Ink.GRID);
            canvas.pixels(item.inverted, width, height, x, y, ZOOM);
            canvas.text(
                    item.caption,
                    x + cellWidth / 2,
                    y + cellHeight + TEXT_SIZE + 5,
                    Anchor.MIDDLE,
                    item.mark == Mark.WRONG ? Font.MEDIUM : Font.REGULAR,
                    TEXT_SIZE,
                    item.mark == Mark.WRONG ? Ink.WRONG : Ink.TEXT);
        }
        return canvas.picture();
    }

    /// Saves the sheet as a PNG file.
    ///
    /// @throws IOException if the file cannot be written
    public void save(Path file) throws IOException {
        draw().save(file);
    }
}
