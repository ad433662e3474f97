package com.wasmcloud.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.wasmcloud.logging.planted.Backend;
import com.wasmcloud.logging.planted.PlantedProvider;
import com.wasmcloud.planted.Here;
import com.wasmcloud.planted.KnowsAMessage;
import com.wasmcloud.planted.There;
import com.wasmcloud.provider.planted.KnowsAnEnvelope;
import com.wasmcloud.wasmbus.planted.client.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what has been planted against it. */
class ArchitectureTest {
    @Test
    void usesOnlyWhatItMay() {
        ArchitectureRules.check();
    }

    @Test
    void findsAContractThatUsesAnotherLibrary() {
        breaks(new ClassFileImporter().importPackages("com.wasmcloud.contract.rpc"), "contracts know no transport");
    }

    @Test
    void findsARuntimeThatNamesAGeneration() {
        breaks(of(KnowsAnEnvelope.class), "the runtime knows no generation of the protocol");
    }

    @Test
    void findsAConnectionThatNamesAGeneration() {
        breaks(
                of(com.wasmcloud.nats.planted.KnowsAnEnvelope.class),
                "the connection to NATS knows no protocol above it");
    }

    @Test
    void findsABackendThatNamesAGeneration() {
        breaks(of(Backend.class), "of a provider only its main class names a generation of the protocol");
        assertThatCode(() -> ArchitectureRules.check(of(PlantedProvider.class))).doesNotThrowAnyException();
    }

    @Test
    void findsTheNatsClientOutsideItsHome() {
        breaks(of(Transport.class), "its types stay in com.wasmcloud.nats..");
    }

    @Test
    void findsARing() {
        assertThatThrownBy(() -> ArchitectureRules.checkRings(of(Here.class, There.class, There.Inside.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no classes need each other in a ring");
    }

    @Test
    void findsABackendThatKnowsAMessage() {
        JavaClasses classes = of(KnowsAMessage.class);
        String contract = "com.wasmcloud.contract.keyvalue";
        assertThatThrownBy(() -> ArchitectureRules.checkAdapters(classes, contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("only adapters know the messages of a contract");
        assertThatCode(() -> ArchitectureRules.checkAdapters(classes, contract, "KnowsAMessage"))
                .doesNotThrowAnyException();
    }

    @Test
    void findsThatThereIsNothingToCheck(@TempDir Path empty) {
        assertThatThrownBy(() -> ArchitectureRules.classesIn(empty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no classes to check");
        assertThatThrownBy(() -> ArchitectureRules.classesIn(empty.resolve("missing")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no classes to check");
    }

    private static JavaClasses of(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }

    private static void breaks(JavaClasses classes, String rule) {
        assertThatThrownBy(() -> ArchitectureRules.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule);
    }
}
