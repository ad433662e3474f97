package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A block of Java, compiled with what a reader would import and would have written beside it. */
final class JavaSnippet {
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    private static final String IMPORTS = """
        import static org.assertj.core.api.Assertions.assertThat;
        import com.wasmcloud.contract.keyvalue.*;
        import com.wasmcloud.contract.rpc.*;
        import com.wasmcloud.provider.*;
        import com.wasmcloud.provider.settings.Settings;
        import com.wasmcloud.testkit.*;
        import com.wasmcloud.testkit.host.*;
        import com.wasmcloud.testkit.servers.*;
        import com.wasmcloud.testkit.suites.*;
        import com.wasmcloud.testkit.verify.*;
        import com.wasmcloud.wasmbus.Wasmbus;
        import java.nio.file.Path;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.stream.*;
        import org.junit.jupiter.api.*;
        import org.junit.jupiter.api.extension.*;
        """;

    /** What stands for the store of a reader. */
    private static final String BESIDE = IMPORTS + """
        record MySettings(String url) {
            static MySettings from(Settings settings) {
                return new MySettings(settings.text("url", ""));
            }
        }
        final class MyStore {
            static KeyValue connect(MySettings settings) {
                return new InMemoryKeyValue();
            }
        }
        """;

    private JavaSnippet() {}

    static void compile(CodeBlock block) throws IOException {
        var type = TYPE.matcher(block.text());
        boolean whole = type.find();
        String name = whole ? type.group(1) : "Snippet";
        String source = IMPORTS + (whole ? block.text() : "class Snippet {\n" + block.text() + "}\n");
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (JavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, said, options, null, List.of(text(name, source), text("Beside", BESIDE)));
            task.analyze(); // and no classes are written
        }
        assertThat(said.getDiagnostics())
                .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    private static SimpleJavaFileObject text(String name, String source) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
