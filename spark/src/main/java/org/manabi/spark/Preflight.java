package org.manabi.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/// Looks for what would make a barrier stage wait for ever or fail again and again, and says what to
/// do about it, in less than half a minute.
final class Preflight {

    private static final String BARRIER_TIMEOUT = "spark.barrier.sync.timeout";

    private Preflight() {}

    /// @throws ReplicaException naming the setting and the fix
    static void check(JavaSparkContext context, int replicas, Duration patience) {
        SparkConf conf = context.sc().conf();
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw new ReplicaException(
                    "replicas must all run at once, which Spark refuses with dynamic allocation; set"
                            + " spark.dynamicAllocation.enabled=false and give the cluster "
                            + replicas
                            + " task slots");
        }
        // Spark's own default is a year. The coordinator reads it when the first stage begins.
        conf.setIfMissing(BARRIER_TIMEOUT, "120");
        requireSlots(context.sc(), replicas, patience);
        requireClasses(context, replicas);
    }

    private static void requireSlots(SparkContext context, int replicas, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        int slots = slots(context);
        while (slots < replicas && System.nanoTime() < end) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReplicaException("interrupted while waiting for executors", e);
            }
            slots = slots(context);
        }
        if (slots < replicas) {
            throw new ReplicaException(
                    String.format(
                            Locale.ROOT,
                            "%d replicas need as many task slots at once, but after %d s the cluster"
                                    + " offers %d; ask for %s, or add executors or cores"
                                    + " (spark.executor.instances, spark.cores.max)",
                            replicas,
                            patience.toSeconds(),
                            slots,
                            slots == 0
                                    ? "executors that start"
                                    : "at most " + slots + " replicas"));
        }
    }

    private static int slots(SparkContext context) {
        return context.maxNumConcurrentTasks(
                context.resourceProfileManager().defaultResourceProfile());
    }

    private static void requireClasses(JavaSparkContext context, int replicas) {
        List<Integer> tasks = new ArrayList<>();
        for (int i = 0; i < 2 * replicas; i++) {
            tasks.add(i);
        }
        try {
            context.parallelize(tasks, tasks.size()).map(new Probe()).collect();
        } catch (Exception e) {
            // collect() throws the checked SparkException undeclared, as Scala does
            throw new ReplicaException(classProblem(e), e);
        }
    }

    private static String classProblem(Exception failure) {
        String text = String.valueOf(failure.getMessage());
        if (failure instanceof SparkException && text.contains("UnsupportedClassVersionError")) {
            return "the executors run an older Java than 25; set spark.executorEnv.JAVA_HOME to a"
                    + " JDK 25";
        }
        if (text.contains("ClassNotFoundException") || text.contains("NoClassDefFoundError")) {
            return "the executors lack a class; submit with --jars and the jars of manabi-spark,"
                    + " manabi-core and manabi-formats with what they need, or call setJars. "
                    + firstLine(text);
        }
        return "the executors cannot run a task: " + firstLine(text);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /// Asks an executor for what replicas will need.
    private static final class Probe implements Function<Integer, String> {

        private static final long serialVersionUID = 1;

        @Override
        public String call(Integer task) throws ClassNotFoundException {
            for (String name :
                    List.of(
                            "org.manabi.train.Trainer",
                            "org.manabi.formats.model.ModelFile",
                            "tools.jackson.core.JsonParser")) {
                Class.forName(name, false, Probe.class.getClassLoader());
            }
            return Runtime.version().toString();
        }
    }
}
