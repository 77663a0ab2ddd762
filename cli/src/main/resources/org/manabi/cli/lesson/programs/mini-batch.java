import module org.manabi;
import module org.manabi.datasets;

void main() {
    var train = Mnist.load().train();
    int[] rows = RandomState.of(0).choice(train.size(), 10);
    var batch = train.select(rows);
    IO.println(Arrays.toString(rows));
    IO.println(batch);
}
