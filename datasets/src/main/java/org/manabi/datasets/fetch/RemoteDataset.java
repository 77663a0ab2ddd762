package org.manabi.datasets.fetch;

import java.util.List;
import java.util.Optional;

/// The datasets that are too large to come with Manabi, and where they can be had.
///
/// The digests are those that the publishers and PyTorch's torchvision name; for Fashion-MNIST they
/// are of the uncompressed files, computed from Debian's package dataset-fashion-mnist
/// 0.0~git20200523.55506a9-1, whose MD5 are the publisher's.
///
/// @param origin the licence and the publisher
public record RemoteDataset(String name, String origin, List<RemoteFile> files) {

    /// Clothes: 60 000 and 10 000 gray images of 28 × 28 (Xiao, Rasul, Vollgraf 2017).
    private static final RemoteDataset FASHION_MNIST =
            new RemoteDataset(
                    "fashion-mnist",
                    "MIT; Zalando SE",
                    idx(
                            List.of(
                                    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master"
                                            + "/data/fashion/",
                                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
                            Digest.sha256OfContent(
                                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                            Digest.sha256OfContent(
                                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                            Digest.sha256OfContent(
                                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                            Digest.sha256OfContent(
                                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));

    /// Cursive kana: 60 000 and 10 000 gray images of 28 × 28 (Clanuwat and others 2018).
    private static final RemoteDataset KMNIST =
            new RemoteDataset(
                    "kmnist",
                    "CC BY-SA 4.0; CODH",
                    idx(
                            List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
                            Digest.md5OfFile("bdb82020997e1d708af4cf47b453dcf7"),
                            Digest.md5OfFile("e144d726b3acfaa3e44228e80efcd344"),
                            Digest.md5OfFile("5c965bf0a639b31b8f53240b1b52f4d7"),
                            Digest.md5OfFile("7320c461ea6c1c855c0b718fb2a4b134")));

    /// More handwritten digits: 240 000 and 40 000 gray images of 28 × 28 (Cohen and others 2017).
    private static final RemoteDataset EMNIST_DIGITS =
            new RemoteDataset(
                    "emnist-digits",
                    "public domain; NIST",
                    List.of(
                            RemoteFile.of(
                                    "gzip.zip",
                                    List.of(
                                            "https://biometrics.nist.gov/cs_links/EMNIST/",
                                            "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/"),
                                    700_000_000,
                                    Digest.md5OfFile("58c8d27c78d21e728a6bc7b3cc06412e"))));

    /// Things and animals: 50 000 and 10 000 color images of 32 × 32 (Krizhevsky 2009).
    private static final RemoteDataset CIFAR_10 =
            new RemoteDataset(
                    "cifar-10",
                    "free for research; A. Krizhevsky",
                    List.of(
                            RemoteFile.of(
                                    "cifar-10-binary.tar.gz",
                                    List.of("https://www.cs.toronto.edu/~kriz/"),
                                    180_000_000,
                                    Digest.md5OfFile("c32a1d4ab5d03f1284b67883e8d87530"))));

    /// All of them.
    public static final List<RemoteDataset> ALL =
            List.of(FASHION_MNIST, KMNIST, EMNIST_DIGITS, CIFAR_10);

    public RemoteDataset {
        files = List.copyOf(files);
    }

    private static List<RemoteFile> idx(
            List<String> mirrors,
            Digest trainImages,
            Digest trainLabels,
            Digest testImages,
            Digest testLabels) {
        return List.of(
                RemoteFile.of("train-images-idx3-ubyte.gz", mirrors, 48_000_000, trainImages),
                RemoteFile.of("train-labels-idx1-ubyte.gz", mirrors, 1_000_000, trainLabels),
                RemoteFile.of("t10k-images-idx3-ubyte.gz", mirrors, 8_000_000, testImages),
                RemoteFile.of("t10k-labels-idx1-ubyte.gz", mirrors, 1_000_000, testLabels));
    }

    /// The dataset of a name such as `fashion-mnist`.
    public static Optional<RemoteDataset> named(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// The names of all of them.
    public static List<String> names() {
        return ALL.stream().map(RemoteDataset::name).toList();
    }

    /// The same files, to be asked of another place first.
    ///
    /// @param folder an address that ends in `/`
    public List<RemoteFile> filesFrom(String folder) {
        return files.stream()
                .map(
                        file ->
                                RemoteFile.of(
                                        file.name(),
                                        List.of(folder),
                                        file.maxBytes(),
                                        file.digest()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
