package com.wasmcloud.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SourcesTest {
    private static final Variables VARIABLES = new Variables(
            List.of(Map.entry("X_KEY", "key"), Map.entry("OLD_KEY", "key"), Map.entry("X_OTHER", "other")));

    @TempDir
    Path folder;

    private static Sources link(Map<String, String> values) {
        return Sources.ofLink(values)
                .named(VARIABLES)
                .withDocuments()
                .withFile("settings_file", SourcesTest::form)
                .over(Sources.ofConfiguration("the configuration", "{\"key\":\"configuration\"}"))
                .over(Sources.ofEnvironment(Map.of("X_KEY", "environment", "X_OTHER", "environment"), VARIABLES));
    }

    private static Parser form(String name) {
        if (!name.endsWith(".json")) {
            throw new IllegalArgumentException("its name must end in .json");
        }
        return Json::object;
    }

    private static String key(Settings settings) {
        return settings.text("key", "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertProblem(Map<String, String> values, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> link(values).read(SourcesTest::key))
                .satisfies(e -> assertThat(e.problems()).containsExactly(problem));
    }

    @Test
    void hasOneOrderOfPrecedence() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"key\":\"file\"}");
        Map<String, String> values = new HashMap<>(Map.of(
                "KEY", "value",
                "x_key", "variable",
                "config_json", "{\"key\":\"json\"}",
                "config_b64", base64("{\"key\":\"base64\"}"),
                "settings_file", file.toString()));

        for (Map.Entry<String, String> next : List.of(
                Map.entry("value", "KEY"),
                Map.entry("variable", "x_key"),
                Map.entry("json", "config_json"),
                Map.entry("base64", "config_b64"),
                Map.entry("file", "settings_file"))) {
            assertThat(link(values).read(SourcesTest::key)).isEqualTo(next.getKey());
            values.remove(next.getValue());
        }
        assertThat(link(values).read(SourcesTest::key)).isEqualTo("configuration");
        assertThat(link(values).<String>read(settings -> settings.text("other", "")))
                .isEqualTo("environment");
    }

    @Test
    void tellsWhereASettingIsFrom() {
        link(Map.of("one", "1", "config_json", "{\"two\":2}")).<Object>read(settings -> {
            assertThat(settings.origin("one")).isEqualTo(Origin.LINK);
            assertThat(settings.origin("two")).isEqualTo(Origin.LINK);
            assertThat(settings.origin("key")).isEqualTo(Origin.CONFIGURATION);
            assertThat(settings.origin("other", "three")).isEqualTo(Origin.ENVIRONMENT);
            assertThat(settings.origin("three")).isEqualTo(Origin.NOWHERE);
            assertThat(settings.origin("other", "key", "three")).isEqualTo(Origin.CONFIGURATION);
            assertThat(settings.outranks("one", "two")).isTrue();
            assertThat(settings.outranks("two", "one")).isFalse();
            assertThat(settings.outranks("two", "three")).isTrue();
            assertThat(settings.outranks("three", "four")).isFalse();
            return "";
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "config_json", "config_b64", "settings_file"})
    void refusesWhatPointsToNothing(String key) {
        assertProblem(
                Map.of(key, "env:NO_SUCH_VARIABLE_HERE"),
                "setting '" + key + "' points to the environment variable NO_SUCH_VARIABLE_HERE, which is not set");
        assertProblem(
                Map.of(key, "file:/no/such/file"),
                "setting '" + key + "' points to the file /no/such/file, which does not exist or cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/proc/kmsg", "/proc/self/environ", "/tmp", "PIPE"})
    void neverWaitsForAFileNorReadsOneWithoutEnd(String name) throws Exception {
        Path file = Path.of(name);
        if (name.equals("PIPE")) {
            file = folder.resolve("pipe");
            Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
            assertThat(mkfifo.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        for (Map<String, String> values : List.of(
                Map.of("key", "file:" + file),
                Map.of("config_json", "file:" + file),
                Map.of("config_b64", "file:" + file),
                Map.of("settings_file", "file:" + file),
                Map.of(
                        "settings_file",
                        Files.createSymbolicLink(folder.resolve("x.json"), file).toString()))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> link(values).read(SourcesTest::key))
                    .withMessageMatching(".*(is not a regular file|does not exist or cannot be read).*");
        }
        Path named = file;
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Sources.ofLink(Map.of("key", named.toString())).<Object>read(settings -> settings.file("key")));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path broken = Files.writeString(folder.resolve("a.json"), "{\"secret\": oops");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> link(Map.of("settings_file", broken.toString())).read(SourcesTest::key))
                .withMessageStartingWith("cannot use settings_file '" + broken + "': it is not valid JSON");
        assertProblem(
                Map.of("settings_file", "/a.yaml"), "cannot use settings_file '/a.yaml': its name must end in .json");
        assertProblem(
                Map.of("settings_file", "/none.json"),
                "cannot read settings_file '/none.json': it does not exist or cannot be read; give the absolute path of a"
                        + " readable text file of at most 1 MiB on the provider's machine");
    }

    @Test
    void neverQuotesADocumentThatAFileOrAVariableHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "{\"key\":\"hunter2\"}");
        for (String key : List.of("config_json", "settings_file")) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Sources.ofLink(Map.of("config_json", "file:" + file))
                            .withDocuments()
                            .read(settings -> settings.number("key", 1, 1, 2)))
                    .as(key)
                    .withMessage("setting 'key' must be a whole number from 1 to 2");
        }
    }

    @Test
    void findsNoFurtherDocumentsInDocuments() {
        assertThat(link(Map.of("config_json", "{\"config_b64\":\"!\",\"settings_file\":\"/none\"}"))
                        .read(SourcesTest::key))
                .isEqualTo("configuration");
    }

    @Test
    void refusesVariablesThatDifferInCaseAndValueOnALink() {
        assertProblem(
                Map.of("X_KEY", "a", "x_key", "b"),
                "setting 'x_key' is given more than once, in different letter case; keep one");
        assertThat(link(Map.of("X_KEY", "a", "x_key", "a")).read(SourcesTest::key))
                .isEqualTo("a");
    }

    @Test
    void takesTheFirstNameOfAVariableThatIsNotBlank() {
        assertThat(VARIABLES.settings(Map.of("OLD_KEY", "old", "X_KEY", " ", "x_other", "lower")))
                .isEqualTo(Map.of("key", "old", "other", "lower"));
        assertThat(VARIABLES.settings(Map.of("X_OTHER", "exact", "x_other", "lower")))
                .isEqualTo(Map.of("other", "exact"));
    }

    @Test
    void checksThatAFileHoldsCertificates() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(Map.of("ca", text.toString()))
                        .<Object>read(settings -> settings.certificates("ca")))
                .withMessage("setting 'ca' names the file " + text + ", which holds no certificate in PEM");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Sources.ofLink(Map.of("ca", "/none.pem")).<Object>read(settings -> settings.certificates("ca")))
                .withMessage("setting 'ca' names the file /none.pem, which does not exist or cannot be read; give the"
                        + " absolute path of a readable file");
    }
}
