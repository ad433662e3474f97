package com.wasmcloud.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large the heap of an executable is. */
class HeapTest {
    @TempDir
    private Path root;

    private TestExecutable executable;

    @BeforeEach
    void assemble() throws IOException {
        executable = new TestExecutable(root, "a folder/provider");
    }

    @Test
    void aHeapOfGivenSizeWhereMemoryHasNoLimit() throws Exception {
        executable.java("opt/jdk", "17");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx64m", "-XX:MaxDirectMemorySize=32m");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "max");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx64m");
        executable.cgroup("5:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx64m");
    }

    @Test
    void theHeapFollowsTheMemoryLimitOfAContainer() throws Exception {
        executable.java("opt/jdk", "17");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx128m", "-XX:MaxDirectMemorySize=64m");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "1073741824");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx704m");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "67108864");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx24m");
    }

    @Test
    void theLimitOfTheOldControlGroupsCounts() throws Exception {
        executable.java("opt/jdk", "17");
        executable.cgroup(
                "5:cpu,cpuacct:/other\n4:hugetlb,memory:/docker/4711\n0::/\n",
                "sys/fs/cgroup/memory/memory.limit_in_bytes",
                "268435456");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx128m");
    }

    @Test
    void theLeastOfTheLimitsAboveCounts() throws Exception {
        executable.java("opt/jdk", "17");
        executable.cgroup("0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/memory.max", "268435456");
        executable.cgroup(
                "0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/a.service/memory.max", "536870912");
        assertThat(executable.start(Map.of()).lines()).contains("-Xmx128m");
    }

    @Test
    void ownLimitsOfTheUserWinOverThatOfTheContainer() throws Exception {
        executable.java("opt/jdk", "17");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "268435456");
        List<String> lines =
                executable.start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx200m")).lines();
        assertThat(lines.indexOf("-Xmx200m")).isGreaterThan(lines.indexOf("-Xmx128m"));
    }

    @Test
    void makesThePartForNewObjectsSmallInASmallHeap() throws Exception {
        executable.java("opt/jdk", "17");
        assertThat(executable.start(Map.of()).lines()).contains("-Xms24m", "-Xmn16m", "-Xmx64m");
        assertThat(executable.start(Map.of("WASMCLOUD_JAVA_OPTS", "-Xmx20m")).lines())
                .contains("-Xms16m", "-Xmn8m", "-Xmx20m");
        executable.cgroup("0::/\n", "sys/fs/cgroup/memory.max", "109051904");
        assertThat(executable.start(Map.of()).lines()).contains("-Xms16m", "-Xmn8m", "-Xmx24m");
    }
}
