package @PACKAGE@;

import com.wasmcloud.testkit.suites.LinkSchemaTest;
import java.io.IOException;

/** The settings in README, schema and code are the same. */
class SchemaTest extends LinkSchemaTest {
    SchemaTest() throws IOException {}
}
