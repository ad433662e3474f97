/** A provider of the contract {@code @CONTRACT@}. */
@NullMarked
package @PACKAGE@;

import org.jspecify.annotations.NullMarked;
