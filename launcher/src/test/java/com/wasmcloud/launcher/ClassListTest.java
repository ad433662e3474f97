package com.wasmcloud.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassListTest {
    /** Has one lambda, and constants that take two places. */
    static final class Example {
        static final Supplier<Double> PI = () -> 3.141592653589793 * Long.MAX_VALUE;

        private Example() {}
    }

    @Test
    void namesConstantsThatAreInTheClass() {
        String line = ClassList.constants("com/wasmcloud/launcher/ClassListTest$Example");
        assertThat(line)
                .startsWith("@cp com/wasmcloud/launcher/ClassListTest$Example ")
                .endsWith("\n");
        int[] indexes = Arrays.stream(line.strip().split(" "))
                .skip(2)
                .mapToInt(Integer::parseInt)
                .toArray();
        // two classes at least (its own and the one above), its field, a constructor, and the lambda's call site
        assertThat(indexes).hasSizeGreaterThan(4).isSorted().doesNotHaveDuplicates();
        assertThat(indexes[0]).isPositive();
    }

    @Test
    void readsAllClassesOfTheRuntime() {
        assertThat(ClassList.constants("java/lang/String")).startsWith("@cp java/lang/String ");
        assertThat(ClassList.constants("java/lang/Math")).startsWith("@cp java/lang/Math ");
    }

    @Test
    void passesOverClassesThatNoFileHas() {
        assertThat(ClassList.constants("com/wasmcloud/Nothing$$Lambda/0x00000001"))
                .isEmpty();
    }

    @Test
    void readsTheListThatJavaWrites(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("list"), """
                # a comment
                java/lang/String id: 5
                @lambda-form-invoker [LF_RESOLVE] java.lang.invoke.DirectMethodHandle$Holder invokeStatic L_V
                java/lang/Unknown id: 6
                java/lang/Math id: 7
                """);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            ClassList.main(list.toString());
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(UTF_8).lines())
                .extracting(line -> line.split(" ", 3)[1])
                .containsExactly("java/lang/String", "java/lang/Math");
    }
}
