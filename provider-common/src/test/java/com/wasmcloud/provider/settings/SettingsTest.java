package com.wasmcloud.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    private record Example(Optional<String> text, int number, boolean flag, Duration pause, List<String> names) {
        static Example from(Settings settings) {
            return new Example(
                    settings.text("text"),
                    settings.number("number", 7, 1, 10),
                    settings.flag("flag", true),
                    settings.millis("wait_ms", Duration.ofSeconds(1)),
                    settings.list("names"));
        }
    }

    @Test
    void givesDefaults() {
        assertThat(Sources.ofLink(Map.of()).read(Example::from))
                .isEqualTo(new Example(Optional.empty(), 7, true, Duration.ofSeconds(1), List.of()));
    }

    @Test
    void readsJsonInBase64OfEitherAlphabetPaddedOrNotInOneLineOrMany() {
        String json = "{\"text\":\"\u00ff\u00fe?>~\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (String base64 : List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getMimeEncoder(8, new byte[] {'\n'}).encodeToString(bytes))) {
            assertThat(Sources.ofLink(Map.of("config_b64", base64))
                            .withDocuments()
                            .read(Example::from)
                            .text())
                    .contains("\u00ff\u00fe?>~");
        }
    }

    @Test
    void saysThatATextIsNotBase64AndDoesNotQuoteIt() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(Map.of("config_b64", "s3cret!"))
                        .withDocuments()
                        .read(Example::from))
                .withMessageContaining("setting 'config_b64' is not base64")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void readsEveryKind() {
        Map<String, String> values = Map.of(
                "text", " kept as it is ", "number", " 10 ", "flag", "FALSE", "wait_ms", "250", "names", "a, b,,c ");
        assertThat(Sources.ofLink(values).read(Example::from))
                .isEqualTo(new Example(
                        Optional.of(" kept as it is "), 10, false, Duration.ofMillis(250), List.of("a", "b", "c")));
    }

    @Test
    void reportsEveryProblemAtOnce() {
        Map<String, String> values = Map.of("number", "11", "flag", "yes", "wait_ms", "-1");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(values).read(Example::from))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "setting 'number' must be a whole number from 1 to 10, not '11'",
                                "setting 'flag' must be true or false, not 'yes'",
                                "setting 'wait_ms' must be a whole number from 1 to 86400000, not '-1'"));
    }

    @Test
    void givesAllTextsUnderAPrefixByPrecedence() {
        Sources weaker = Sources.ofConfiguration("config", "{\"alias\":{\"one\":\"1\",\"two\":\"2\"},\"other\":\"x\"}");
        Sources settings =
                Sources.ofLink(Map.of("alias.two", "own", "alias.three", "3")).over(weaker);

        assertThat(settings.<Map<String, String>>read(reading -> reading.texts("alias.")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("one", "1", "two", "own", "three", "3"));
        assertThat(settings.<Map<String, String>>read(reading -> reading.texts("none.")))
                .isEmpty();
    }

    @Test
    void flattensNestedDocuments() {
        Sources document = Sources.ofConfiguration(
                "x", "{\"a\":{\"b\":\"c\",\"d\":[\"e\",{\"f\":1}]},\"g\":null,\"h\":true,\"names\":[\"n\"]}");
        assertThat(document.<List<String>>read(s -> List.of(
                        s.text("a.b", ""),
                        s.text("a.d.0", ""),
                        s.text("a.d.1.f", ""),
                        s.text("g", "-"),
                        s.text("h", ""))))
                .containsExactly("c", "e", "1", "-", "true");
        assertThat(document.read(Example::from).names()).containsExactly("n");
    }

    @Test
    void takesAListFromOneLayerOnly() {
        Sources lower = Sources.ofConfiguration("x", "{\"names\":[\"a\",\"b\",\"c\"]}");

        assertThat(Sources.ofConfiguration("y", "{\"names\":[\"d\"]}")
                        .over(lower)
                        .read(Example::from)
                        .names())
                .containsExactly("d");
        assertThat(Sources.ofLink(Map.of("names", "d, e"))
                        .over(lower)
                        .read(Example::from)
                        .names())
                .containsExactly("d", "e");
        assertThat(Sources.ofConfiguration("y", "{\"names\":[]}")
                        .over(lower)
                        .read(Example::from)
                        .names())
                .isEmpty();
        assertThat(Sources.ofConfiguration("y", "{}")
                        .over(lower)
                        .read(Example::from)
                        .names())
                .containsExactly("a", "b", "c");
    }

    @Test
    void answersFromTheUpperLayerFirst() {
        Sources layers = Sources.ofLink(Map.of("text", "link"))
                .over(Sources.ofConfiguration("x", "{\"text\":\"c\",\"number\":3}"));
        Example example = layers.read(Example::from);
        assertThat(example.text()).contains("link");
        assertThat(example.number()).isEqualTo(3);
    }

    @Test
    void tellsWhereADocumentIsBroken() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(Map.of())
                        .over(Sources.ofConfiguration("the configuration", "{\"secret\": oops"))
                        .read(Example::from))
                .withMessageStartingWith("cannot use the configuration: it is not valid JSON (line 1, column ");
    }

    @Test
    void findsKeysWhateverTheirCase() {
        assertThat(Sources.ofLink(Map.of("TeXt", "v")).read(Example::from).text())
                .contains("v");
        assertThat(Sources.ofConfiguration("x", "{\"Names\":[\"a\"]}")
                        .read(Example::from)
                        .names())
                .containsExactly("a");
    }

    @Test
    void takesAKeyInSeveralCasesForOneIfItsValuesAreEqual() {
        assertThat(Sources.ofLink(Map.of("text", "a", "TEXT", "a", "Text", "a"))
                        .read(Example::from)
                        .text())
                .contains("a");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> Sources.ofLink(Map.of("text", "a", "TEXT", "b")).read(Example::from))
                .withMessage("setting 'text' is given more than once, in different letter case; keep one");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofConfiguration("x", "{\"number\":1,\"Number\":2}")
                        .read(Example::from))
                .withMessage("setting 'number' is given more than once, in different letter case; keep one");
    }

    @Test
    void readsFilesAndVariablesAndNeverQuotesThem() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2\r\n");
        Map<String, String> values = Map.of("text", "file:" + file, "number", "file:" + file);
        assertThat(Sources.ofLink(Map.of("text", "file:" + file))
                        .read(Example::from)
                        .text())
                .contains("hunter2");
        assertThat(Sources.ofLink(Map.of("text", "env:PATH"))
                        .read(Example::from)
                        .text())
                .contains(System.getenv("PATH"));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(values).read(Example::from))
                .withMessage("setting 'number' must be a whole number from 1 to 10");
    }

    @Test
    void saysWhatAnIndirectionLacks() throws IOException {
        Path large = folder.resolve("large");
        Files.write(large, new byte[1024 * 1024 + 1]);
        Map<String, String> values = Map.of(
                "text",
                "env:NO_SUCH_VARIABLE_HERE",
                "number",
                "file:" + folder.resolve("gone"),
                "flag",
                "file:" + large);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(values).read(Example::from))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "setting 'text' points to the environment variable NO_SUCH_VARIABLE_HERE, which is not"
                                        + " set",
                                "setting 'number' points to the file " + folder.resolve("gone")
                                        + ", which does not exist or cannot be read",
                                "setting 'flag' points to the file " + large + ", which is larger than 1 MiB"));
    }

    @Test
    void checksThatFilesAreThere() throws IOException {
        Path file = Files.writeString(folder.resolve("cert.pem"), "");
        assertThat(Sources.ofLink(Map.of("cert", file.toString())).<Optional<Path>>read(s -> s.file("cert")))
                .contains(file);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> Sources.ofLink(Map.of("cert", folder.toString())).read(s -> s.file("cert")))
                .withMessageContaining("which is not a regular file");
    }

    @Test
    void hidesSecretsAndUnparsableSecretValues() {
        assertThat(Sources.ofLink(Map.of("p", "hunter2")).<Optional<Secret>>read(s -> s.secret("p")))
                .hasValueSatisfying(secret -> {
                    assertThat(secret).hasToString("***");
                    assertThat(secret.reveal()).isEqualTo("hunter2");
                });
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Sources.ofLink(Map.of("url", "redis://:hunter2@ bad"))
                        .read(s -> s.parsedSecret("url", URI.create("x:y"), URI::create)))
                .withMessage("setting 'url' does not have the right form");
    }
}
