package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.nkeys.Ed25519;
import io.nats.client.NKey;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What provider-parent leaves out of Bouncy Castle is not missed by anything that uses it. */
class StrippedClassesTest {
    private static final String LIBRARY = "org.bouncycastle:bcprov-lts8on";

    private static List<String> stripped = List.of();

    @BeforeAll
    static void readTheFilter() throws Exception {
        Element pom = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Path.of("../provider-parent/pom.xml").toFile())
                .getDocumentElement();
        stripped = elements(pom, "filter")
                .filter(filter -> elements(filter, "artifact")
                        .anyMatch(artifact -> artifact.getTextContent().equals(LIBRARY)))
                .flatMap(filter -> elements(filter, "exclude"))
                .map(exclude -> exclude.getTextContent().replace("**", ""))
                .toList();
        assertThat(stripped).contains("org/bouncycastle/jce/");
    }

    @Test
    void signingAndVerifyingLoadNothingThatIsLeftOut() throws Exception {
        try (Loader loader = new Loader()) {
            assertThat(((Callable<?>) loader.loadClass(Signatures.class.getName())
                                    .getDeclaredConstructor()
                                    .newInstance())
                            .call())
                    .isEqualTo(true);
            assertThat(loader.loaded).contains("org/bouncycastle/math/ec/rfc8032/Ed25519.class");
            assertThat(loader.missed).isEmpty();
        }
    }

    @Test
    void aClassThatIsLeftOutWouldBeNoticed() throws Exception {
        try (Loader loader = new Loader()) {
            assertThatThrownBy(() -> loader.loadClass("org.bouncycastle.jce.provider.BouncyCastleProvider"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.missed).containsExactly("org/bouncycastle/jce/provider/BouncyCastleProvider.class");
        }
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    /** Everything that makes use of Bouncy Castle: our signatures where the native library does not load, and jnats' nkeys. */
    public static final class Signatures implements Callable<Boolean> {
        @Override
        public Boolean call() throws Exception {
            System.setProperty("org.bouncycastle.native.cpu_variant", "java"); // as ProviderProcess does
            byte[] message = {1, 2, 3};
            byte[] seed = new byte[32];
            byte[] signature = Ed25519.portable().signer(seed).sign(message);
            boolean ours = Ed25519.portable().verify(Ed25519.publicKey(seed), message, signature);

            NKey key = NKey.createUser(null);
            NKey again = NKey.fromSeed(new String(key.getSeed()).toCharArray());
            NKey other = NKey.fromPublicKey(key.getPublicKey());
            return ours && other.verify(message, again.sign(message));
        }
    }

    /** The class path of this test without what is left out. */
    private static final class Loader extends URLClassLoader {
        final List<String> loaded = new ArrayList<>();
        final List<String> missed = new ArrayList<>();

        Loader() {
            super(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Loader::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String file) {
            try {
                return Path.of(file).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            if (isLeftOut(file)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> found = super.findClass(name);
            loaded.add(file);
            return found;
        }

        @Override
        public @Nullable URL findResource(String name) {
            return isLeftOut(name) ? null : super.findResource(name);
        }

        private boolean isLeftOut(String file) {
            boolean leftOut = stripped.stream().anyMatch(file::startsWith);
            // the JDK asks every jar for services
            if (leftOut && !file.startsWith("META-INF/")) {
                missed.add(file);
            }
            return leftOut;
        }
    }
}
